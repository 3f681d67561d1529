// Tickets by the words of their letters: those with the newest letter that holds them first.
import { type RawBuilder, sql } from 'kysely';
import type { TicketFilter } from '../ports/records.js';
import type { Bound } from './store.js';
import { both, conditionsOf, stationConditions } from './ticket-conditions.js';
import type { Condition } from './ticket-scope.js';
import { isNarrowed, walkIds, wayOf } from './ticket-walk.js';

/** What is searched for, as the engine reads it. */
export type Search = string;

export interface Asked {
  filter: TicketFilter;
  search: Search;
  more: readonly Condition[];
}

/** What a look from a letter to its ticket costs, in looks from a ticket to its letters. */
const DEARER = 3;
/** So few are asked one by one. */
const FEWEST_TICKETS = 150;
/** Up to so many letters are sooner asked on which tickets they lie than tickets for their letters. */
const FEW_LETTERS = 2_000;
const FIRST_LETTERS = 256;
const MOST_LETTERS = 8_192;

/** Ids of the first `filter.limit` tickets, in their order. */
export async function searchNewest(bound: Bound, asked: Asked): Promise<string[]> {
  const { after, ...filter } = asked.filter;
  const before = after === undefined ? undefined : await newestLetterOf(bound, after, asked.search);
  if (before === null) return [];
  const page = { ...asked, filter, before };
  const tickets = isNarrowed(filter) && (await areMany(bound, page)) ? await countFew(bound, page) : null;
  return tickets === null ? amongLetters(bound, page) : amongTickets(bound, page, tickets);
}

async function areMany({ db, engine }: Bound, { search, before }: Page): Promise<boolean> {
  const letters = await engine.newestHolding(db, search, { before, limit: FEW_LETTERS });
  return letters.length === FEW_LETTERS;
}

/** Condition on tickets: one of its letters holds what is searched for. */
export async function holdsSearch({ db, engine }: Bound, search: Search): Promise<Condition> {
  const numbers = await engine.newestHolding(db, search, { before: undefined, limit: FEW_LETTERS });
  if (numbers.length === 0) return sql<boolean>`1 = 0`;
  if (numbers.length < FEW_LETTERS) {
    return sql<boolean>`ticket.id in (select message.ticket_id from message where message.number in (${sql.join(numbers)}))`;
  }
  return sql<boolean>`exists (
    select 1 from message ${engine.through('message_ticket')}
    where message.ticket_id = ticket.id and ${engine.isAmong('message.number', search)}
  )`;
}

interface Page extends Asked {
  /** Number of the newest letter by which the last ticket of the page before was found. */
  before: number | undefined;
}

/** Null when there is no such ticket, or none of its letters holds it. */
async function newestLetterOf(
  { db, engine }: Bound,
  reference: string,
  search: Search,
): Promise<number | null> {
  const { rows } = await sql<{ number: number | null }>`select max(message.number) as number
    from ticket cross join message ${engine.through('message_ticket')}
    where ticket.reference = ${reference} and message.ticket_id = ticket.id
      and ${engine.holds('message.number', search)}`.execute(db);
  return rows[0]?.number ?? null;
}

function candidates(bound: Bound, { filter, more }: Page, limit: number): RawBuilder<unknown> {
  const conditions = [...conditionsOf(bound, filter), ...more];
  return walkIds(bound, { filter, way: wayOf(filter), conditions, limit });
}

/**
 * How many tickets come into question. Null when they are so many that a page is sooner full by walking the letters: of
 * those, the fewer the tickets the more must be looked at.
 */
async function countFew(bound: Bound, page: Page): Promise<number | null> {
  const letters = await bound.engine.countKept(bound.db, 'message');
  const few = Math.ceil(Math.sqrt(DEARER * page.filter.limit * letters)) + FEWEST_TICKETS;
  const tickets = sql<{ n: number }>`select count(*) as n from (${candidates(bound, page, few)})`;
  const [row] = (await tickets.execute(bound.db)).rows;
  return row && row.n < few ? row.n : null;
}

async function amongTickets(bound: Bound, page: Page, tickets: number): Promise<string[]> {
  const { db, engine } = bound;
  const { filter, search, before } = page;
  const ask = tickets > FEWEST_TICKETS ? engine.isAmong : engine.holds;
  const found = sql`select candidate.id, max(message.number) as newest
    from (${candidates(bound, page, tickets)}) as candidate cross join message ${engine.through('message_ticket')}
    where message.ticket_id = candidate.id and ${ask('message.number', search)}
    group by candidate.id`;
  const { rows } = await sql<{ id: string }>`select id from (${found})
    ${before === undefined ? sql`` : sql`where newest < ${before}`}
    order by newest desc limit ${sql.lit(filter.limit)}`.execute(db);
  return rows.map(({ id }) => id);
}

/** Walks the letters that hold it, the newest first, until the page is full. */
async function amongLetters(bound: Bound, page: Page): Promise<string[]> {
  const { db, engine } = bound;
  const { filter, search } = page;
  const found = new Set<string>();
  let before = page.before;
  for (let size = FIRST_LETTERS; found.size < filter.limit; size = Math.min(MOST_LETTERS, 4 * size)) {
    const numbers = await engine.newestHolding(db, search, { before, limit: size });
    for (const id of await ticketsOf(bound, page, numbers)) found.add(id);
    if (numbers.length < size) break;
    before = numbers.at(-1);
  }
  return [...found].slice(0, filter.limit);
}

async function ticketsOf(bound: Bound, page: Page, numbers: readonly number[]): Promise<string[]> {
  if (numbers.length === 0) return [];
  const { filter, more } = page;
  const conditions = [
    ...conditionsOf(bound, filter),
    ...stationConditions(filter),
    ...more,
    ...unseen(bound, page),
  ];
  const { rows } = await sql<{ id: string }>`select ticket.id
    from message cross join ticket ${bound.engine.through(bound.engine.primaryKeyOf('ticket'))}
    where message.number in (${sql.join(numbers)}) and ticket.id = message.ticket_id and ${both(conditions)}
    order by message.number desc`.execute(bound.db);
  return rows.map(({ id }) => id);
}

/** A ticket that has a newer letter which holds it stood on a page before. */
function unseen({ engine }: Bound, { before, search }: Page): Condition[] {
  if (before === undefined) return [];
  return [
    sql<boolean>`not exists (
      select 1 from message as newer ${engine.through('message_ticket')}
      where newer.ticket_id = ticket.id and newer.number >= ${before} and ${engine.holds('newer.number', search)}
    )`,
  ];
}
