// The arithmetic of a ticket's clocks: how much working time is used, and when the rest will be. A plan says which
// calendar counts from when; pauses come from the journal. Everything here is computed anew from those two, so that
// a change of urgency, a transfer or a merge loses neither used time nor pauses.
import { ALWAYS, type Calendar, openPieces, type Piece } from './calendar.js';
import { labelledPieces } from './calendar-explain.js';
import { type Instant, instantOf } from './time.js';
import { dayAt, openZone, reach } from './zone.js';

const DAY_MINUTES = 1440;
const MOST_ROWS = 400;

export interface ClockStretch {
  from: Instant;
  /** Name of the calendar that counts from here to the next stretch. */
  calendar: string;
}

export interface ClockPlan {
  /** Working ms allowed. */
  targetMs: number;
  /** In order of time, at least one; the first begins at the clock's start. */
  stretches: readonly ClockStretch[];
}

export interface Pause {
  from: Instant;
  /** Null while it lasts. */
  to: Instant | null;
}

/** By name; a name that is not there counts as `ALWAYS`, so that a lost calendar never stops a clock. */
export type Calendars = ReadonlyMap<string, Calendar>;

/** What a plan is read with. Pauses in any order; those that overlap count once. */
export interface Surroundings {
  calendars: Calendars;
  pauses: readonly Pause[];
}

/** A row of how a deadline came to be. */
export interface ExplainedStretch {
  from: Instant;
  to: Instant;
  kind: 'counted' | 'closed' | 'holiday' | 'paused';
  /** From `from` to `to`; of a row that stands for many, what was counted in them. */
  ms: number;
  /** Name of the holiday, else of the calendar; empty while paused. */
  note: string;
}

/** Running time of one calendar, ms since the epoch; `to` may be Infinity. */
interface Run extends Piece {
  calendar: Calendar;
}

/**
 * The instant at which `ms` of the plan's working time are used up; the clock's start when `ms` is not positive. Null
 * while an open pause begins before that, or when the calendar never opens again.
 */
export function instantAfter(plan: ClockPlan, ms: number, around: Surroundings): Instant | null {
  if (ms <= 0) return plan.stretches[0]?.from ?? null;
  let left = ms;
  for (const run of runsOf(plan, Infinity, around)) {
    for (const { from, to } of openPieces(run.calendar, run.from, run.to)) {
      if (left <= to - from) return instantOf(from + left);
      left -= to - from;
    }
  }
  return null;
}

/**
 * The plan's deadline. It may lie in the past of a change that made the target smaller: the time was used before. Null
 * as with `instantAfter`.
 */
export function dueOf(plan: ClockPlan, around: Surroundings): Instant | null {
  return instantAfter(plan, plan.targetMs, around);
}

/** Working ms used from the clock's start until `until`, deadline or not. */
export function usedMs(plan: ClockPlan, until: Instant, around: Surroundings): number {
  let sum = 0;
  for (const run of runsOf(plan, Date.parse(until), around)) {
    for (const { from, to } of openPieces(run.calendar, run.from, run.to)) sum += to - from;
  }
  return sum;
}

/**
 * Change of urgency or category: another target, and from `at` on another calendar. Used time stays used, counted in
 * the calendar it was used in.
 */
export function withTarget(
  plan: ClockPlan,
  change: { at: Instant; targetMs: number; calendar: string },
): ClockPlan {
  return { ...withCalendar(plan, change), targetMs: change.targetMs };
}

/** Transfer to a station with another calendar, which counts from `at` on. Later stretches, if any, are dropped. */
export function withCalendar(plan: ClockPlan, change: { at: Instant; calendar: string }): ClockPlan {
  const before = plan.stretches.filter(({ from }) => from < change.at);
  const from = before.length > 0 ? change.at : (plan.stretches[0]?.from ?? change.at);
  return { ...plan, stretches: join([...before, { from, calendar: change.calendar }]) };
}

/**
 * The plan of a ticket into which another was merged: target and calendars of the one that stays, and the earlier start
 * of the two. Where the ticket that leaves is the older one, its calendars count until the other's start: the
 * resident has waited since. So a merge never moves a deadline back. Its pauses: `mergePauses`.
 */
export function mergePlans(staying: ClockPlan, leaving: ClockPlan): ClockPlan {
  const start = staying.stretches[0]?.from;
  if (start === undefined) return { ...staying, stretches: leaving.stretches };
  const before = leaving.stretches.filter(({ from }) => from < start);
  return { ...staying, stretches: join([...before, ...staying.stretches]) };
}

/** The pauses that belong to `mergePlans`: of the ticket that leaves only what lies before the other's start. */
export function mergePauses(
  staying: { plan: ClockPlan; pauses: readonly Pause[] },
  leaving: { pauses: readonly Pause[] },
): Pause[] {
  const start = staying.plan.stretches[0]?.from;
  if (start === undefined) return [...leaving.pauses];
  const before = leaving.pauses
    .filter(({ from }) => from < start)
    .map(({ from, to }) => ({ from, to: to === null || to > start ? start : to }));
  return [...before, ...staying.pauses];
}

