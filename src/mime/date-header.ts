// The Date header (RFC 5322 3.3 and the obsolete forms of 4.3): an instant, or nothing, never "now".
import { type Instant, instantOf } from '../domain/time.js';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const ZONE_HOURS = new Map([
  ['ut', 0],
  ['gmt', 0],
  ['utc', 0],
  ['z', 0],
  ['est', -5],
  ['edt', -4],
  ['cst', -6],
  ['cdt', -5],
  ['mst', -7],
  ['mdt', -6],
  ['pst', -8],
  ['pdt', -7],
]);
const DATE =
  /^(?:[a-z]{3}[a-z]* ?,? )?(?<day>\d{1,2}) (?<month>[a-z]{3}) (?<year>\d{2,4}) (?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2}))?(?: (?<zone>[+-]\d{4}|[a-z]{1,3}))?$/;

/** The instant that a Date header names; null when it is not a date that exists. */
export function readDate(value: string): Instant | null {
  const plain = value
    .slice(0, 200)
    .replace(/\([^()]*\)/g, ' ')
    .trim()
    .replace(/\s+/g, ' ')
    .toLowerCase();
  const found = DATE.exec(plain)?.groups;
  if (!found) return null;
  const milliseconds = millisecondsOf(found);
  return milliseconds === undefined ? null : instantOf(milliseconds);
}

function millisecondsOf(found: Record<string, string | undefined>): number | undefined {
  const day = Number(found.day);
  const month = MONTHS.indexOf(found.month ?? '');
  const [hour, minute, second] = [Number(found.hour), Number(found.minute), Number(found.second ?? 0)];
  const offset = zoneMinutes(found.zone ?? '+0000');
  const date = new Date(Date.UTC(fullYear(found.year ?? ''), month, day, hour, minute, Math.min(second, 59)));
  const exists = month >= 0 && date.getUTCDate() === day && date.getUTCMonth() === month;
  if (!exists || hour > 23 || minute > 59 || second > 60 || offset === undefined) return undefined;
  return date.getTime() - offset * 60_000;
}

function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length >= 4) return year;
  if (digits.length === 3) return 1900 + year;
  return year < 50 ? 2000 + year : 1900 + year;
}

function zoneMinutes(zone: string): number | undefined {
  const named = ZONE_HOURS.get(zone);
  if (named !== undefined) return named * 60;
  // RFC 5322 4.3: other names of zones are to be read as -0000.
  if (/^[a-z]/.test(zone)) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3, 5));
  if (minutes > 18 * 60 || Number(zone.slice(3, 5)) > 59) return undefined;
  return zone.startsWith('-') ? -minutes : minutes;
}
