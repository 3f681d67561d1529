// Instants as people read them: in the configured time zone, with their age.
import { type Instant, millisecondsBetween } from '../domain/time.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export interface Times {
  /** When they are read. */
  now: Instant;
  /** `24 Nov 15:05`, with the year when it is another one; `-` for none. */
  at(instant: Instant | null): string;
  /** `24 Nov 15:05 (2h ago)`. */
  withAge(instant: Instant | null): string;
  /** `in 25m`, `5m late`. */
  due(instant: Instant | null): string;
}

/** How to show instants in `timeZone` (IANA name) as seen at `now`. */
export function timesIn(timeZone: string, now: Instant): Times {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const partsOf = (instant: Instant) =>
    Object.fromEntries(format.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
  const thisYear = partsOf(now).year;
  function at(instant: Instant | null): string {
    if (instant === null) return '-';
    const { day, month, year, hour, minute } = partsOf(instant);
    return `${day} ${month}${year === thisYear ? '' : ` ${year}`} ${hour}:${minute}`;
  }
  return {
    now,
    at,
    withAge: (instant) => (instant === null ? '-' : `${at(instant)} (${ageOf(instant, now)})`),
    due: (instant) =>
      instant === null ? '-' : ageOf(instant, now).replace(/ ago$/, ' late').replace('just now', 'now'),
  };
}

const SECOND = 1_000;
const UNITS = [
  ['d', DAY],
  ['h', HOUR],
  ['m', MINUTE],
  ['s', SECOND],
] as const;

/** A length of time in its two largest units: `3h 25m`, `2d`, `40s`. */
export function lengthOf(milliseconds: number): string {
  const first = UNITS.findIndex(([, ms]) => milliseconds >= ms);
  if (first < 0) return '0s';
  let rest = milliseconds;
  const parts: string[] = [];
  for (const [unit, ms] of UNITS.slice(first, first + 2)) {
    const count = Math.floor(rest / ms);
    rest -= count * ms;
    if (count > 0) parts.push(`${count}${unit}`);
  }
  return parts.join(' ');
}

/** `just now`, `5m ago`, `3h ago`, `2d ago`; `in 25m` for what is to come. */
export function ageOf(instant: Instant, now: Instant): string {
  const elapsed = millisecondsBetween(instant, now);
  const span = Math.abs(elapsed);
  if (span < MINUTE) return elapsed < 0 ? 'in a moment' : 'just now';
  const text = spanOf(span);
  return elapsed < 0 ? `in ${text}` : `${text} ago`;
}

function spanOf(milliseconds: number): string {
  if (milliseconds < HOUR) return `${Math.floor(milliseconds / MINUTE)}m`;
  if (milliseconds < 2 * DAY) return `${Math.floor(milliseconds / HOUR)}h`;
  return `${Math.floor(milliseconds / DAY)}d`;
}
