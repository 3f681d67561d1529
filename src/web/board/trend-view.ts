// Trends: the table, and the charts that say the same.
import { shareInTime, spanOfDays } from '../../domain/figures.js';
import type { Instant } from '../../domain/time.js';
import type { Zone } from '../../domain/zone.js';
import type { TrendChart } from '../../ports/charts.js';
import type { Place } from '../../reports/figures.js';
import type { Report } from '../../reports/reading.js';
import { drillAddress } from './drill-query.js';

export interface TrendRow {
  /** Its first midnight, and its last moment. */
  from: Instant;
  to: Instant;
  received: { count: number; href: string };
  breached: { count: number; href: string };
  /** Per cent in time; null when nothing is decided. */
  acknowledged: number | null;
  acted: number | null;
}

export function trendRows(
  { trend }: Pick<Report, 'trend'>,
  { place, zone }: { place: Place; zone: Zone },
): TrendRow[] {
  return trend.map(({ days, figures }) => {
    const { from, before } = spanOfDays(zone, days);
    const at = { place, zone, days };
    return {
      from,
      to: new Date(Date.parse(before) - 1).toISOString(),
      received: { count: figures.received, href: drillAddress('received', at) },
      breached: { count: figures.breached, href: drillAddress('breached', at) },
      acknowledged: shareInTime(figures.acknowledged),
      acted: shareInTime(figures.firstAction),
    };
  });
}

/** What the charts call things, in the reader's language. */
export interface TrendNames {
  received: string;
  breached: string;
  acknowledged: string;
  acted: string;
  day(at: Instant): string;
  number(value: number): string;
}

const SIZE = { width: 720, height: 240 };

/** Letters as bars with those of which a deadline was missed; shares done in time as lines. */
export function trendCharts(
  rows: readonly TrendRow[],
  names: TrendNames,
): { letters: TrendChart; shares: TrendChart } {
  const base = { ...SIZE, labels: rows.map(({ from }) => names.day(from)), format: names.number };
  return {
    letters: {
      ...base,
      id: 'trend-letters',
      percent: false,
      series: [
        {
          name: names.received,
          kind: 'bar',
          tone: 'plain',
          values: rows.map(({ received }) => received.count),
        },
        {
          name: names.breached,
          kind: 'bar',
          tone: 'bad',
          values: rows.map(({ breached }) => breached.count),
        },
      ],
    },
    shares: {
      ...base,
      id: 'trend-shares',
      percent: true,
      series: [
        {
          name: names.acknowledged,
          kind: 'line',
          tone: 'good',
          values: rows.map(({ acknowledged }) => acknowledged),
        },
        { name: names.acted, kind: 'line', tone: 'plain', values: rows.map(({ acted }) => acted) },
      ],
    },
  };
}
