// Puts the route table on the app: who may ask, where forms may come from, and what is said instead.
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ThanadakError } from '../../domain/errors.js';
import { peopleNow } from '../../ports/office.js';
import { csrfOf, isSame } from '../../sign-in/tokens.js';
import { logFailure } from '../app.js';
import { statusOf } from '../failures.js';
import { isForeignPost } from '../foreign-post.js';
import { refuseMethod } from '../replies.js';
import { textIn } from '../words/words.js';
import { admits, ticketFor } from './admission.js';
import { sendAnswer } from './answering.js';
import { askedOf, formOf, takeForms } from './asking.js';
import type { Assets } from './assets.js';
import { isSecureUrl } from './cookies.js';
import { failurePage } from './failure-page.js';
import type { WebHouse } from './house.js';
import { createPresence, type Presence } from './presence.js';
import {
  type Answer,
  type Asked,
  type DoorRoute,
  fieldOf,
  type Looker,
  type Route,
  type Values,
  type Visit,
  type Visitor,
} from './route.js';
import { lookerOf, visitOf, visitorOf } from './visiting.js';

const FORM_LIMIT = 64 * 1_024;

export interface RouteTable {
  house: WebHouse;
  routes: readonly Route[];
  /** The way in. */
  door: readonly DoorRoute[];
  assets: Assets;
  /** Whether `/design` is there. */
  designPage: boolean;
}

/**
 * Registers every route. Nobody signed in: GET leads to `/sign-in?next=…`, POST says that the session is over and gives
 * back what was typed. May not be seen: 404. Foreign form or wrong `csrf`: 403. A deed that throws: the page `failure`.
 */
export function addRoutes(app: FastifyInstance, table: RouteTable): void {
  const { house } = table;
  const presence = createPresence();
  app.addHook('preClose', async () => presence.close());
  app.register(async (scope) => {
    takeForms(scope);
    scope.setErrorHandler(async (error: FastifyError, request, reply) =>
      sayError({ house, presence, request, reply }, lookerOf(house, request), error),
    );
    for (const route of table.door) register(scope, { house, presence, route, handle: answerDoor });
    for (const route of table.routes) register(scope, { house, presence, route, handle: answerRoute });
    refuseOtherMethods(scope, [...table.door, ...table.routes]);
  });
}

/** One request on its way. */
interface Exchange {
  house: WebHouse;
  presence: Presence;
  request: FastifyRequest;
  reply: FastifyReply;
}

interface Registration<R extends Route | DoorRoute> extends Pick<Exchange, 'house' | 'presence'> {
  route: R;
  handle(exchange: Exchange, route: R): Promise<FastifyReply>;
}

function register<R extends Route | DoorRoute>(scope: FastifyInstance, entry: Registration<R>): void {
  const { house, presence, route, handle } = entry;
  scope.route({
    method: route.method,
    url: route.path,
    bodyLimit: route.bodyLimit ?? FORM_LIMIT,
    onRequest: async (request, reply) => {
      if (route.method !== 'POST') return;
      if (!isForeignPost({ headers: request.headers, publicUrl: house.rules().publicUrl })) return;
      return sayFailure({ house, presence, request, reply: reply.header('connection', 'close') }, 403);
    },
    handler: (request, reply) => handle({ house, presence, request, reply }, route),
  });
}

async function answerDoor(exchange: Exchange, route: DoorRoute): Promise<FastifyReply> {
  const { house, request } = exchange;
  const visitor = await visitorOf(house, request);
  const looker = visitor ? await visitOf(house, request, visitor) : lookerOf(house, request);
  if (visitor && isForged(request, visitor)) return sayFailure(exchange, 403, looker);
  return send(exchange, looker, (asked) => route.answer(looker, asked, visitor));
}

async function answerRoute(exchange: Exchange, route: Route): Promise<FastifyReply> {
  const { house, request } = exchange;
  const visitor = await visitorOf(house, request);
  if (visitor?.session.level !== 'full') return askToSignIn(exchange, visitor);
  const visit = await visitOf(house, request, visitor);
  if (isForged(request, visitor)) return sayFailure(exchange, 403, visit);
  if (!admits(route.rule, visit.actor)) return sayFailure(exchange, 404, visit);
  // What a page asks for by itself keeps nobody signed in.
  if (request.headers.accept !== 'text/event-stream') await house.signIn.sessions.seen(visitor.session);
  if (route.rule !== 'ticket') return send(exchange, visit, (asked) => route.answer(visit, asked));
  const { reference = '' } = request.params as { reference?: string };
  const ticket = await ticketFor(visit.actor, reference, { store: house.store, rules: visit.rules });
  if (!ticket) return sayFailure(exchange, 404, visit);
  return send(exchange, visit, (asked) => route.answer({ ...visit, ticket }, asked));
}

