// What a page or a deed of the signed-in web face is: one entry of the route table, and nothing besides it.
import type { Readable } from 'node:stream';
import type { LadderRank, Officer, People, Rank } from '../../domain/people.js';
import type { Actor } from '../../domain/rights.js';
import type { Language } from '../../domain/station.js';
import type { Ticket } from '../../domain/ticket.js';
import type { Instant } from '../../domain/time.js';
import type { OfficeRules } from '../../ports/office.js';
import type { TicketScope } from '../../ports/records.js';
import type { Preference, Session } from '../../ports/sign-in.js';
import type { Cookie } from './cookies.js';

/**
 * Who may ask. `ticket`: whoever may see the ticket named in `:reference`. What somebody may not ask is answered as if
 * it were not there.
 */
export type Rule = 'signed-in' | 'ticket' | { atLeast: LadderRank } | { ranks: readonly Rank[] };

export type Values = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A request, as far as a route needs it. */
export interface Asked {
  /** Parts of the path. */
  params: Readonly<Record<string, string>>;
  query: Values;
  /** Fields of the form; empty for GET. `csrf` is checked and taken out before. */
  form: Values;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Path with query, as it was asked for. */
  url: string;
  /** Address of the other end, or of whom a trusted proxy speaks for. */
  address: string;
  /** Aborted when the client has gone, or the house closes. */
  signal: AbortSignal;
}

/** One server-sent event; `data` is written as JSON. */
export interface PageEvent {
  event: string;
  data: unknown;
  /** Comes back as `last-event-id` when the browser asks again. */
  id?: string | undefined;
}

export type Answer = Content & {
  /** Set with the answer; only signing in and out needs them. */
  cookies?: readonly Cookie[] | undefined;
};

type Content =
  /** A page: `view` names a template of src/web/views. `fragment` leaves out the frame around it. */
  | { view: string; data: object; status?: number | undefined; fragment?: boolean | undefined }
  /** 303 to a path of ours. */
  | { redirect: string }
  /** 303 to a provider that signs people in, and to nobody else. */
  | { leave: string }
  /** Bytes. `download` false shows them in the browser, for types that cannot run anything. */
  | { file: Readable | Uint8Array; type: string; name: string; download?: boolean | undefined }
  /** A whole HTML document of foreign making, for an iframe of ours: no script, no network, no origin. */
  | { sandboxed: string }
  | { json: unknown; status?: number | undefined }
  /** Server-sent events, until the iteration ends, the client goes, the session ends or the house closes. */
  | { events: AsyncIterable<PageEvent> };

export interface Settings extends Pick<Preference, 'theme' | 'shortcuts'> {}

/** What every page knows of who looks at it. Nobody is signed in where `officer` is undefined. */
export interface Looker {
  officer: Officer | undefined;
  language: Language;
  settings: Settings;
  /** Every form carries it in the field `csrf`. */
  csrf: string;
  now: Instant;
  /** Path with query of the page. */
  url: string;
}

/** A request of somebody who is signed in. */
export interface Visit extends Looker {
  officer: Officer;
  actor: Actor;
  people: People;
  rules: OfficeRules;
  /** Every query takes it. */
  scope: TicketScope;
  session: { id: string; fully: boolean };
}

/** `ticket` is there for the rule `ticket`. */
export interface TicketVisit extends Visit {
  ticket: Ticket;
}

interface Place {
  method: 'GET' | 'POST';
  /** As Fastify writes it: `/tickets/:reference/reply`. */
  path: string;
  /** Bytes of the form; 64 KiB when left out. */
  bodyLimit?: number | undefined;
}

export interface TicketRoute extends Place {
  rule: 'ticket';
  answer(visit: TicketVisit, asked: Asked): Promise<Answer>;
}

export interface PlainRoute extends Place {
  rule: Exclude<Rule, 'ticket'>;
  answer(visit: Visit, asked: Asked): Promise<Answer>;
}

/** GET changes nothing. A POST of a foreign page, or without the session's `csrf`, never reaches `answer`. */
export type Route = TicketRoute | PlainRoute;

/**
 * A page on the way in, for whoever comes: signing in itself. `visitor` may be signed in, or half; a POST of a visitor
 * needs the session's `csrf` too.
 */
export interface DoorRoute extends Place {
  answer(looker: Looker, asked: Asked, visitor: Visitor | undefined): Promise<Answer>;
}

/** Whoever the request's cookie belongs to, as long as the session is open and the officer in service. */
export interface Visitor {
  session: Session;
  officer: Officer;
  people: People;
  /** What the browser holds. */
  token: string;
}

/** The first value of a field or parameter, `''` when there is none. */
export function fieldOf(values: Values, name: string): string {
  const value = values[name];
  return (typeof value === 'string' ? value : value?.[0]) ?? '';
}

/** All values of a field or parameter. */
export function fieldsOf(values: Values, name: string): readonly string[] {
  const value = values[name];
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}