/**
 * How the clock's time went, from its start to `until` or its deadline, whichever comes first: without gaps, equal
 * neighbours as one row, and the `ms` of the counted rows together are the used time. Of more than 400 rows the last one
 * stands for all the rest.
 */
export function explainPlan(plan: ClockPlan, until: Instant, around: Surroundings): ExplainedStretch[] {
  const due = dueOf(plan, around);
  const end = Date.parse(due !== null && due < until ? due : until);
  const start = Date.parse(plan.stretches[0]?.from ?? until);
  const rows: Row[] = pausedPieces(around.pauses)
    .map(({ from, to }) => ({ from: Math.max(from, start), to: Math.min(to, end) }))
    .filter(({ from, to }) => from < to)
    .map((piece) => ({ ...piece, kind: 'paused', note: '' }));
  for (const run of runsOf(plan, end, around)) rows.push(...labelledPieces(run.calendar, run.from, run.to));
  return shorten(uniteRows(rows.sort((a, b) => a.from - b.from)));
}

/**
 * `at`, or the end of the quiet hours it falls into. Minutes since local midnight; `to` <= `from` ends on the next day.
 * Hours that would make the whole day quiet make none of it quiet: a letter must go out some time.
 */
export function afterQuietHours(
  at: Instant,
  quiet: { from: number; to: number; timeZone: string } | null,
): Instant {
  if (quiet === null || (quiet.to - quiet.from) % DAY_MINUTES === 0) return at;
  const zone = openZone(quiet.timeZone);
  const ms = Date.parse(at);
  const today = dayAt(zone, ms);
  const to = quiet.to <= quiet.from ? quiet.to + DAY_MINUTES : quiet.to;
  for (const day of [today - 1, today]) {
    const end = reach(zone, day, to);
    if (reach(zone, day, quiet.from) <= ms && ms < end) return instantOf(end);
  }
  return at;
}

/** Neighbours with one calendar become one stretch. */
function join(stretches: readonly ClockStretch[]): ClockStretch[] {
  return stretches.filter(({ calendar }, index) => stretches[index - 1]?.calendar !== calendar);
}

/** The time until `until` (ms) in which the clock is not paused, in order, cut where the calendar changes. */
function* runsOf(plan: ClockPlan, until: number, around: Surroundings): Generator<Run> {
  const paused = pausedPieces(around.pauses);
  for (const [index, { from, calendar: name }] of plan.stretches.entries()) {
    const next = plan.stretches[index + 1]?.from;
    const end = next === undefined ? until : Math.min(until, Date.parse(next));
    const calendar = around.calendars.get(name) ?? ALWAYS;
    let start = Date.parse(from);
    for (const pause of paused) {
      const to = Math.min(pause.from, end);
      if (start < to) yield { from: start, to, calendar };
      start = Math.max(start, pause.to);
    }
    if (start < end) yield { from: start, to: end, calendar };
  }
}

/** Pauses in order, those that overlap or touch as one. */
function pausedPieces(pauses: readonly Pause[]): Piece[] {
  const pieces: Piece[] = [];
  const sorted = pauses
    .map(({ from, to }) => ({ from: Date.parse(from), to: to === null ? Infinity : Date.parse(to) }))
    .filter(({ from, to }) => from < to)
    .sort((a, b) => a.from - b.from);
  for (const piece of sorted) {
    const last = pieces.at(-1);
    if (last && piece.from <= last.to) last.to = Math.max(last.to, piece.to);
    else pieces.push(piece);
  }
  return pieces;
}

interface Row extends Piece {
  kind: ExplainedStretch['kind'];
  note: string;
}

function uniteRows(rows: readonly Row[]): ExplainedStretch[] {
  const united: Row[] = [];
  for (const row of rows) {
    const last = united.at(-1);
    if (last && last.kind === row.kind && last.note === row.note) last.to = row.to;
    else united.push({ ...row });
  }
  return united.map(({ from, to, kind, note }) => ({
    from: instantOf(from),
    to: instantOf(to),
    kind,
    ms: to - from,
    note,
  }));
}

function shorten(rows: ExplainedStretch[]): ExplainedStretch[] {
  const rest = rows.slice(MOST_ROWS - 1);
  const [first] = rest;
  const last = rest.at(-1);
  if (rest.length < 2 || !first || !last) return rows;
  const ms = rest.reduce((sum, row) => (row.kind === 'counted' ? sum + row.ms : sum), 0);
  const note = `the rest: ${rest.length} rows`;
  return [...rows.slice(0, MOST_ROWS - 1), { from: first.from, to: last.to, kind: 'counted', ms, note }];
}
