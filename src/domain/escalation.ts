// Escalations: steps up the ranks because a clock passed a mark. Open until somebody of that rank acknowledges.
import type { LadderRank } from './people.js';
import type { ClockName } from './ticket.js';
import type { Instant } from './time.js';

/** A point of a clock's span: a share of it in percent, or milliseconds of its working time from its start. */
export type ClockMark = { percent: number } | { after: number };

/** Who a step tells; `resident` is a reminder by letter and needs no acknowledgement. */
export type StepRank = LadderRank | 'resident';

export interface StepRule {
  rank: StepRank;
  /** Null: not at a mark, but when the step before it was not acknowledged in its time. */
  at: ClockMark | null;
  /** Milliseconds within which that rank must acknowledge before the next step. */
  answerWithinMs: number;
}

/** What an escalation is about: a clock, a ticket opened again by the resident, a restricted one for the DC's office. */
export type EscalationCause = ClockName | 'reopened' | 'restricted';

export interface Escalation {
  id: string;
  ticketId: string;
  clock: EscalationCause;
  round: number;
  /** Index in the ladder of the clock; for causes without a ladder counted from 0. Unique per ticket, clock and round. */
  step: number;
  /** The rank told: the step's, or the next above it that somebody holds. */
  rank: StepRank;
  /** Ids of the officers told. */
  told: string[];
  /** The mark that was passed. */
  markedAt: Instant;
  /** When it was raised. */
  at: Instant;
  /** Until when it must be acknowledged; null for a reminder to the resident. */
  answerBy: Instant | null;
  acknowledgedAt: Instant | null;
  acknowledgedBy: string | null;
  /** Ended by itself: its clock was met before the breach, or its ticket merged. */
  endedAt: Instant | null;
  /** When the sweep must look at it (unanswered); null when nothing is to come. */
  nextAt: Instant | null;
}
