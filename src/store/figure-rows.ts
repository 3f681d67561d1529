// Counted days as rows and as the figures they are.
import type { CountedDay, Figures, Hours } from '../domain/figures.js';
import { type FigureTable, HOUR_COLUMNS, type HourColumn } from './figure-tables.js';

export type FigureRow = FigureTable;

type FiguresRow = Omit<
  FigureTable,
  HourColumn | 'station' | 'day' | 'unclosed' | 'overdue' | 'at_risk' | 'oldest_unclosed'
>;

export function figuresOf(row: FiguresRow): Figures {
  return {
    received: row.received,
    acknowledged: {
      inTime: row.acknowledged_in_time,
      late: row.acknowledged_late,
      open: row.acknowledged_open,
    },
    firstAction: { inTime: row.acted_in_time, late: row.acted_late, open: row.acted_open },
    breached: row.breached,
    reopened: row.reopened,
  };
}

export function hoursOf(row: { [H in HourColumn]: number }): Hours {
  return HOUR_COLUMNS.map((column) => row[column]);
}

export function countedDayOf(row: FigureRow): CountedDay {
  return {
    station: row.station,
    day: row.day,
    ...figuresOf(row),
    unclosed: row.unclosed,
    overdue: row.overdue,
    atRisk: row.at_risk,
    oldestUnclosed: row.oldest_unclosed,
    hours: hoursOf(row),
  };
}

export function figureRowOf(counted: CountedDay): FigureRow {
  const hours = HOUR_COLUMNS.map((column, hour) => [column, counted.hours[hour] ?? 0]);
  return {
    ...(Object.fromEntries(hours) as { [H in HourColumn]: number }),
    station: counted.station,
    day: counted.day,
    received: counted.received,
    acknowledged_in_time: counted.acknowledged.inTime,
    acknowledged_late: counted.acknowledged.late,
    acknowledged_open: counted.acknowledged.open,
    acted_in_time: counted.firstAction.inTime,
    acted_late: counted.firstAction.late,
    acted_open: counted.firstAction.open,
    breached: counted.breached,
    reopened: counted.reopened,
    unclosed: counted.unclosed,
    overdue: counted.overdue,
    at_risk: counted.atRisk,
    oldest_unclosed: counted.oldestUnclosed,
  };
}
