// A report as the cells of a table: the same for the command line and for what a page gives for a spreadsheet.
import { shareInTime } from '../domain/figures.js';
import type { Instant } from '../domain/time.js';
import { FIGURE_NAMES, FIGURES } from './figures.js';
import type { PlaceRow } from './places.js';

export const REPORT_HEADS = [
  'place',
  'name',
  ...FIGURE_NAMES.map((name) => name.replaceAll('-', '_')),
  'acknowledged_in_time_percent',
  'acted_in_time_percent',
  'oldest_unclosed',
] as const;

/** The cells under `REPORT_HEADS`; `stamp` writes an instant in local time. */
export function reportCells(row: PlaceRow, stamp: (at: Instant) => string): string[] {
  const { place, figures, standing } = row;
  return [
    place.key,
    place.name.en,
    ...FIGURE_NAMES.map((name) => String(FIGURES[name].of(row))),
    percentCell(shareInTime(figures.acknowledged)),
    percentCell(shareInTime(figures.firstAction)),
    standing.oldestUnclosed === null ? '' : stamp(standing.oldestUnclosed),
  ];
}

function percentCell(share: number | null): string {
  return share === null ? '' : String(share);
}
