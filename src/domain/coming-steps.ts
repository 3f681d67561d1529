// Who will be told next of a ticket, and when, if nothing happens until then.
import type { Escalation, EscalationCause, StepRank, StepRule } from './escalation.js';
import { isOnLadder, type LadderRank, type People, rankAbove } from './people.js';
import { newestRounds, passNext } from './running-clock.js';
import { ladderOf, type SlaRules } from './sla-rules.js';
import type { Station } from './station.js';
import type { Ticket, TicketClock, Wait } from './ticket.js';
import type { Instant } from './time.js';
import { stepAfter, toldFor } from './told.js';

export interface ComingStep {
  at: Instant;
  clock: EscalationCause;
  /** Index in the ladder of the clock. */
  step: number;
  /** The rank that is told: the step's, or the next above it that somebody will hold at that time. */
  rank: StepRank;
  /** Ids of the officers who are told. */
  tells: string[];
  /** A mark of the clock is passed, or an escalation was not acknowledged in its time. */
  because: 'mark' | 'unanswered';
}

export interface TicketAhead {
  ticket: Ticket;
  station: Station;
  people: People;
  sla: SlaRules;
  clocks: readonly TicketClock[];
  waits: readonly Wait[];
  escalations: readonly Escalation[];
}

const END_OF_TIME: Instant = '9999-12-31T23:59:59.999Z';

/** The steps to come, the earliest first. What else happens (a deed, a letter, an absence) changes them. */
export function comingSteps(ahead: TicketAhead): ComingStep[] {
  const steps = [
    ...newestRounds(ahead.clocks).flatMap((clock) => marksOf(ahead, clock)),
    ...ahead.escalations.flatMap((escalation) => climbOf(ahead, escalation)),
  ];
  return steps.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function marksOf(ahead: TicketAhead, from: TicketClock): ComingStep[] {
  const { sla, ticket, waits } = ahead;
  const ladder = ladderOf(sla, from.name, ticket.urgency);
  const around = { calendars: sla.calendars, waits, ladder };
  const steps: ComingStep[] = [];
  for (
    let next = passNext(from, around, END_OF_TIME);
    next;
    next = passNext(next.clock, around, END_OF_TIME)
  ) {
    const { passed } = next;
    const rule = passed.kind === 'step' ? ladder[passed.step] : undefined;
    if (passed.kind !== 'step' || !rule) continue;
    const { step, at } = passed;
    steps.push({ at, clock: from.name, step, ...toldBy(ahead, rule.rank, at), because: 'mark' });
  }
  return steps;
}

function toldBy(ahead: TicketAhead, rank: StepRank, at: Instant): Pick<ComingStep, 'rank' | 'tells'> {
  if (rank === 'resident') return { rank, tells: [] };
  const post = toldFor(rank, ahead, at);
  return { rank: post.rank, tells: post.holders.map(({ id }) => id) };
}

function climbOf(ahead: TicketAhead, escalation: Escalation): ComingStep[] {
  const { nextAt: at, clock, acknowledgedAt, endedAt } = escalation;
  const next = at !== null && acknowledgedAt === null && endedAt === null && nextStep(ahead, escalation);
  if (!next) return [];
  return [{ at, clock, step: next.step, ...toldBy(ahead, next.rank, at), because: 'unanswered' }];
}

function nextStep(
  { sla, ticket }: TicketAhead,
  told: Escalation,
): { step: number; rank: LadderRank } | undefined {
  const { rank, step, clock } = told;
  if (rank === 'resident') return undefined;
  if (clock === 'reopened' || clock === 'restricted') {
    return rank === 'admin' ? undefined : { step: step + 1, rank: rankAbove(rank) };
  }
  const ladder: readonly StepRule[] = ladderOf(sla, clock, ticket.urgency);
  const index = stepAfter(ladder, { step, rank });
  const rule = index === undefined ? undefined : ladder[index];
  if (index === undefined || !rule || rule.rank === 'resident' || !isOnLadder(rule.rank)) return undefined;
  return { step: index, rank: rule.rank };
}
