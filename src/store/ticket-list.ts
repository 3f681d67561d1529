// Lists of tickets: every filter, newest first or by the next deadline, page by page.
import { expressionBuilder, type SqlBool, sql } from 'kysely';
import { addressKey } from '../domain/address.js';
import { searchTokens } from '../domain/search-words.js';
import type { Attention, Ticket } from '../domain/ticket.js';
import type { TicketFilter } from '../ports/records.js';
import { isPending, ticketsDueBefore } from './pending-clocks.js';
import type { Bound } from './store.js';
import type { Tables } from './tables.js';
import { recordOf } from './ticket-row.js';
import { type Condition, scopeConditions } from './ticket-scope.js';

/** Written as the index of unclosed tickets has it: only then the engine sees that the index serves. */
export const IS_UNCLOSED = sql<boolean>`ticket.state in ('new', 'open', 'waiting')`;
export const IS_PUT_AWAY = sql<boolean>`ticket.junk = 'junk'`;
export const NOT_PUT_AWAY = sql<boolean>`coalesce(ticket.junk, '') <> 'junk'`;
const UNCLOSED_STATES: readonly string[] = ['new', 'open', 'waiting'];

export async function listTickets(bound: Bound, filter: TicketFilter): Promise<Ticket[]> {
  const conditions = conditionsOf(bound, filter);
  if (filter.sort === 'deadline') return byDeadline(bound, filter, conditions);
  return newestFirst(bound, filter, [...conditions, ...afterId(bound, filter.after)]);
}

