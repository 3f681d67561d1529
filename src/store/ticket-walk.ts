// The way through the tickets to a page of a list: which index, in which order, station by station or all at once.
import { type RawBuilder, sql } from 'kysely';
import type { TicketFilter } from '../ports/records.js';
import type { Bound } from './store.js';
import { both, given, isAtHand, on, restrictionConditions, stationConditions } from './ticket-conditions.js';
import type { Condition } from './ticket-scope.js';

export interface Order {
  by: RawBuilder<unknown>;
  /** Columns by which rows of several stations are merged. */
  columns: RawBuilder<unknown>;
  merge: RawBuilder<unknown>;
}

export const NEWEST: Order = {
  by: sql`ticket.id desc`,
  columns: sql`ticket.id`,
  merge: sql`id desc`,
};
const NEWEST_RECEIVED: Order = {
  by: sql`ticket.received_at desc, ticket.id desc`,
  columns: sql`ticket.id, ticket.received_at`,
  merge: sql`received_at desc, id desc`,
};
const DUE: Order = {
  by: sql`ticket.due_at, ticket.id`,
  columns: sql`ticket.id, ticket.due_at`,
  merge: sql`due_at, id`,
};

export interface Way {
  /** Null: the order of opening itself. */
  index: string | null;
  order: Order;
  /** Codes of stations to be looked through one by one, each in order, and then merged. */
  each: readonly string[] | null;
}

/** The way of a list that is newest first. */
export function wayOf(filter: TicketFilter): Way {
  const order =
    filter.receivedFrom === undefined && filter.receivedBefore === undefined ? NEWEST : NEWEST_RECEIVED;
  const index = narrowIndexOf(filter);
  if (index !== null) return { index, order, each: null };
  const each = stationsOf(filter);
  if (each !== null) return { index: filter.junk ? 'ticket_junk' : 'ticket_station', order, each };
  if (filter.junk) return { index: 'ticket_junk', order, each: null };
  if (filter.category !== undefined) return { index: 'ticket_category', order, each: null };
  return { index: order === NEWEST ? null : 'ticket_received', order, each: null };
}

/** The way of a list by deadline, as far as deadlines press. */
export function wayByDeadline(filter: TicketFilter): { index: string; order: Order } {
  const index =
    filter.resident !== undefined || filter.attention !== undefined ? narrowIndexOf(filter) : null;
  return { index: index ?? 'ticket_at_hand', order: DUE };
}

/** An index in which few tickets lie, wherever they are. */
function narrowIndexOf(filter: TicketFilter): string | null {
  if (filter.resident !== undefined) return 'ticket_resident';
  if (filter.attention !== undefined) return 'ticket_attention';
  if (isAtHand(filter)) return 'ticket_at_hand';
  return filter.officer === undefined || filter.officer === null ? null : 'ticket_officer';
}

/** Whether it may be about few tickets. */
export function isNarrowed(filter: TicketFilter): boolean {
  const { index, each } = wayOf(filter);
  const isWide = index === 'ticket_station' && (each?.length ?? 0) > FEW_STATIONS;
  return index !== null && index !== 'ticket_received' && !isWide;
}

const FEW_STATIONS = 3;

/** The stations a list is about; null when it is about all of them. */
function stationsOf({ scope, station, stations }: TicketFilter): readonly string[] | null {
  const asked = station === undefined ? stations : [station];
  const within = scope?.stations ?? null;
  if (asked === undefined) return within;
  return within === null ? asked : asked.filter((code) => within.includes(code));
}

interface Walk {
  filter: TicketFilter;
  way: Way;
  /** All but those on stations and restrictions. */
  conditions: readonly Condition[];
  limit: number;
}

/** A query for the `id`s of the first `limit` tickets on that way, in its order. */
export function walkIds(bound: Bound, { filter, way, conditions, limit }: Walk): RawBuilder<unknown> {
  const most = sql.lit(limit);
  const through = way.index === null ? sql`` : bound.engine.through(way.index);
  const step = (more: readonly Condition[]) =>
    sql`select ${way.order.columns} from ticket ${through} where ${both([...conditions, ...more])}
      order by ${way.order.by} limit ${most}`;
  if (way.each === null || way.each.length === 0) return step(stationConditions(filter));
  const restrictions = restrictionConditions(filter);
  const steps = way.each.map((code) => step([on()('ticket.station', '=', code), ...restrictions]));
  const [only] = steps;
  if (steps.length === 1 && only) return only;
  const all = sql.join(
    steps.map((each) => sql`select * from (${each})`),
    sql` union all `,
  );
  return sql`select id from (${all}) order by ${way.order.merge} limit ${most}`;
}

/** Conditions on what comes after the ticket with this reference; null when there is no such ticket. */
export async function positionAfter(
  { db }: Bound,
  reference: string | undefined,
  order: Order,
): Promise<Condition[] | null> {
  if (reference === undefined) return [];
  const last = await db
    .selectFrom('ticket')
    .select(['id', 'received_at'])
    .where('reference', '=', reference)
    .executeTakeFirst();
  if (!last) return null;
  if (order === NEWEST) return given(last.id, (id) => on()('ticket.id', '<', id));
  return [sql<boolean>`(ticket.received_at, ticket.id) < (${last.received_at}, ${last.id})`];
}
