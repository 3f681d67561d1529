// What intake and the sweep ask of the desk, inside their own unit of work: the life of a ticket goes on by rules that
// are the same for every way in.
import type { Escalation, EscalationCause } from '../domain/escalation.js';
import type { Message } from '../domain/message.js';
import type { LadderRank } from '../domain/people.js';
import type { MessageKind, Proposal, Ticket, Wait } from '../domain/ticket.js';
import type { Instant } from '../domain/time.js';
import type { UnitOfWork } from './store.js';

/** What was understood of a message that joins a ticket. */
export interface JoiningMessage {
  message: Pick<Message, 'text' | 'messageId'>;
  kind: MessageKind;
  /** Who wrote it: the resident, or a force or agency the ticket was passed on to. */
  from: 'resident' | 'correspondent';
  receivedAt: Instant;
}

/** The life of a ticket as others than officers move it. Errors: those of the unit of work only. */
export interface TicketLife {
  /** What the rules say about a letter; never throws for any content. */
  propose(message: { subject: string; text: string }): Proposal;
  /** The parts of a new ticket that the proposal decides: urgency, category, restriction. */
  judged(proposal: Proposal): Pick<Ticket, 'urgency' | 'urgencyBy' | 'category' | 'proposal' | 'restriction'>;
  /** A ticket was opened by a person's letter: its clocks start; a restricted one goes to the rank that may see it. */
  opened(unit: UnitOfWork, ticket: Ticket): Promise<void>;
  /** A message has joined: a wait may end, a closed ticket may open again. Robots change nothing. */
  joined(unit: UnitOfWork, ticket: Ticket, joining: JoiningMessage): Promise<void>;
  /** A wait for the resident is over and was reminded: closes with a letter that says so. */
  closeUnanswered(unit: UnitOfWork, ticket: Ticket, wait: Wait): Promise<void>;
  /** A wait is over: reminds the resident by letter. */
  remindOfQuestion(unit: UnitOfWork, ticket: Ticket, wait: Wait): Promise<void>;
  /** A wait for an agency is over: the ticket is open again. */
  endWait(unit: UnitOfWork, ticket: Ticket, wait: Wait): Promise<void>;
  /** Its time is over (or two persons want it): what is personal of it is erased, in the unit of work. */
  erase(unit: UnitOfWork, ticket: Ticket): Promise<void>;
  /** The resident is reminded to sign (BNSS s.173), because the mark `markedAt` has passed. */
  remindOfSignature(unit: UnitOfWork, ticket: Ticket, markedAt: Instant): Promise<void>;
}

/** A step to be told. */
export interface Step {
  ticket: Ticket;
  cause: EscalationCause;
  round: number;
  /** Index that makes it unique for the ticket, cause and round. */
  step: number;
  rank: LadderRank;
  markedAt: Instant;
  /** The deadline it is about. */
  dueAt: Instant;
  answerWithinMs: number;
  /** A step without a mark follows, so that it climbs when nobody acknowledges. */
  climbs: boolean;
}

/** Tells the ranks, inside somebody's unit of work: the escalation, the letters to those told, the journal. */
export interface Raising {
  /** Undefined when this step was told before. */
  raise(unit: UnitOfWork, step: Step): Promise<Escalation | undefined>;
}
