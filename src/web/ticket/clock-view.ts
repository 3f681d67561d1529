// The clocks of a ticket and who will be told next, as the page shows them.
import type { ComingStep } from '../../domain/coming-steps.js';
import type { Escalation, StepRank } from '../../domain/escalation.js';
import { type Actor, mayAnswer } from '../../domain/rights.js';
import { newestRounds } from '../../domain/running-clock.js';
import type { Station } from '../../domain/station.js';
import type { Ticket, TicketClock } from '../../domain/ticket.js';
import type { Instant } from '../../domain/time.js';
import type { PhraseKey } from '../words/words.js';
import { actorName, type Naming } from './names.js';

/** How a clock stands: the class of its deadline, and its words. */
export interface ClockLine {
  name: PhraseKey;
  round: number;
  state: 'late' | 'soon' | 'met' | 'rests' | 'runs';
  says: PhraseKey;
  /** Null while it rests. */
  at: Instant | null;
}

/** Less of its time left than this share is soon. */
const SOON = 0.2;

export function clockLines(clocks: readonly TicketClock[], now: Instant): ClockLine[] {
  return newestRounds(clocks).map((clock) => ({
    name: `ticket.clock.${clock.name}`,
    round: clock.round,
    ...standing(clock, now),
  }));
}

function standing(clock: TicketClock, now: Instant): Pick<ClockLine, 'state' | 'says' | 'at'> {
  if (clock.state === 'lifted') return { state: 'rests', says: 'ticket.clock.lifted', at: null };
  if (clock.state === 'paused') return { state: 'rests', says: 'ticket.clock.paused', at: null };
  if (clock.metAt !== null) {
    const isLate = clock.breachedAt !== null;
    return { state: 'met', says: isLate ? 'ticket.clock.met-late' : 'ticket.clock.met', at: clock.metAt };
  }
  if (clock.dueAt <= now) return { state: 'late', says: 'ticket.clock.late', at: clock.dueAt };
  return { state: isSoon(clock, now) ? 'soon' : 'runs', says: 'ticket.clock.due', at: clock.dueAt };
}

function isSoon({ startedAt, dueAt }: TicketClock, now: Instant): boolean {
  const left = Date.parse(dueAt) - Date.parse(now);
  return left < SOON * (Date.parse(dueAt) - Date.parse(startedAt));
}

/** The running clock that is due first, the late ones before all; undefined when none runs. */
export function nextDeadline(lines: readonly ClockLine[]): ClockLine | undefined {
  const running = lines.filter(({ state }) => state === 'late' || state === 'soon' || state === 'runs');
  return running.sort((a, b) => ((a.at ?? '') < (b.at ?? '') ? -1 : 1))[0];
}

/** Who is told next if nothing happens. */
export interface StepLine {
  at: Instant;
  clock: PhraseKey;
  /** Null: the resident is reminded. */
  rank: PhraseKey | null;
  /** Empty when nobody holds the post. */
  names: string[];
  isUnanswered: boolean;
}

export function stepLines(naming: Naming, coming: readonly ComingStep[]): StepLine[] {
  return coming.map(({ at, clock, rank, tells, because }) => ({
    at,
    clock: `ticket.clock.${clock}`,
    rank: rankKey(rank),
    names: tells.map((id) => actorName(naming, id)),
    isUnanswered: because === 'unanswered',
  }));
}

function rankKey(rank: StepRank): PhraseKey | null {
  return rank === 'resident' ? null : `frame.rank.${rank}`;
}

/** Somebody who was told. */
export interface ToldLine {
  id: string;
  at: Instant;
  clock: PhraseKey;
  rank: PhraseKey | null;
  names: string[];
  acknowledged: { at: Instant; by: string } | null;
  isOver: boolean;
  answerBy: Instant | null;
  /** Whoever looks may say "I have it". */
  mayAnswer: boolean;
}

export interface Looking extends Naming {
  actor: Actor;
  ticket: Ticket;
  station: Station;
}

/** The newest first. */
export function toldLines(looking: Looking, escalations: readonly Escalation[]): ToldLine[] {
  return escalations.map((escalation) => toldLine(looking, escalation)).reverse();
}

function toldLine(looking: Looking, escalation: Escalation): ToldLine {
  const { acknowledgedAt, acknowledgedBy, endedAt } = escalation;
  const isOpen = acknowledgedAt === null && endedAt === null && escalation.rank !== 'resident';
  return {
    id: escalation.id,
    at: escalation.at,
    clock: `ticket.clock.${escalation.clock}`,
    rank: rankKey(escalation.rank),
    names: escalation.told.map((id) => actorName(looking, id)),
    acknowledged:
      acknowledgedAt === null ? null : { at: acknowledgedAt, by: actorName(looking, acknowledgedBy ?? '') },
    isOver: endedAt !== null,
    answerBy: isOpen ? escalation.answerBy : null,
    mayAnswer:
      isOpen && looking.actor.rank !== 'auditor' && mayAnswer(looking.actor, { ...looking, escalation }),
  };
}
