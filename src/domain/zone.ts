// Local time of an IANA zone as arithmetic on milliseconds: which offset holds when, and at which instant a local
// time is reached. Days are numbered from 1970-01-01, so that weekdays and dates need no calendar library.

export const DAY_MS = 86_400_000;
export const MINUTE_MS = 60_000;

/** Milliseconds since the epoch from `from` up to `to`, throughout which local time is UTC plus `offset` ms. */
interface OffsetStretch {
  from: number;
  to: number;
  offset: number;
}

/** An IANA zone with what was already learnt about its offsets. */
export interface Zone {
  name: string;
  format: Intl.DateTimeFormat;
  /** By UTC year: its stretches, in order. */
  years: Map<number, OffsetStretch[]>;
  latest: OffsetStretch;
}

/** Making a formatter costs a hundred times what using it does, and using it a hundred times what a sum does. */
const zones = new Map<string, Zone>();

/** The zone called `timeZone`. Throws RangeError when that is no IANA name. */
export function openZone(timeZone: string): Zone {
  const known = zones.get(timeZone);
  if (known) return known;
  const zone: Zone = {
    name: timeZone,
    format: new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    }),
    years: new Map(),
    latest: { from: 0, to: 0, offset: 0 },
  };
  zones.set(timeZone, zone);
  return zone;
}

/** Number of the local day at `ms`. */
export function dayAt(zone: Zone, ms: number): number {
  return Math.floor((ms + stretchAt(zone, ms).offset) / DAY_MS);
}

/**
 * The instant (ms) at which clocks in `zone` reach `minutes` after midnight of `day`; more than 1440 lead into the days
 * after. A time that clocks show twice is reached the first time; one that they skip, at the instant of the change. So
 * later times are never reached earlier.
 */
export function reach(zone: Zone, day: number, minutes: number): number {
  const wall = day * DAY_MS + minutes * MINUTE_MS;
  // No zone is a whole day away from UTC, so what is sought lies after this instant.
  let stretch = stretchAt(zone, wall - DAY_MS);
  for (;;) {
    const candidate = wall - stretch.offset;
    if (candidate < stretch.to) return Math.max(candidate, stretch.from);
    stretch = stretchAt(zone, stretch.to);
  }
}

/** `YYYY-MM-DD` of a numbered day. */
export function dateOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** The number of the day `YYYY-MM-DD`; NaN when the text is no such date. */
export function dayOf(date: string): number {
  const day = Date.parse(`${date}T00:00:00.000Z`) / DAY_MS;
  // Date.parse lets 30 February through as 2 March.
  return Number.isNaN(day) || dateOf(day) !== date ? Number.NaN : day;
}

/** 0 for Monday to 6 for Sunday. */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

function stretchAt(zone: Zone, ms: number): OffsetStretch {
  if (ms >= zone.latest.from && ms < zone.latest.to) return zone.latest;
  const year = new Date(ms).getUTCFullYear();
  let stretches = zone.years.get(year);
  if (!stretches) {
    stretches = learnYear(zone, year);
    zone.years.set(year, stretches);
  }
  const found = stretches.find(({ to }) => ms < to);
  if (!found) throw new RangeError(`${ms} is outside the range of time`);
  zone.latest = found;
  return found;
}

/** Looks at every day of the year: two changes within a day are the only thing it could miss. */
function learnYear(zone: Zone, year: number): OffsetStretch[] {
  const end = Date.UTC(year + 1, 0, 1);
  let current = Date.UTC(year, 0, 1);
  let stretch = { from: current, to: end, offset: measure(zone, current) };
  const stretches = [stretch];
  for (; current < end; current += DAY_MS) {
    const next = Math.min(current + DAY_MS, end - 1_000);
    const offset = measure(zone, next);
    if (offset === stretch.offset) continue;
    const change = findChange(zone, { from: current, to: next, offset: stretch.offset });
    stretch.to = change;
    stretch = { from: change, to: end, offset };
    stretches.push(stretch);
  }
  return stretches;
}

/** The first second after `from` at which the offset is no longer `offset`; at `to` it is another. */
function findChange(zone: Zone, { from, to, offset }: OffsetStretch): number {
  let before = from;
  let after = to;
  while (after - before > 1_000) {
    const middle = before + Math.floor((after - before) / 2_000) * 1_000;
    if (measure(zone, middle) === offset) before = middle;
    else after = middle;
  }
  return after;
}

/** What the clocks of the zone show at `ms` (whole seconds), less `ms`. */
function measure(zone: Zone, ms: number): number {
  const numbers = zone.format.format(ms).match(/\d+/g) ?? [];
  const [month = 1, day = 1, year = 1970, hour = 0, minute = 0, second = 0] = numbers.map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second) - ms;
}