function isForged(request: FastifyRequest, { token }: Visitor): boolean {
  return request.method === 'POST' && !isSame(fieldOf(formOf(request), 'csrf'), csrfOf(token));
}

async function send(
  exchange: Exchange,
  looker: Looker | Visit,
  answer: (asked: Asked) => Promise<Answer>,
): Promise<FastifyReply> {
  const { house, presence, request, reply } = exchange;
  const signal = presence.until(request.raw.socket);
  let content: Answer;
  try {
    content = await answer(askedOf(request, signal));
  } catch (error) {
    return sayError(exchange, looker, error);
  }
  const isOpen = async () =>
    'session' in looker &&
    house.signIn.sessions.isOpen(looker.session.id, await peopleNow(house.rules(), house.store));
  return sendAnswer(reply, content, {
    views: house.views,
    looker,
    isSecure: isSecure(house),
    signal,
    isOpen,
  });
}

/** A program that asks for events or JSON is told in a status; a person is led to the page. */
async function askToSignIn(exchange: Exchange, visitor: Visitor | undefined): Promise<FastifyReply> {
  const { house, request, reply } = exchange;
  const looker = lookerOf(house, request);
  const title = textIn(looker.language)('frame.signed-out');
  const say = (answer: Answer) => sendAnswer(reply, answer, { ...plain(exchange), looker });
  if (/^(?:text\/event-stream|application\/json)/.test(request.headers.accept ?? '')) {
    return say({ json: { signedIn: false }, status: 401 });
  }
  const next = encodeURIComponent(request.method === 'GET' ? request.url : '/');
  if (request.method === 'POST') {
    return say({ view: 'frame/session-over', data: { title, typed: typedIn(formOf(request)) }, status: 401 });
  }
  // A link in a mail brings no cookie that is `Strict`: once more from a page of ours it does.
  if (!visitor && request.headers['sec-fetch-site'] === 'cross-site') {
    const refresh = `0; url=${request.url}`;
    return say({ view: 'frame/bounce', data: { title, refresh, next: request.url } });
  }
  return say({ redirect: visitor ? `/sign-in/second?next=${next}` : `/sign-in?next=${next}` });
}

/** The texts of a form, so that nothing that was typed is lost. */
function typedIn(form: Values): { name: string; text: string }[] {
  return Object.entries(form).flatMap(([name, value]) => {
    const text = typeof value === 'string' ? value : '';
    return name !== 'csrf' && /\s/.test(text.trim()) ? [{ name, text }] : [];
  });
}

function sayFailure(exchange: Exchange, status: number, looker?: Looker): FastifyReply {
  const { house, request, reply } = exchange;
  const shown = looker ?? lookerOf(house, request);
  const page = { view: 'frame/failure', data: failurePage(status, shown.language), status };
  return sendAnswer(reply, page, { ...plain(exchange), looker: shown });
}

/** Sentences of ours are for the person; why something failed is for the log alone. */
function sayError(exchange: Exchange, looker: Looker, error: unknown): FastifyReply {
  const { house, request, reply } = exchange;
  const status = statusOf(error);
  logFailure(house.log, { error, status, route: request.routeOptions.url });
  const isTold = error instanceof ThanadakError && [400, 409, 422].includes(status);
  const data = failurePage(status, looker.language, isTold ? error.message : null);
  return sendAnswer(reply, { view: 'frame/failure', data, status }, { ...plain(exchange), looker });
}

function plain({ house, presence, request }: Exchange) {
  return {
    views: house.views,
    isSecure: isSecure(house),
    signal: presence.until(request.raw.socket),
    isOpen: async () => false,
  };
}

function isSecure(house: WebHouse): boolean {
  return isSecureUrl(house.rules().publicUrl);
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

/** 405 with what is allowed, instead of a 404 for a path that is there. */
function refuseOtherMethods(scope: FastifyInstance, routes: readonly (Route | DoorRoute)[]): void {
  for (const path of new Set(routes.map((route) => route.path))) {
    const allowed = routes.filter((route) => route.path === path).map((route) => String(route.method));
    const names = allowed.includes('GET') ? ['HEAD', ...allowed] : allowed;
    const refuse = async (_request: FastifyRequest, reply: FastifyReply) =>
      refuseMethod(reply, names.sort().join(', '));
    const method = METHODS.filter((name) => !allowed.includes(name));
    scope.route({ method, url: path, onRequest: refuse, handler: refuse });
  }
}
