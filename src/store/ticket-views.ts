// How many tickets there are at hand: read from the index of what is at hand alone, whatever was ever closed.
import { sql } from 'kysely';
import type { ViewCounts, ViewsAsked } from '../ports/records.js';
import type { Bound } from './store.js';
import { both, IS_AT_HAND, IS_PUT_AWAY, IS_UNCLOSED, NOT_PUT_AWAY } from './ticket-conditions.js';
import { scopeConditions } from './ticket-scope.js';

/** Open: every state but closed and merged. */
export async function countTickets(
  { db, engine }: Bound,
  now: string,
): Promise<{ open: number; overdue: number }> {
  const { rows } = await sql<{ open: number; overdue: number }>`
    select count(*) as open, count(case when ticket.due_at < ${now} then 1 end) as overdue
    from ticket ${engine.through('ticket_at_hand')}
    where ${NOT_PUT_AWAY} and ${IS_AT_HAND} and ${IS_UNCLOSED}`.execute(db);
  const [row] = rows;
  return { open: Number(row?.open ?? 0), overdue: Number(row?.overdue ?? 0) };
}

export async function countViews(
  { db, engine }: Bound,
  { scope, officer, now, soon }: ViewsAsked,
): Promise<ViewCounts> {
  const within = scope ? scopeConditions(scope) : [];
  const atHand = sql<Omit<ViewCounts, 'junk'>>`select count(*) as "all",
      ${countOf(sql`ticket.officer = ${officer}`)} as mine,
      ${countOf(sql`ticket.officer is null`)} as unowned,
      ${countOf(sql`ticket.due_at >= ${now} and ticket.due_at < ${soon}`)} as "dueSoon",
      ${countOf(sql`ticket.due_at < ${now}`)} as overdue,
      ${countOf(sql`ticket.state = 'waiting'`)} as waiting
    from ticket ${engine.through('ticket_at_hand')}
    where ${both([NOT_PUT_AWAY, IS_AT_HAND, IS_UNCLOSED, ...within])}`;
  const away = sql<{ junk: number }>`select count(*) as junk from ticket ${engine.through('ticket_junk')}
    where ${both([IS_PUT_AWAY, ...within])}`;
  const [row] = (await atHand.execute(db)).rows;
  const [put] = (await away.execute(db)).rows;
  return { ...EMPTY, ...row, junk: put?.junk ?? 0 };
}

const EMPTY: ViewCounts = { all: 0, mine: 0, unowned: 0, dueSoon: 0, overdue: 0, waiting: 0, junk: 0 };

function countOf(condition: ReturnType<typeof sql>) {
  return sql<number>`count(case when ${condition} then 1 end)`;
}
