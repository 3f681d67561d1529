// Everything about a ticket -> the shape of `ticket show` with --json (a contract: keys are only ever added).
import type { WholeTicket } from '../../desk/whole-ticket.js';
import type { ComingStep } from '../../domain/coming-steps.js';
import type { Escalation } from '../../domain/escalation.js';
import type { Information } from '../../domain/register.js';
import { newestRounds } from '../../domain/running-clock.js';
import type { JournalEntry, Note, Ticket, Wait } from '../../domain/ticket.js';
import type { Instant } from '../../domain/time.js';
import { type SameMatterView, viewSameMatter } from './matter-view.js';
import { type MessageView, viewMessage } from './message-view.js';
import { type ClockView, summariseTicket, type TicketSummary, viewClock } from './ticket-summary.js';

export interface JournalView extends Record<string, unknown> {
  at: Instant;
  actor: string;
  event: string;
}

export type EscalationOfTicket = Pick<
  Escalation,
  | 'id'
  | 'step'
  | 'rank'
  | 'clock'
  | 'at'
  | 'acknowledgedAt'
  | 'acknowledgedBy'
  | 'answerBy'
  | 'endedAt'
  | 'told'
>;

export interface WaitView extends Pick<Wait, 'for' | 'until' | 'endedAt' | 'remindedAt'> {
  from: Instant;
}

type Details = Pick<
  Ticket,
  | 'level'
  | 'urgencyBy'
  | 'proposal'
  | 'outcome'
  | 'closedAt'
  | 'reopened'
  | 'mergedInto'
  | 'passedOn'
  | 'firNumber'
  | 'gdNumber'
  | 'junkOpinion'
>;

export interface TicketView extends TicketSummary, Details {
  /** Who answers for it now. */
  owner: { rank: string; officers: string[] };
  linked: string[];
  includes: string[];
  /** Tickets that may be about the same, the likest first, with what people made of it. */
  sameMatter: SameMatterView[];
  /** Reference of the ticket under which it was gathered. */
  parent: string | null;
  /** References of the tickets gathered under it. */
  children: string[];
  /** Earlier rounds. */
  pastClocks: ClockView[];
  waits: WaitView[];
  information: Omit<Information, 'ticketId'> | null;
  notes: Omit<Note, 'ticketId'>[];
  messages: MessageView[];
  escalations: EscalationOfTicket[];
  /** Who is told next if nothing happens, the earliest first. */
  comingSteps: ComingStep[];
  journal: JournalView[];
}

export function viewTicket(records: WholeTicket): TicketView {
  const { ticket, clocks, owner, information, notes } = records;
  const newest = new Set(newestRounds(clocks));
  return {
    ...summariseTicket(ticket, clocks),
    ...detailsOf(ticket),
    owner: { rank: owner.rank, officers: owner.holders.map(({ id }) => id) },
    linked: records.linked,
    includes: records.includes,
    sameMatter: records.sameMatter.map(viewSameMatter),
    parent: records.parent?.reference ?? null,
    children: records.children.map(({ reference }) => reference),
    pastClocks: clocks.filter((clock) => !newest.has(clock)).map(viewClock),
    waits: records.waits.map(viewWait),
    information: information ? viewInformation(information) : null,
    notes: notes.map(({ id, at, actor, text }) => ({ id, at, actor, text })),
    messages: records.messages.map(viewMessage),
    escalations: records.escalations.map(viewEscalation),
    comingSteps: records.coming,
    journal: records.journal.map((entry) => viewJournalEntry(entry, notes)),
  };
}

function detailsOf(ticket: Ticket): Details {
  const { level, urgencyBy, proposal, outcome, closedAt } = ticket;
  const { reopened, mergedInto, passedOn, firNumber, gdNumber, junkOpinion } = ticket;
  return {
    level,
    urgencyBy,
    proposal,
    outcome,
    closedAt,
    reopened,
    mergedInto,
    passedOn,
    firNumber,
    gdNumber,
    junkOpinion,
  };
}

function viewWait({ for: awaited, startedAt, until, endedAt, remindedAt }: Wait): WaitView {
  return { for: awaited, from: startedAt, until, endedAt, remindedAt };
}

function viewInformation({ ticketId: _, ...information }: Information): Omit<Information, 'ticketId'> {
  return information;
}

function viewEscalation(escalation: Escalation): EscalationOfTicket {
  const { id, step, rank, clock, at, acknowledgedAt, acknowledgedBy, answerBy, endedAt, told } = escalation;
  return { id, step, rank, clock, at, acknowledgedAt, acknowledgedBy, answerBy, endedAt, told };
}

/** The detail lies beside `at`, `actor` and `event`, which it cannot replace. A note shows its text. */
function viewJournalEntry({ at, actor, event, detail }: JournalEntry, notes: readonly Note[]): JournalView {
  const { at: _at, actor: _actor, event: _event, ...further } = detail;
  const note = event === 'noted' ? notes.find(({ id }) => id === detail.noteId) : undefined;
  return { at, actor, event, ...further, ...(note ? { text: note.text } : {}) };
}
