// The course of one SLA clock: when it is due, paused, breached, and what its ladder says next. Pure: every change gives
// a new clock.
import { type Calendars, type ClockPlan, dueOf, instantAfter, type Pause } from './clock-plan.js';
import type { ClockMark, StepRule } from './escalation.js';
import type { ClockName, TicketClock, Wait } from './ticket.js';
import type { Instant } from './time.js';

export interface ClockSurroundings {
  calendars: Calendars;
  /** Waits of the ticket; only the resolution clock rests in them. */
  waits: readonly Wait[];
  ladder: readonly StepRule[];
}

/** The pauses that count for this clock: being asked something back takes nothing off an acknowledgement or a legal term. */
export function pausesOf(name: ClockName, waits: readonly Wait[]): Pause[] {
  return name === 'resolution'
    ? waits.map(({ startedAt, endedAt }) => ({ from: startedAt, to: endedAt }))
    : [];
}

/** A clock that has used more than this share of its time, and is not past it, is at risk. */
export const RISK_SHARE = 0.8;

/** When the clock comes to be at risk, by its own plan; null while it is paused. */
export function riskOf(
  { name, plan }: Pick<TicketClock, 'name' | 'plan'>,
  { calendars, waits }: Pick<ClockSurroundings, 'calendars' | 'waits'>,
): Instant | null {
  const pauses = pausesOf(name, waits);
  return instantAfter(plan, Math.round(plan.targetMs * RISK_SHARE), { calendars, pauses });
}

/** A clock that starts to run. */
export function startClock(
  clock: Pick<TicketClock, 'name' | 'round' | 'startedAt'> & { plan: ClockPlan },
  around: ClockSurroundings,
): TicketClock {
  const fresh: TicketClock = {
    ...clock,
    state: 'running',
    dueAt: clock.startedAt,
    riskAt: null,
    metAt: null,
    breachedAt: null,
    step: 0,
    nextAt: null,
  };
  return rescheduled(fresh, around);
}

export function isOver({ state }: Pick<TicketClock, 'state'>): boolean {
  return state === 'met' || state === 'lifted';
}

/**
 * The clock with state, deadline and next look computed afresh from its plan and the waits; one that is over stays as it
 * is, and a breach is never taken back.
 */
export function rescheduled(clock: TicketClock, around: ClockSurroundings): TicketClock {
  if (isOver(clock)) return clock;
  const pauses = pausesOf(clock.name, around.waits);
  const dueAt = dueOf(clock.plan, { calendars: around.calendars, pauses });
  if (clock.breachedAt !== null) {
    return { ...clock, state: 'breached', nextAt: nextLook(clock, around) };
  }
  if (dueAt === null) return { ...clock, state: 'paused', riskAt: null, nextAt: null };
  const running: TicketClock = { ...clock, state: 'running', dueAt, riskAt: riskOf(clock, around) };
  return { ...running, nextAt: nextLook(running, around) };
}

/** When the next marked step or the breach comes; null when neither does. */
function nextLook(clock: TicketClock, around: ClockSurroundings): Instant | null {
  const mark = nextMark(clock, around)?.at ?? null;
  if (clock.breachedAt !== null) return mark;
  return mark !== null && mark < clock.dueAt ? mark : clock.dueAt;
}

interface Mark {
  step: number;
  at: Instant;
}

function nextMark(clock: TicketClock, around: ClockSurroundings): Mark | undefined {
  const step = around.ladder.findIndex((rule, index) => index >= clock.step && rule.at !== null);
  const mark = around.ladder[step]?.at;
  if (!mark) return undefined;
  const pauses = pausesOf(clock.name, around.waits);
  const at = instantAfter(clock.plan, markMs(mark, clock.plan), { calendars: around.calendars, pauses });
  return at === null ? undefined : { step, at };
}

function markMs(mark: ClockMark, plan: ClockPlan): number {
  return 'percent' in mark ? Math.round((plan.targetMs * mark.percent) / 100) : mark.after;
}

/** What a clock passed: its deadline, or the mark of a step. */
export type Passed = { kind: 'breach'; at: Instant } | { kind: 'step'; step: number; at: Instant };

/** The earliest thing the clock has passed at `now` and not yet told, with the clock after it; undefined when nothing is due. */
export function passNext(
  clock: TicketClock,
  around: ClockSurroundings,
  now: Instant,
): { clock: TicketClock; passed: Passed } | undefined {
  if (isOver(clock)) return undefined;
  const mark = nextMark(clock, around);
  const breachAt = clock.breachedAt === null && clock.state !== 'paused' ? clock.dueAt : undefined;
  if (breachAt !== undefined && breachAt <= now && !(mark && mark.at < breachAt)) {
    const breached: TicketClock = { ...clock, state: 'breached', breachedAt: breachAt };
    return {
      clock: { ...breached, nextAt: nextLook(breached, around) },
      passed: { kind: 'breach', at: breachAt },
    };
  }
  if (!mark || mark.at > now) return undefined;
  const stepped = { ...clock, step: mark.step + 1 };
  return {
    clock: { ...stepped, nextAt: nextLook(stepped, around) },
    passed: { kind: 'step', step: mark.step, at: mark.at },
  };
}

/** Met by what was done at `at`; late ones keep their breach. */
export function metClock(clock: TicketClock, at: Instant): TicketClock {
  if (isOver(clock)) return clock;
  const late = clock.state !== 'paused' && clock.dueAt < at;
  return {
    ...clock,
    state: 'met',
    metAt: at,
    breachedAt: clock.breachedAt ?? (late ? clock.dueAt : null),
    nextAt: null,
  };
}

export function liftedClock(clock: TicketClock): TicketClock {
  return isOver(clock) ? clock : { ...clock, state: 'lifted', nextAt: null };
}

/** A clock that was lifted by mistake runs on, its whole time since the start counted. */
export function resumedClock(clock: TicketClock, around: ClockSurroundings): TicketClock {
  return clock.state === 'lifted' ? rescheduled({ ...clock, state: 'running' }, around) : clock;
}

/** A clock that was met by mistake runs on, its whole time since the start counted; a breach stays one. */
export function unmetClock(clock: TicketClock, around: ClockSurroundings): TicketClock {
  if (clock.state !== 'met') return clock;
  const state = clock.breachedAt === null ? 'running' : 'breached';
  return rescheduled({ ...clock, state, metAt: null }, around);
}

/** The newest round of each name, in the order of the names. */
export function newestRounds(clocks: readonly TicketClock[]): TicketClock[] {
  const newest = new Map<ClockName, TicketClock>();
  for (const clock of clocks) {
    const known = newest.get(clock.name);
    if (!known || known.round < clock.round) newest.set(clock.name, clock);
  }
  return [...newest.values()];
}

/** The clock that presses and is due first: one that rests, was met or lifted presses nobody. */
export function pressingClock<C extends Pick<TicketClock, 'state' | 'metAt' | 'dueAt'>>(
  clocks: readonly C[],
): C | undefined {
  return clocks
    .filter(({ state, metAt }) => metAt === null && (state === 'running' || state === 'breached'))
    .sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1))[0];
}
