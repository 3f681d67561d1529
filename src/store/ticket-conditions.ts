// What a list of tickets asks for, as conditions on the rows.
import { type Expression, expressionBuilder, type SqlBool, sql } from 'kysely';
import { addressKey } from '../domain/address.js';
import type { Span } from '../domain/figures.js';
import type { TicketFilter } from '../ports/records.js';
import { isAtRisk, isKept, WAS_BREACHED, WAS_REOPENED } from './figure-conditions.js';
import { isNewestRound, isPending } from './pending-clocks.js';
import type { Bound } from './store.js';
import type { Tables } from './tables.js';
import { type Condition, scopeConditions } from './ticket-scope.js';

export const IS_UNCLOSED = sql<boolean>`ticket.state in ('new', 'open', 'waiting')`;
export const IS_PUT_AWAY = sql<boolean>`ticket.junk = 'junk'`;
export const NOT_PUT_AWAY = sql<boolean>`coalesce(ticket.junk, '') <> 'junk'`;
/** Written as the index of what is at hand has it: only then the engine sees that the index serves. */
export const IS_AT_HAND = sql<boolean>`(ticket.state in ('new', 'open', 'waiting') or ticket.due_at is not null)`;
export const IS_DUE = sql<boolean>`ticket.due_at is not null`;
const UNCLOSED_STATES: readonly string[] = ['new', 'open', 'waiting'];

export function on() {
  return expressionBuilder<Tables, 'ticket'>();
}

export function given<V>(value: V | undefined, condition: (value: V) => Condition): Condition[] {
  return value === undefined ? [] : [condition(value)];
}

export function both(conditions: readonly Condition[]): Condition {
  return on().and(conditions as Expression<SqlBool>[]);
}

/** All but the words searched for, and the stations when `stations` are looked through one by one. */
export function conditionsOf(bound: Bound, filter: TicketFilter): Condition[] {
  return [
    filter.junk ? IS_PUT_AWAY : NOT_PUT_AWAY,
    ...(isAtHand(filter) ? [IS_AT_HAND] : []),
    ...stateConditions(filter),
    ...ownConditions(filter),
    ...clockConditions(bound, filter),
    ...figureConditions(bound, filter),
  ];
}

export function stationConditions({ scope, station, stations }: TicketFilter): Condition[] {
  return [
    ...(scope ? scopeConditions(scope) : []),
    ...given(stations, (codes) =>
      codes.length === 0 ? sql<boolean>`1 = 0` : on()('ticket.station', 'in', codes),
    ),
    ...given(station, (code) => on()('ticket.station', '=', code)),
  ];
}

/** Restrictions of the scope alone: its stations are looked through one by one. */
export function restrictionConditions({ scope }: TicketFilter): Condition[] {
  return scope ? scopeConditions({ ...scope, stations: null }) : [];
}

/** Whether everything asked for stands in the index of what is at hand. */
export function isAtHand(filter: TicketFilter): boolean {
  const { unclosed, state, overdue, dueBefore, dueFrom, owed, waitingFor, junk, atRisk } = filter;
  if (junk) return false;
  const live = unclosed || (state !== undefined && UNCLOSED_STATES.includes(state));
  return (
    live ||
    overdue === true ||
    owed === true ||
    atRisk === true ||
    (dueBefore ?? dueFrom ?? waitingFor) !== undefined
  );
}

function stateConditions({ state, unclosed, waitingFor }: TicketFilter): Condition[] {
  return [
    ...given(state, (value) => on()('ticket.state', '=', value)),
    // Nothing else waits.
    ...(unclosed || waitingFor !== undefined ? [IS_UNCLOSED] : []),
  ];
}

/** On columns of the ticket itself. */
function ownConditions(filter: TicketFilter): Condition[] {
  const eb = on();
  return [
    ...given(filter.urgency, (urgency) => eb('ticket.urgency', '=', urgency)),
    ...given(filter.category, (category) => eb('ticket.category', '=', category)),
    ...given(filter.officer, (officer) => eb('ticket.officer', officer === null ? 'is' : '=', officer)),
    ...given(filter.waitingFor, (awaited) => eb('ticket.waiting_for', '=', awaited)),
    ...given(filter.attention, (reason) =>
      reason === true ? eb('ticket.attention', 'is not', null) : eb('ticket.attention', '=', reason),
    ),
    ...given(filter.resident, (address) => eb('ticket.resident_key', '=', addressKey(address))),
    ...given(filter.receivedFrom, (from) => eb('ticket.received_at', '>=', from)),
    ...given(filter.receivedBefore, (before) => eb('ticket.received_at', '<', before)),
    ...given(filter.receivedWithin, receivedWithin),
  ];
}

function receivedWithin(spans: readonly Span[]): Condition {
  const eb = on();
  return eb.or(
    spans.map(({ from, before }) =>
      eb.and([eb('ticket.received_at', '>=', from), eb('ticket.received_at', '<', before)]),
    ),
  );
}

function figureConditions({ db, now }: Bound, filter: TicketFilter): Condition[] {
  const conditions: Condition[] = [
    ...given(filter.acknowledged, (how) => isKept('acknowledgement', how)),
    ...given(filter.firstAction, (how) => isKept('first-action', how)),
  ];
  if (filter.breached) conditions.push(WAS_BREACHED);
  if (filter.reopened) conditions.push(WAS_REOPENED);
  const atRisk = db.selectFrom('clock').select('clock.ticket_id').where(isAtRisk(now()));
  if (filter.atRisk) conditions.push(on()('ticket.id', 'in', atRisk));
  return conditions;
}

function clockConditions(bound: Bound, { overdue, dueBefore, dueFrom, owed }: TicketFilter): Condition[] {
  const eb = on();
  const conditions = [
    ...given(dueFrom, (instant) => eb('ticket.due_at', '>=', instant)),
    ...given(dueBefore, (instant) => runsOutBefore(bound, instant)),
  ];
  if (overdue) conditions.push(eb('ticket.due_at', '<', bound.now()));
  if (owed) conditions.push(IS_DUE, eb('ticket.id', 'in', owedTickets(bound.db)));
  return conditions;
}

/** A deadline still to come is that of a running clock; only where one has passed another may yet run. */
function runsOutBefore({ db, now }: Bound, instant: string): Condition {
  const eb = on();
  const running = db
    .selectFrom('clock')
    .select('clock.name')
    .where('clock.ticket_id', '=', sql.ref<string>('ticket.id'))
    .where('clock.due_at', '<', instant)
    .where('clock.state', '=', 'running')
    .where('clock.met_at', 'is', null)
    .where(isNewestRound('clock'));
  return eb.and([
    eb('ticket.due_at', '<', instant),
    eb.or([eb('ticket.due_at', '>=', now()), eb.exists(running)]),
  ]);
}

/** An acknowledgement that no machine may send, or that nobody took, is owed by hand until its clock is met; robots have no such clock. */
function owedTickets(db: Bound['db']) {
  return db
    .selectFrom('clock')
    .select('clock.ticket_id')
    .where('clock.name', '=', sql.lit('acknowledgement'))
    .where(isPending('clock'))
    .where(
      sql<boolean>`(exists (
        select 1 from outbox
        where outbox.ticket_id = clock.ticket_id and outbox.kind = 'acknowledgement' and outbox.state in ('suppressed', 'failed')
      ) or exists (
        select 1 from outbox_also cross join outbox
        where outbox_also.ticket_id = clock.ticket_id and outbox.id = outbox_also.outbox_id
          and outbox.kind = 'acknowledgement' and outbox.state in ('suppressed', 'failed')
      ))`,
    );
}
