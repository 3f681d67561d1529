// Instants as people give them: how long from now, a local date, or exactly.
import { ThanadakError } from './errors.js';
import { type Instant, instantOf, parseDuration, shift } from './time.js';
import { dayOf, openZone, reach } from './zone.js';

/** Where and when it is read. */
export interface Reading {
  now: Instant;
  /** IANA name. */
  timeZone: string;
}

/** As help says it. */
export const UNTIL_FORMS = '3d, 12h, 2026-12-01 (the end of that day) or 2026-12-01T18:00:00+05:30';
export const SINCE_FORMS = '2026-12-01 (its beginning), 2026-12-01T18:00:00+05:30, or 7d for seven days ago';

/** The end of a time: `3d` from now, the last millisecond of a local date, or an instant. Errors: 'invalid'. */
export function readUntil(text: string, reading: Reading): Instant {
  const duration = parseDuration(text);
  if (duration !== undefined) return within(text, Date.parse(reading.now) + duration);
  const midnight = midnightAfter(text, 1, reading);
  return midnight === undefined ? readInstant(text, UNTIL_FORMS) : shift(midnight, -1);
}

/** The beginning of a time: `7d` ago, the beginning of a local date, or an instant. Errors: 'invalid'. */
export function readSince(text: string, reading: Reading): Instant {
  const duration = parseDuration(text);
  if (duration !== undefined) return within(text, Date.parse(reading.now) - duration);
  return midnightAfter(text, 0, reading) ?? readInstant(text, SINCE_FORMS);
}

/** Durations have no upper end, time has. */
function within(text: string, milliseconds: number): Instant {
  const year = new Date(milliseconds).getUTCFullYear();
  if (year >= 1970 && year <= 9999) return instantOf(milliseconds);
  throw new ThanadakError('invalid', `"${text}" is too long.`);
}

/** The midnight that begins the local date, or the one `days` later; undefined when the text is no date. */
function midnightAfter(text: string, days: number, { timeZone }: Reading): Instant | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const day = dayOf(text);
  if (Number.isNaN(day)) throw new ThanadakError('invalid', `There is no day ${text}.`);
  return instantOf(reach(openZone(timeZone), day + days, 0));
}

const EXACT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

function readInstant(text: string, forms: string): Instant {
  const milliseconds = EXACT.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(milliseconds))
    throw new ThanadakError('invalid', `"${text}" is no such time; give ${forms}.`);
  return instantOf(milliseconds);
}
