// When a desk counts as open: weekly spans, overnight spans, weekly offs and holidays, in the desk's own time zone.
// A span lasts from the instant clocks first reach its beginning to the instant they first reach its end, so a day of
// 23 or 25 hours has an hour less or more.
import { type Instant, instantOf } from './time.js';
import { dayAt, dayOf, openZone, reach, weekdayOf, type Zone } from './zone.js';

const DAY_MINUTES = 1440;
const FIVE_YEARS_IN_DAYS = 1_827;

/** Minutes since local midnight; `to` may be <= `from` (it ends on the next day) or 1440. */
export interface Span {
  from: number;
  to: number;
}

/** Must not be changed once used: what it comes to is remembered. */
export interface Calendar {
  name: string;
  /** IANA name. */
  timeZone: string;
  /** Open at all times, whatever the rest says. */
  always: boolean;
  /** The spans that begin on each weekday, Monday first (7 entries); an empty list is a weekly off. */
  week: readonly (readonly Span[])[];
  /** Local dates `YYYY-MM-DD` to the name of the holiday; spans that begin on such a date do not count. */
  holidays: ReadonlyMap<string, string>;
}

/** Real time. */
export const ALWAYS: Calendar = {
  name: 'always',
  timeZone: 'UTC',
  always: true,
  week: [],
  holidays: new Map(),
};

/** Milliseconds since the epoch, from `from` up to `to`. */
export interface Piece {
  from: number;
  to: number;
}

/** A calendar as the arithmetic needs it: `to` of a span always after `from`, dates as numbers of days. */
interface Hours {
  zone: Zone;
  week: readonly (readonly Span[])[];
  holidays: ReadonlyMap<number, string>;
  opens: boolean;
}

const known = new WeakMap<Calendar, Hours>();

/**
 * The span that `10:00-18:00`, `20:00-06:00` (overnight) or `00:00-24:00` means; undefined when the text is no span.
 * Equal ends are a whole day.
 */
export function parseSpan(text: string): Span | undefined {
  const match = /^(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})$/.exec(text.trim());
  if (!match) return undefined;
  const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = match.slice(1).map(Number);
  if (fromMinute > 59 || toMinute > 59) return undefined;
  const span = { from: fromHour * 60 + fromMinute, to: toHour * 60 + toMinute };
  return span.from < DAY_MINUTES && span.to <= DAY_MINUTES ? span : undefined;
}

/** Whether `at` lies within a span; the end of a span no longer does. Throws RangeError for an unknown time zone. */
export function isOpenAt(calendar: Calendar, at: Instant): boolean {
  const ms = Date.parse(at);
  for (const _piece of openPieces(calendar, ms, ms + 1)) return true;
  return false;
}

/** `at` itself while open, else the next opening; undefined when there is none within five years. */
export function nextOpening(calendar: Calendar, at: Instant): Instant | undefined {
  for (const piece of openPieces(calendar, Date.parse(at))) return instantOf(piece.from);
  return undefined;
}

/** Working milliseconds between two instants; 0 when `to` is not after `from`. */
export function workingMs(calendar: Calendar, from: Instant, to: Instant): number {
  let sum = 0;
  for (const piece of openPieces(calendar, Date.parse(from), Date.parse(to))) sum += piece.to - piece.from;
  return sum;
}

/**
 * The instant at which `ms` working milliseconds after `from` are used up: a deadline that falls on the end of a span is
 * that end, not the next opening. `from` itself when `ms` is not positive. Undefined when the calendar stays closed
 * for five years.
 */
export function addWorkingMs(calendar: Calendar, from: Instant, ms: number): Instant | undefined {
  if (ms <= 0) return from;
  let left = ms;
  for (const piece of openPieces(calendar, Date.parse(from))) {
    const length = piece.to - piece.from;
    if (left <= length) return instantOf(piece.from + left);
    left -= length;
  }
  return undefined;
}

/**
 * The open time from `from` up to `until` in order, without overlaps; neighbours may touch. Without `until` it goes on
 * until nothing opens for five years.
 */
export function* openPieces(calendar: Calendar, from: number, until = Infinity): Generator<Piece> {
  if (calendar.always) {
    if (from < until) yield { from, to: until };
    return;
  }
  const hours = hoursOf(calendar);
  if (!hours.opens || !(from < until)) return;
  let counted = from;
  // What began the day before may last into this one.
  const first = dayAt(hours.zone, from) - 1;
  let last = until === Infinity ? first + FIVE_YEARS_IN_DAYS : dayAt(hours.zone, until);
  for (let day = first; day <= last; day++) {
    for (const piece of spansOn(hours, day)) {
      const start = Math.max(piece.from, counted);
      const end = Math.min(piece.to, until);
      if (end <= start) continue;
      yield { from: start, to: end };
      counted = end;
      if (until === Infinity) last = day + FIVE_YEARS_IN_DAYS;
    }
  }
}

function spansOn({ zone, week, holidays }: Hours, day: number): Piece[] {
  const spans = week[weekdayOf(day)];
  if (!spans || holidays.has(day)) return [];
  return spans.map(({ from, to }) => ({ from: reach(zone, day, from), to: reach(zone, day, to) }));
}

/** Time that is a holiday's, in order, possibly overlapping: its date, and what its overnight span would have been. */
export function* holidayPieces(
  calendar: Calendar,
  from: number,
  until: number,
): Generator<Piece & { name: string }> {
  if (calendar.always || !(from < until)) return;
  const { zone, week, holidays } = hoursOf(calendar);
  const last = dayAt(zone, until);
  for (let day = dayAt(zone, from) - 1; day <= last; day++) {
    const name = holidays.get(day);
    if (name === undefined) continue;
    const end = Math.max(DAY_MINUTES, ...(week[weekdayOf(day)] ?? []).map(({ to }) => to));
    yield { from: reach(zone, day, 0), to: reach(zone, day, end), name };
  }
}

function hoursOf(calendar: Calendar): Hours {
  const found = known.get(calendar);
  if (found) return found;
  const week = calendar.week.map((spans) => spans.map(unroll).sort((a, b) => a.from - b.from));
  const holidays = new Map([...calendar.holidays].map(([date, name]) => [dayOf(date), name]));
  const opens = week.some((spans) => spans.length > 0);
  const hours = { zone: openZone(calendar.timeZone), week, holidays, opens };
  known.set(calendar, hours);
  return hours;
}

function unroll({ from, to }: Span): Span {
  return { from, to: to <= from ? to + DAY_MINUTES : to };
}
