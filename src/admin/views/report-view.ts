// Figures -> JSON (a contract: keys are only ever added) and a table.
import { datesOf, type Figures, type Standing, shareInTime } from '../../domain/figures.js';
import type { PlaceRow } from '../../reports/places.js';
import type { Report } from '../../reports/reading.js';
import { type Column, formatTable } from '../output.js';
import type { Times } from '../times.js';

export interface ReportView {
  from: string;
  to: string;
  countedAt: string | null;
  /** The first day counted so far, when days before it are still to be counted. */
  countedFrom: string | null;
  places: (Figures & Standing & { place: string; name: string })[];
  total: Figures & Standing;
}

export function viewReport(report: Report, rows: readonly PlaceRow[]): ReportView {
  const { countedFrom, total, countedAt, days } = report;
  return {
    ...datesOf(days),
    countedAt,
    countedFrom: countedFrom === null ? null : datesOf({ from: countedFrom, to: countedFrom }).from,
    places: rows.map(({ place, figures, standing }) => ({
      place: place.key,
      name: place.name.en,
      ...figures,
      ...standing,
    })),
    total: { ...total.figures, ...total.standing },
  };
}

export function formatReportTable(
  rows: readonly PlaceRow[],
  { days, times, width }: { days: { from: string; to: string }; times: Times; width: number | undefined },
): string {
  const columns: Column<PlaceRow>[] = [
    { title: 'PLACE', value: ({ place }) => place.key, flexible: true },
    { title: 'RECEIVED', value: ({ figures }) => String(figures.received) },
    { title: 'ACKNOWLEDGED', value: ({ figures }) => share(figures.acknowledged) },
    { title: 'FIRST ACTION', value: ({ figures }) => share(figures.firstAction) },
    { title: 'MISSED', value: ({ figures }) => String(figures.breached) },
    { title: 'REOPENED', value: ({ figures }) => String(figures.reopened) },
    { title: 'OPEN NOW', value: ({ standing }) => String(standing.unclosed) },
    { title: 'AT RISK', value: ({ standing }) => String(standing.atRisk) },
    { title: 'OVERDUE', value: ({ standing }) => String(standing.overdue) },
    { title: 'OLDEST OPEN', value: ({ standing }) => times.at(standing.oldestUnclosed) },
  ];
  const head = `Received ${days.from} to ${days.to}; shares are of what was done or missed, in time.\n\n`;
  return head + formatTable(columns, rows, width);
}

/** `97% of 120`; nothing where nothing is decided. */
function share(kept: Figures['acknowledged']): string {
  const percent = shareInTime(kept);
  return percent === null ? '' : `${percent}% of ${kept.inTime + kept.late}`;
}
