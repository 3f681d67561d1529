// Counted days: written a day at a time, read summed up.
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { FiguresMark, FiguresOrder, FiguresRepository } from '../ports/figures.js';
import { countingReaders } from './figure-counting.js';
import { type FigureRow, figureRowOf, figuresOf, hoursOf } from './figure-rows.js';
import { HOUR_COLUMNS } from './figure-tables.js';
import { insertRow } from './statements.js';
import type { Bound } from './store.js';

export function figuresRepository(bound: Bound): FiguresRepository {
  return { ...countingReaders(bound), ...marks(bound), ...writers(bound), ...readers(bound) };
}

function marks({ db }: Bound): Pick<FiguresRepository, 'mark' | 'setMark'> {
  return {
    async mark() {
      const row = await db.selectFrom('figure_mark').selectAll().executeTakeFirst();
      if (!row) return undefined;
      const { next_day: nextDay, first_day: firstDay } = row;
      const back = nextDay === null || firstDay === null ? null : { nextDay, firstDay };
      return { timeZone: row.time_zone, at: row.at, journalNumber: row.journal_number, back };
    },
    async setMark({ timeZone, at, journalNumber, back }: FiguresMark) {
      const row = {
        id: 1,
        time_zone: timeZone,
        at,
        journal_number: journalNumber,
        next_day: back?.nextDay ?? null,
        first_day: back?.firstDay ?? null,
      };
      await db
        .insertInto('figure_mark')
        .values(row)
        .onConflict((oc) => oc.column('id').doUpdateSet(row))
        .execute();
    },
  };
}

function writers({ db }: Bound): Pick<FiguresRepository, 'replaceDay' | 'forget'> {
  return {
    async replaceDay(day, figures) {
      await db.deleteFrom('figure').where('day', '=', day).execute();
      for (const one of figures) await insertRow(db, 'figure', figureRowOf(one));
    },
    async forget() {
      await db.deleteFrom('figure').execute();
      await db.deleteFrom('figure_mark').execute();
    },
  };
}

const SUMMED = [
  'received',
  'acknowledged_in_time',
  'acknowledged_late',
  'acknowledged_open',
  'acted_in_time',
  'acted_late',
  'acted_open',
  'breached',
  'reopened',
] as const;

const SUMS = sumsOf(SUMMED);
const HOUR_SUMS = sumsOf(HOUR_COLUMNS);

function sumsOf(columns: readonly string[]): RawBuilder<unknown> {
  return sql.join(columns.map((column) => sql`sum(${sql.ref(column)}) as ${sql.ref(column)}`));
}

function readers({ db }: Bound): Pick<FiguresRepository, 'perStation' | 'perDay' | 'standing'> {
  return {
    async perStation(order) {
      const { rows } = await sql<FigureRow>`select station, ${SUMS} from figure
        where ${within(order)} group by station order by station`.execute(db);
      return rows.map((row) => ({ station: row.station, figures: figuresOf(row) }));
    },
    async perDay(order) {
      const { rows } = await sql<FigureRow>`select day, ${SUMS}, ${HOUR_SUMS} from figure
        where ${within(order)} group by day order by day`.execute(db);
      return rows.map((row) => ({ day: row.day, figures: figuresOf(row), hours: hoursOf(row) }));
    },
    async standing(stations) {
      const { rows } =
        await sql<FigureRow>`select station, sum(unclosed) as unclosed, sum(overdue) as overdue, sum(at_risk) as at_risk,
          min(oldest_unclosed) as oldest_unclosed
        from figure
        where unclosed + overdue + at_risk > 0 and ${ofStations(stations)}
        group by station order by station`.execute(db);
      return rows.map(({ station, unclosed, overdue, at_risk, oldest_unclosed }) => ({
        station,
        standing: { unclosed, overdue, atRisk: at_risk, oldestUnclosed: oldest_unclosed },
      }));
    },
  };
}

function within({ stations, days }: FiguresOrder): RawBuilder<SqlBool> {
  return sql`day >= ${days.from} and day <= ${days.to} and ${ofStations(stations)}`;
}

function ofStations(stations: readonly string[] | null): RawBuilder<SqlBool> {
  if (stations === null) return sql`1 = 1`;
  return stations.length === 0 ? sql`1 = 0` : sql`station in (${sql.join(stations)})`;
}
