// Counts tickets: what happened since a mark, and the figures of a span by station.
import { type RawBuilder, sql } from 'kysely';
import type { CountedDay, Span } from '../domain/figures.js';
import type { FiguresRepository } from '../ports/figures.js';
import { dueClockOf } from './clock-repository.js';
import { hasClockAtRisk, isKept, isOverdue, WAS_BREACHED, WAS_REOPENED } from './figure-conditions.js';
import { countedDayOf, type FigureRow } from './figure-rows.js';
import { HOUR_COLUMNS } from './figure-tables.js';
import type { Bound } from './store.js';
import { IS_UNCLOSED, NOT_PUT_AWAY } from './ticket-conditions.js';

type Counting = Pick<
  FiguresRepository,
  | 'lastJournalNumber'
  | 'changedAfter'
  | 'cameAtRisk'
  | 'firstReceipt'
  | 'clocksWithoutRisk'
  | 'partsOf'
  | 'count'
>;

export function countingReaders(bound: Bound): Counting {
  const { db } = bound;
  return {
    async lastJournalNumber() {
      const row = await db
        .selectFrom('journal')
        .select((eb) => eb.fn.max('number').as('last'))
        .executeTakeFirst();
      return row?.last ?? 0;
    },
    async changedAfter(number, limit) {
      const until = number + limit;
      const rows = await sql<{
        hour: string;
        last: number;
      }>`select substr(ticket.received_at, 1, 13) as hour, max(journal.number) as last
        from journal cross join ticket on ticket.id = journal.ticket_id
        where journal.number > ${number} and journal.number <= ${until} group by hour`.execute(db);
      const last = await countingReaders(bound).lastJournalNumber();
      return { journalNumber: Math.min(last, until), receivedIn: rows.rows.map(hourOf) };
    },
    async cameAtRisk(after, until) {
      const rows = await sql<{ hour: string }>`select distinct substr(ticket.received_at, 1, 13) as hour
        from clock cross join ticket on ticket.id = clock.ticket_id
        where clock.state = 'running' and clock.risk_at > ${after} and clock.risk_at <= ${until}`.execute(db);
      return rows.rows.map(hourOf);
    },
    async firstReceipt() {
      const row = await db
        .selectFrom('ticket')
        .select((eb) => eb.fn.min('received_at').as('first'))
        .executeTakeFirst();
      return row?.first ?? undefined;
    },
    async clocksWithoutRisk(limit) {
      const rows = await db
        .selectFrom('clock')
        .selectAll()
        .where(sql<boolean>`clock.state = 'running'`)
        .where('risk_at', 'is', null)
        .limit(sql.lit(limit))
        .execute();
      return rows.map(dueClockOf);
    },
    partsOf: (span, size) => partsOf(bound, span, size),
    count: (span, order) => count(bound, span, order),
  };
}

function hourOf({ hour }: { hour: string }): string {
  return `${hour}:00:00.000Z`;
}

/** Steps through the index of receipts alone. */
async function partsOf({ db }: Bound, { from, before }: Span, size: number): Promise<Span[]> {
  const parts: Span[] = [];
  let start = from;
  for (;;) {
    const row = await db
      .selectFrom('ticket')
      .select('received_at')
      .where('received_at', '>', start)
      .where('received_at', '<', before)
      .orderBy('received_at')
      .offset(sql.lit(size))
      .limit(sql.lit(1))
      .executeTakeFirst();
    parts.push({ from: start, before: row?.received_at ?? before });
    if (!row) return parts;
    start = row.received_at;
  }
}

async function count(
  { db }: Bound,
  { from, before }: Span,
  { day, hours, now }: Parameters<FiguresRepository['count']>[1],
): Promise<CountedDay[]> {
  const { rows } =
    await sql<FigureRow>`select ticket.station, ${sql.join(countedOf(now).map(([name, when]) => countWhere(name, when)))},
      min(case when ${IS_UNCLOSED} then ticket.received_at end) as oldest_unclosed,
      ${sql.join(hourCounts(hours))}
    from ticket
    where ticket.received_at >= ${from} and ticket.received_at < ${before} and ${NOT_PUT_AWAY}
    group by ticket.station`.execute(db);
  return rows.map((row) => countedDayOf({ ...row, day }));
}

function countedOf(now: string): [string, RawBuilder<boolean>][] {
  return [
    ['received', sql`1`],
    ['acknowledged_in_time', isKept('acknowledgement', 'in-time')],
    ['acknowledged_late', isKept('acknowledgement', 'late')],
    ['acknowledged_open', isKept('acknowledgement', 'open')],
    ['acted_in_time', isKept('first-action', 'in-time')],
    ['acted_late', isKept('first-action', 'late')],
    ['acted_open', isKept('first-action', 'open')],
    ['breached', WAS_BREACHED],
    ['reopened', WAS_REOPENED],
    ['unclosed', IS_UNCLOSED],
    ['overdue', isOverdue(now)],
    ['at_risk', hasClockAtRisk(now)],
  ];
}

function countWhere(name: string, when: RawBuilder<boolean>): RawBuilder<number> {
  return sql<number>`sum(${when}) as ${sql.ref(name)}`;
}

function hourCounts(hours: readonly string[]): RawBuilder<number>[] {
  return HOUR_COLUMNS.map((column, hour) => {
    const when = sql<boolean>`(ticket.received_at >= ${hours[hour]} and ticket.received_at < ${hours[hour + 1]})`;
    return countWhere(column, when);
  });
}
