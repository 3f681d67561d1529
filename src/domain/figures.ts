// The figures of stations: what is counted of the tickets received on a day, and how counts are put together.
import type { Instant } from './time.js';
import { dateOf, dayAt, MINUTE_MS, reach, weekdayOf, type Zone } from './zone.js';

/** What became of a duty that has a clock: done in its time, not done in its time, or neither yet. */
export const KEPT = ['in-time', 'late', 'open'] as const;
export type Kept = (typeof KEPT)[number];

export interface KeptFigures {
  inTime: number;
  late: number;
  open: number;
}

/** Of tickets received in some time. Robots' letters have no clocks, so the parts of a duty may be fewer than `received`. */
export interface Figures {
  received: number;
  /** The acknowledgement of the first letter within its target (one hour). */
  acknowledged: KeptFigures;
  /** The first action of an officer within its target, in working time. */
  firstAction: KeptFigures;
  /** Tickets of which any clock was ever missed. */
  breached: number;
  reopened: number;
}

/** How things stand when it was counted, whenever the tickets were received. */
export interface Standing {
  unclosed: number;
  /** Tickets with a clock past its mark and not met. */
  overdue: number;
  /** Tickets with a clock that has used more than four fifths of its time and is not past it. */
  atRisk: number;
  /** Receipt of the oldest unclosed one; null when there is none. */
  oldestUnclosed: Instant | null;
}

/** Numbers by the local hour of receipt, 24 of them. */
export type Hours = readonly number[];

/** What is kept of the tickets that a station received on one local day. */
export interface CountedDay extends Figures, Standing {
  station: string;
  /** Days since 1970-01-01, local time. */
  day: number;
  hours: Hours;
}

/** From the beginning of one instant up to another. */
export interface Span {
  from: Instant;
  /** Exclusive. */
  before: Instant;
}

/** Whole local days, the last one included. */
export interface Days {
  from: number;
  to: number;
}

export const NO_FIGURES: Figures = {
  received: 0,
  acknowledged: { inTime: 0, late: 0, open: 0 },
  firstAction: { inTime: 0, late: 0, open: 0 },
  breached: 0,
  reopened: 0,
};

export const NOTHING_STANDS: Standing = { unclosed: 0, overdue: 0, atRisk: 0, oldestUnclosed: null };

export function addFigures(one: Figures, other: Figures): Figures {
  return {
    received: one.received + other.received,
    acknowledged: addKept(one.acknowledged, other.acknowledged),
    firstAction: addKept(one.firstAction, other.firstAction),
    breached: one.breached + other.breached,
    reopened: one.reopened + other.reopened,
  };
}

function addKept(one: KeptFigures, other: KeptFigures): KeptFigures {
  return { inTime: one.inTime + other.inTime, late: one.late + other.late, open: one.open + other.open };
}

export function addStanding(one: Standing, other: Standing): Standing {
  return {
    unclosed: one.unclosed + other.unclosed,
    overdue: one.overdue + other.overdue,
    atRisk: one.atRisk + other.atRisk,
    oldestUnclosed: earlier(one.oldestUnclosed, other.oldestUnclosed),
  };
}

function earlier(one: Instant | null, other: Instant | null): Instant | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}

/**
 * Per cent that was done in time, of what is decided; null when nothing is. Rounded down, so that 100 means every one.
 */
export function shareInTime({ inTime, late }: KeptFigures): number | null {
  const decided = inTime + late;
  return decided === 0 ? null : Math.floor((inTime * 100) / decided);
}

/** The time that a local day takes: 24 hours, unless the clocks are changed on it. */
export function spanOfDay(zone: Zone, day: number): Span {
  return spanOfDays(zone, { from: day, to: day });
}

export function spanOfDays(zone: Zone, { from, to }: Days): Span {
  return { from: isoOf(reach(zone, from, 0)), before: isoOf(reach(zone, to + 1, 0)) };
}

/** The 25 instants at which the hours of a local day begin and the last ends. An hour that clocks skip takes no time. */
export function hoursOfDay(zone: Zone, day: number): Instant[] {
  return Array.from({ length: 25 }, (_, hour) => isoOf(reach(zone, day, hour * 60)));
}

/** When it is `hour` o'clock on a `weekday` (0: Monday), in these days: the tickets of one field of the heat table. */
export function spansOfHour(
  zone: Zone,
  days: Days,
  { weekday, hour }: { weekday: number; hour: number },
): Span[] {
  const spans: Span[] = [];
  for (let day = days.from; day <= days.to; day += 1) {
    if (weekdayOf(day) !== weekday) continue;
    const from = reach(zone, day, hour * 60);
    const before = reach(zone, day, (hour + 1) * 60);
    if (from < before) spans.push({ from: isoOf(from), before: isoOf(before) });
  }
  return spans;
}

/** Rows Monday to Sunday, columns 0 to 23 o'clock. */
export type Heat = readonly Hours[];

export function heatOf(days: readonly Pick<CountedDay, 'day' | 'hours'>[]): Heat {
  const heat = Array.from({ length: 7 }, () => new Array<number>(24).fill(0));
  for (const { day, hours } of days) {
    const row = heat[weekdayOf(day)];
    if (!row) continue;
    for (const [hour, count] of hours.entries()) row[hour] = (row[hour] ?? 0) + count;
  }
  return heat;
}

/** Steps of a heat table: 0 for nothing, the rest in five equal ones up to the most of all fields. */
export function heatStep(value: number, most: number): number {
  return value <= 0 ? 0 : Math.min(5, Math.max(1, Math.ceil((value * 5) / most)));
}

/** A point of a trend: a day, or a week from Monday to Sunday as far as it lies in the period. */
export interface TrendPoint {
  days: Days;
  figures: Figures;
}

/** A trend over more days than this goes by weeks. */
export const MOST_DAYS_BY_DAY = 45;

/** Every day (or week) of the period has its point, those without tickets too. */
export function trendOf(perDay: ReadonlyMap<number, Figures>, period: Days): TrendPoint[] {
  const byWeek = period.to - period.from >= MOST_DAYS_BY_DAY;
  const points: TrendPoint[] = [];
  for (let day = period.from; day <= period.to; day += 1) {
    const figures = perDay.get(day) ?? NO_FIGURES;
    const last = points.at(-1);
    if (last && byWeek && weekdayOf(day) !== 0) {
      last.days = { from: last.days.from, to: day };
      last.figures = addFigures(last.figures, figures);
    } else points.push({ days: { from: day, to: day }, figures });
  }
  return points;
}

/** The last `count` local days up to and with today. */
export function lastDays(zone: Zone, now: Instant, count: number): Days {
  const today = dayAt(zone, Date.parse(now));
  return { from: today - count + 1, to: today };
}

/** `YYYY-MM-DD` of its first and its last day. */
export function datesOf({ from, to }: Days): { from: string; to: string } {
  return { from: dateOf(from), to: dateOf(to) };
}

/** The local days that the UTC hour beginning at `hour` touches: two when midnight falls into it. */
export function daysOfHour(zone: Zone, hour: Instant): number[] {
  const from = Date.parse(hour);
  const days = [dayAt(zone, from), dayAt(zone, from + 60 * MINUTE_MS - 1)];
  return days[0] === days[1] ? days.slice(0, 1) : days;
}

/** Longest period that one report tells of: ten years. */
export const MOST_DAYS = 3_660;

function isoOf(ms: number): Instant {
  return new Date(ms).toISOString();
}
