// Lists of tickets: every filter, newest first or by the next deadline, page by page. Each is read from one narrow index
// that holds what the filter asks for; only the rows of the page itself are fetched.
import { type RawBuilder, sql } from 'kysely';
import { searchTokens } from '../domain/search-words.js';
import type { Ticket } from '../domain/ticket.js';
import type { TicketFilter } from '../ports/records.js';
import type { Bound } from './store.js';
import { both, conditionsOf, IS_AT_HAND, IS_DUE, on, stationConditions } from './ticket-conditions.js';
import { recordOf } from './ticket-row.js';
import type { Condition } from './ticket-scope.js';
import { holdsSearch, type Search, searchNewest } from './ticket-search.js';
import { NEWEST, type Order, positionAfter, walkIds, wayByDeadline, wayOf } from './ticket-walk.js';

export async function listTickets(bound: Bound, filter: TicketFilter): Promise<Ticket[]> {
  const search = await searchOf(bound, filter.search);
  if (search === null) return [];
  if (filter.sort === 'deadline' && !filter.junk) return byDeadline(bound, filter, search);
  return newestFirst(bound, filter, { search, more: [] });
}

/** Null when it holds no word: then nothing holds it. */
async function searchOf({ db, engine }: Bound, text: string | undefined): Promise<Search | undefined | null> {
  if (text === undefined) return undefined;
  const tokens = searchTokens(text);
  return tokens.length === 0 ? null : engine.searchFor(db, tokens);
}

interface Narrowing {
  search: Search | undefined;
  more: readonly Condition[];
}

/** Counting stops at the limit: nobody reads more than that many, and a list of a city is long. */
export async function countFound(bound: Bound, filter: TicketFilter): Promise<number> {
  const search = await searchOf(bound, filter.search);
  if (search === null) return 0;
  const held = search ? [await holdsSearch(bound, search)] : [];
  const conditions = [...conditionsOf(bound, filter), ...held];
  const found = walkIds(bound, { filter, way: wayOf(filter), conditions, limit: filter.limit });
  const { rows } = await sql<{ n: number }>`select count(*) as n from (${found})`.execute(bound.db);
  return Number(rows[0]?.n ?? 0);
}

async function newestFirst(
  bound: Bound,
  filter: TicketFilter,
  { search, more }: Narrowing,
): Promise<Ticket[]> {
  if (search) return inOrder(bound, await searchNewest(bound, { filter, search, more }));
  const way = wayOf(filter);
  const after = await positionAfter(bound, filter.after, way.order);
  if (after === null) return [];
  const conditions = [...conditionsOf(bound, filter), ...more, ...after];
  return rowsOf(bound, walkIds(bound, { filter, way, conditions, limit: filter.limit }), way.order);
}

/**
 * First the tickets on which a deadline presses, in the order of the first of it; then, newest first, those on which
 * none does.
 */
async function byDeadline(bound: Bound, filter: TicketFilter, search: Search | undefined): Promise<Ticket[]> {
  const after = filter.after === undefined ? undefined : await positionOf(bound, filter.after);
  if (filter.after !== undefined && !after) return [];
  const { after: _after, ...anywhere } = filter;
  const pressing = after?.due_at === null ? [] : await withDeadline(bound, anywhere, { search, after });
  const limit = filter.limit - pressing.length;
  if (limit <= 0) return pressing;
  const rest = after?.due_at === null ? filter : anywhere;
  const others = await newestFirst(
    bound,
    { ...rest, limit },
    { search, more: [on()('ticket.due_at', 'is', null)] },
  );
  // Between the two reads another process may have met a ticket's last clock.
  const seen = new Set(pressing.map((ticket) => ticket.id));
  return [...pressing, ...others.filter((ticket) => !seen.has(ticket.id))];
}

interface Position {
  id: string;
  due_at: string | null;
}

function positionOf({ db }: Bound, reference: string): Promise<Position | undefined> {
  return db
    .selectFrom('ticket')
    .select(['id', 'due_at'])
    .where('reference', '=', reference)
    .executeTakeFirst();
}

async function withDeadline(
  bound: Bound,
  filter: TicketFilter,
  { search, after }: { search: Search | undefined; after: Position | undefined },
): Promise<Ticket[]> {
  const further = after ? [sql<boolean>`(ticket.due_at, ticket.id) > (${after.due_at}, ${after.id})`] : [];
  const held = search ? [await holdsSearch(bound, search)] : [];
  const own = [...conditionsOf(bound, filter), ...stationConditions(filter)];
  const conditions = [IS_AT_HAND, IS_DUE, ...own, ...further, ...held];
  const { index, order } = wayByDeadline(filter);
  const ids = sql`select ticket.id from ticket ${bound.engine.through(index)} where ${both(conditions)}
    order by ${order.by} limit ${sql.lit(filter.limit)}`;
  return rowsOf(bound, ids, order);
}

async function rowsOf({ db }: Bound, ids: RawBuilder<unknown>, order: Order): Promise<Ticket[]> {
  const rows = await db
    .selectFrom('ticket')
    .selectAll('ticket')
    .where(sql<boolean>`ticket.id in (select id from (${ids}))`)
    .orderBy(order.by)
    .execute();
  return rows.map(recordOf);
}

/** The tickets with these ids, in the order of the ids. */
async function inOrder({ db }: Bound, ids: readonly string[]): Promise<Ticket[]> {
  if (ids.length === 0) return [];
  const rows = await db.selectFrom('ticket').selectAll().where('id', 'in', ids).orderBy(NEWEST.by).execute();
  const known = new Map<string, (typeof rows)[number]>(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = known.get(id);
    return row ? [recordOf(row)] : [];
  });
}
