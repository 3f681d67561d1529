// The rows of counted days.
import type { Generated } from 'kysely';

type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
export type HourColumn = `h${Digit}` | `h1${Digit}` | 'h20' | 'h21' | 'h22' | 'h23';

export const HOUR_COLUMNS = Array.from({ length: 24 }, (_, hour) => `h${hour}` as HourColumn);

export type FigureTable = { [H in HourColumn]: number } & {
  station: string;
  day: number;
  received: number;
  acknowledged_in_time: number;
  acknowledged_late: number;
  acknowledged_open: number;
  acted_in_time: number;
  acted_late: number;
  acted_open: number;
  breached: number;
  reopened: number;
  unclosed: number;
  overdue: number;
  at_risk: number;
  oldest_unclosed: string | null;
};

export interface FigureMarkTable {
  id: Generated<number>;
  time_zone: string;
  at: string;
  journal_number: number;
  next_day: number | null;
  first_day: number | null;
}

export interface FigureTables {
  figure: FigureTable;
  figure_mark: FigureMarkTable;
}