/** Counting stops at the limit: nobody reads more than that many, and a list of a city is long. */
export async function countTickets(bound: Bound, filter: TicketFilter): Promise<number> {
  const found = bound.db
    .selectFrom('ticket')
    .select('ticket.id')
    .where((eb) => eb.and(conditionsOf(bound, filter)))
    .limit(sql.lit(filter.limit))
    .as('found');
  const row = await bound.db
    .selectFrom(found)
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

async function newestFirst(
  { db }: Bound,
  { limit }: Pick<TicketFilter, 'limit'>,
  conditions: readonly Condition[],
): Promise<Ticket[]> {
  const rows = await db
    .selectFrom('ticket')
    .selectAll()
    .where((eb) => eb.and(conditions))
    .orderBy('ticket.id', 'desc')
    .limit(sql.lit(limit))
    .execute();
  return rows.map(recordOf);
}

function afterId({ db }: Bound, after: string | undefined): Condition[] {
  return given(after, (reference) =>
    on()(
      'ticket.id',
      '<',
      db.selectFrom('ticket').select('ticket.id').where('ticket.reference', '=', reference),
    ),
  );
}

interface Position {
  id: string;
  /** The first of its pending deadlines. */
  due_at: string | null;
}

/**
 * Pending clocks are walked in the order in which they fall due, and each ticket is taken at the first of its own, so a
 * page ends as soon as it is full. Only then follow, newest first, the tickets on which nothing presses.
 */
async function byDeadline(
  bound: Bound,
  filter: TicketFilter,
  conditions: readonly Condition[],
): Promise<Ticket[]> {
  const after = filter.after === undefined ? undefined : await positionOf(bound, filter.after);
  if (filter.after !== undefined && !after) return [];
  const pressing = after?.due_at === null ? [] : await withDeadline(bound, filter, { conditions, after });
  const limit = filter.limit - pressing.length;
  if (limit <= 0) return pressing;
  const rest = [...conditions, withoutDeadline(bound)];
  if (after?.due_at === null) rest.push(on()('ticket.id', '<', after.id));
  const others = await newestFirst(bound, { limit }, rest);
  // Between the two reads another process may have met a ticket's last clock.
  const seen = new Set(pressing.map((ticket) => ticket.id));
  return [...pressing, ...others.filter((ticket) => !seen.has(ticket.id))];
}

async function positionOf({ db }: Bound, reference: string): Promise<Position | undefined> {
  return db
    .selectFrom('ticket')
    .select((eb) => [
      'ticket.id',
      eb
        .selectFrom('clock')
        .select((e) => e.fn.min('clock.due_at').as('due_at'))
        .whereRef('clock.ticket_id', '=', 'ticket.id')
        .where(isPending('clock'))
        .as('due_at'),
    ])
    .where('ticket.reference', '=', reference)
    .executeTakeFirst();
}

async function withDeadline(
  { db }: Bound,
  { limit }: TicketFilter,
  { conditions, after }: { conditions: readonly Condition[]; after: Position | undefined },
): Promise<Ticket[]> {
  const further = given(
    after,
    ({ due_at, id }) => sql<SqlBool>`(clock.due_at, clock.ticket_id) > (${due_at}, ${id})`,
  );
  const rows = await db
    .selectFrom('clock')
    .innerJoin('ticket', 'ticket.id', 'clock.ticket_id')
    .selectAll('ticket')
    .where(isPending('clock'))
    .where(IS_FIRST_OF_TICKET)
    .where((eb) => eb.and([...conditions, ...further]))
    .orderBy('clock.due_at')
    .orderBy('clock.ticket_id')
    .limit(sql.lit(limit))
    .execute();
  return rows.map(recordOf);
}

const IS_FIRST_OF_TICKET = sql<boolean>`not exists (
  select 1 from clock as earlier
  where earlier.ticket_id = clock.ticket_id and ${isPending('earlier')}
    and (earlier.due_at, earlier.name) < (clock.due_at, clock.name)
)`;

function withoutDeadline({ db }: Bound): Condition {
  const eb = on();
  return eb.not(
    eb.exists(
      db
        .selectFrom('clock')
        .select('clock.name')
        .where('clock.ticket_id', '=', sql.ref<string>('ticket.id'))
        .where(isPending('clock')),
    ),
  );
}

function on() {
  return expressionBuilder<Tables, 'ticket'>();
}

function given<V>(value: V | undefined, condition: (value: V) => Condition): Condition[] {
  return value === undefined ? [] : [condition(value)];
}

function conditionsOf(bound: Bound, filter: TicketFilter): Condition[] {
  return [
    ...(filter.scope ? scopeConditions(filter.scope) : []),
    filter.junk ? IS_PUT_AWAY : NOT_PUT_AWAY,
    ...stateConditions(filter),
    ...ownConditions(bound, filter),
    ...clockConditions(bound, filter),
    ...given(filter.search, (search) => holdsWords(bound, search)),
  ];
}

function stateConditions({ state, unclosed }: TicketFilter): Condition[] {
  const amongUnclosed = unclosed || (state !== undefined && UNCLOSED_STATES.includes(state));
  return [
    ...given(state, (value) => on()('ticket.state', '=', value)),
    ...(amongUnclosed ? [IS_UNCLOSED] : []),
  ];
}

/** On columns of the ticket itself. */
function ownConditions({ db }: Bound, filter: TicketFilter): Condition[] {
  const eb = on();
  return [
    ...given(filter.station, (station) => eb('ticket.station', '=', station)),
    ...given(filter.urgency, (urgency) => eb('ticket.urgency', '=', urgency)),
    ...given(filter.category, (category) => eb('ticket.category', '=', category)),
    ...given(filter.officer, (officer) => eb('ticket.officer', officer === null ? 'is' : '=', officer)),
    ...given(filter.waitingFor, (awaited) => eb('ticket.waiting_for', '=', awaited)),
    ...given(filter.attention, (reason) => hasAttention(db, reason)),
    ...given(filter.resident, (address) => eb('ticket.resident_key', '=', addressKey(address))),
    ...given(filter.receivedFrom, (from) => eb('ticket.received_at', '>=', from)),
    ...given(filter.receivedBefore, (before) => eb('ticket.received_at', '<', before)),
  ];
}

/** Asked for any reason, the engine would rather look through all tickets than sort the few that have one. */
function hasAttention(db: Bound['db'], reason: Attention | true): Condition {
  if (reason !== true) return on()('ticket.attention', '=', reason);
  const few = db.selectFrom('ticket as marked').select('marked.id').where('marked.attention', 'is not', null);
  return on()('ticket.id', 'in', few);
}

function clockConditions({ db, now }: Bound, { overdue, dueBefore, owed }: TicketFilter): Condition[] {
  const eb = on();
  const conditions = given(dueBefore, (instant) =>
    eb('ticket.id', 'in', ticketsDueBefore(db, instant).where('clock.state', '=', 'running')),
  );
  if (overdue) conditions.push(eb('ticket.id', 'in', ticketsDueBefore(db, now())));
  if (owed) conditions.push(eb('ticket.id', 'in', owedTickets(db)));
  return conditions;
}

/** An acknowledgement that no machine may send, or that nobody took, is owed by hand until its clock is met; robots have no such clock. */
function owedTickets(db: Bound['db']) {
  return db
    .selectFrom('clock')
    .select('clock.ticket_id')
    .where('clock.name', '=', 'acknowledgement')
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

function holdsWords({ db, engine }: Bound, search: string): Condition {
  const tokens = searchTokens(search);
  if (tokens.length === 0) return sql<boolean>`1 = 0`;
  const found = db.selectFrom('message').select('message.ticket_id').where(engine.holdsWords(tokens));
  return on()('ticket.id', 'in', found);
}
