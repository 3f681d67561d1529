// Who asks: the visit of somebody signed in, somebody half signed in, or nobody.
import type { FastifyRequest } from 'fastify';
import { actorOf } from '../../domain/rights.js';
import { LANGUAGES, type Language } from '../../domain/station.js';
import { peopleNow, scopeOf } from '../../ports/office.js';
import type { Preference } from '../../ports/sign-in.js';
import { csrfOf } from '../../sign-in/tokens.js';
import { cookieName, cookieOf, isSecureUrl } from './cookies.js';
import type { WebHouse } from './house.js';
import { languageAsked } from './language.js';
import type { Looker, Visit, Visitor } from './route.js';

export const SESSION_COOKIE = 'thanadak';
/** No secret, so it needs no prefix. */
export const LANGUAGE_COOKIE = 'thanadak-language';

/** Whoever the request's cookie belongs to, fully signed in or half; undefined for strangers and disabled officers. */
export async function visitorOf(house: WebHouse, request: FastifyRequest): Promise<Visitor | undefined> {
  const rules = house.rules();
  const name = cookieName(SESSION_COOKIE, isSecureUrl(rules.publicUrl));
  const token = cookieOf(request.headers.cookie, name);
  const session = token === undefined ? undefined : await house.signIn.sessions.find(token);
  if (token === undefined || !session) return undefined;
  const people = await peopleNow(rules, house.store);
  const officer = people.get(session.officer);
  return officer && !officer.disabled ? { session, officer, people, token } : undefined;
}

export async function visitOf(
  house: WebHouse,
  request: FastifyRequest,
  { session, officer, people, token }: Visitor,
): Promise<Visit> {
  const rules = house.rules();
  const actor = actorOf(officer);
  const preference = await house.store.preferences.find(officer.id);
  return {
    ...lookerOf(house, request, preference),
    csrf: csrfOf(token),
    officer,
    actor,
    people,
    rules,
    scope: scopeOf(actor, rules.directory),
    session: { id: session.id, fully: session.level === 'full' },
  };
}

/** A page for somebody who is not signed in. */
export function lookerOf(
  { clock }: Pick<WebHouse, 'clock'>,
  request: FastifyRequest,
  preference?: Preference,
): Looker {
  const { language = null, theme = 'auto', shortcuts = true } = preference ?? {};
  return {
    officer: undefined,
    language: language ?? languageChosen(request) ?? languageAsked(request.headers['accept-language']),
    settings: { theme, shortcuts },
    csrf: '',
    now: clock.now(),
    url: request.url,
  };
}

/** Before anybody is signed in: by the link in the header, which is remembered. */
function languageChosen(request: FastifyRequest): Language | undefined {
  const asked = (request.query as Record<string, unknown>).language;
  const chosen = asked ?? cookieOf(request.headers.cookie, LANGUAGE_COOKIE);
  return LANGUAGES.find((language) => language === chosen);
}
