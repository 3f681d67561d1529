// How much time each clock has, in which calendar, and who is told when: rules as data, asked by pure functions.
import type { Category } from './category.js';
import type { Calendars } from './clock-plan.js';
import type { StepRule } from './escalation.js';
import type { Station } from './station.js';
import type { ClockName, Urgency } from './ticket.js';

export interface UrgencyTimes {
  firstActionMs: number;
  resolutionMs: number;
  /** Null: the station's calendar, else the general one. */
  calendar: string | null;
}

export interface SlaRules {
  acknowledgementMs: number;
  signatureMs: number;
  progressMs: number;
  byUrgency: Record<Urgency, UrgencyTimes>;
  /** For stations without one of their own. */
  calendar: string;
  calendars: Calendars;
  /** Every ladder is complete: filled from the general one where the configuration says nothing. */
  ladders: Record<ClockName, Record<Urgency, readonly StepRule[]>>;
}

export interface ClockTarget {
  targetMs: number;
  /** Name of the calendar; `always` for legal and real-time clocks. */
  calendar: string;
}

/** What a clock of a ticket of this urgency and category at this station is given. */
export function targetOf(
  rules: SlaRules,
  clock: ClockName,
  ticket: { urgency: Urgency; category: Category | undefined; station: Pick<Station, 'calendar'> },
): ClockTarget {
  if (clock === 'acknowledgement') return { targetMs: rules.acknowledgementMs, calendar: 'always' };
  if (clock === 'signature') return { targetMs: rules.signatureMs, calendar: 'always' };
  if (clock === 'progress') return { targetMs: rules.progressMs, calendar: 'always' };
  const times = rules.byUrgency[ticket.urgency];
  const own = ticket.category?.sla;
  // A category's own times are for its usual course; when somebody judged it urgent, danger decides.
  const special = ticket.urgency === 'urgent' ? undefined : own;
  const calendar = special?.calendar ?? times.calendar ?? ticket.station.calendar ?? rules.calendar;
  const targetMs =
    clock === 'first-action'
      ? (special?.firstActionMs ?? times.firstActionMs)
      : (special?.resolutionMs ?? times.resolutionMs);
  return { targetMs, calendar };
}

export function ladderOf(rules: SlaRules, clock: ClockName, urgency: Urgency | null): readonly StepRule[] {
  return rules.ladders[clock][urgency ?? 'non-urgent'];
}
