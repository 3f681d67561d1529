// Store records -> the shape of `ticket list` and `ticket show` with --json (a contract: keys are only ever added).
import type { Attachment } from '../../domain/message.js';
import type { JournalEntry, Ticket, TicketClock } from '../../domain/ticket.js';
import type { Instant } from '../../domain/time.js';
import type { MessageRecord } from '../../ports/store.js';

/** A ticket and what hangs on it. */
export interface TicketRecords {
  ticket: Ticket;
  linked: string[];
  clocks: TicketClock[];
  messages: MessageRecord[];
  journal: JournalEntry[];
}

export type ClockView = Omit<TicketClock, 'startedAt'>;
export type TicketSummary = Omit<Ticket, 'id'> & { clocks: ClockView[] };

export interface MessageView {
  id: string;
  letterId: string | null;
  direction: 'in' | 'out';
  kind: MessageRecord['kind'];
  /** Address, null when the letter does not say. */
  from: string | null;
  fromName: string | null;
  to: string[];
  subject: string;
  text: string;
  receivedAt: Instant;
  sha256: string | null;
  parsed: boolean;
  verdict: MessageRecord['verdict'];
  messageId: string | null;
  attachments: Omit<Attachment, 'part'>[];
}

export interface JournalView extends Record<string, unknown> {
  at: Instant;
  actor: string;
  event: string;
}

export interface TicketView extends TicketSummary {
  linked: string[];
  messages: MessageView[];
  escalations: never[];
  journal: JournalView[];
}

/** The ticket with its clocks, as a row of a list. */
export function summariseTicket(ticket: Ticket, clocks: readonly TicketClock[]): TicketSummary {
  const { id: _id, ...rest } = ticket;
  return { ...rest, clocks: clocks.map(viewClock) };
}

/** Everything about the ticket. */
export function viewTicket(records: TicketRecords): TicketView {
  return {
    ...summariseTicket(records.ticket, records.clocks),
    linked: records.linked,
    messages: records.messages.map(viewMessage),
    escalations: [],
    journal: records.journal.map(viewJournalEntry),
  };
}

function viewClock({ name, state, dueAt, metAt, breachedAt }: TicketClock): ClockView {
  return { name, state, dueAt, metAt, breachedAt };
}

function viewMessage(message: MessageRecord): MessageView {
  return {
    id: message.id,
    letterId: message.letterId,
    direction: message.direction,
    kind: message.kind,
    from: message.from?.address ?? null,
    fromName: message.from?.name ?? null,
    to: message.to,
    subject: message.subject,
    text: message.text,
    receivedAt: message.receivedAt,
    sha256: message.sha256,
    parsed: message.parsed,
    verdict: message.verdict,
    messageId: message.messageId,
    attachments: message.attachments.map(({ name, type, size, sha256 }) => ({ name, type, size, sha256 })),
  };
}

/** The detail lies beside `at`, `actor` and `event`, which it cannot replace. */
function viewJournalEntry({ at, actor, event, detail }: JournalEntry): JournalView {
  const { at: _at, actor: _actor, event: _event, ...further } = detail;
  return { at, actor, event, ...further };
}

/** The unmet clock that is due first. */
export function nextClock(ticket: Pick<TicketSummary, 'clocks'>): ClockView | undefined {
  return ticket.clocks
    .filter((clock) => clock.metAt === null)
    .sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1))[0];
}
