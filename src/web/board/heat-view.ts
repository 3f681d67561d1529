// The heat table: hours and weekdays, each field with its tickets.
import { heatStep } from '../../domain/figures.js';
import type { Zone } from '../../domain/zone.js';
import type { Place } from '../../reports/figures.js';
import type { Report } from '../../reports/reading.js';
import type { PhraseKey } from '../words/words.js';
import { heatAddress } from './drill-query.js';

export interface HeatField {
  hour: number;
  count: number;
  /** 0 to 5. */
  step: number;
  /** Null where there is nothing to list. */
  href: string | null;
}

export interface HeatRow {
  day: PhraseKey;
  fields: readonly HeatField[];
}

const WEEKDAYS = [0, 1, 2, 3, 4, 5, 6] as const;

/** Monday to Sunday. */
export function heatRows(
  { heat, days }: Pick<Report, 'heat' | 'days'>,
  { place, zone }: { place: Place; zone: Zone },
): HeatRow[] {
  const most = Math.max(0, ...heat.flat());
  return WEEKDAYS.map((weekday) => ({
    day: `board.weekday.${weekday}`,
    fields: (heat[weekday] ?? []).map((count, hour) => ({
      hour,
      count,
      step: heatStep(count, most),
      href: count === 0 ? null : heatAddress({ weekday, hour }, { place, zone, days }),
    })),
  }));
}
