// What the flows and faces need of the store.
//
// Writes happen in `transact` only: one unit of work, one frozen `now`, all or nothing. Inside it call nothing but the
// repositories it gives (never DNS, SMTP or files: other work waits meanwhile) and never catch an error and go on.
// Errors: TemporaryFailure when the database is busy, DiskFull, StorageBroken after which nothing can be trusted.

import type { Envelope } from '../domain/letter.js';
import type { Attachment, Mailbox } from '../domain/message.js';
import type { OutboxState, OutgoingKind, OutgoingLetter } from '../domain/outgoing.js';
import type {
  ClockName,
  JournalEntry,
  MessageKind,
  Ticket,
  TicketClock,
  TicketState,
  Urgency,
  Verdict,
} from '../domain/ticket.js';
import type { Instant } from '../domain/time.js';

/** A filed letter. */
export interface LetterRecord {
  id: string;
  envelope: Envelope;
  receivedAt: Instant;
  bytes: number;
  sha256: string;
  /** Relative to the data folder. */
  archivePath: string;
  /** Equal for letters with the same bytes, sender and station: a second copy of one letter. */
  fingerprint: string;
  /** The letter this one is a second copy of. */
  duplicateOf: string | null;
  problem: string | null;
}

export interface MessageRecord {
  id: string;
  ticketId: string;
  letterId: string | null;
  station: string;
  direction: 'in' | 'out';
  kind: MessageKind | OutgoingKind;
  from: Mailbox | null;
  to: string[];
  subject: string;
  text: string;
  messageId: string | null;
  receivedAt: Instant;
  sha256: string | null;
  parsed: boolean;
  verdict: Verdict;
  attachments: Attachment[];
}

export interface OutboxRecord {
  letter: OutgoingLetter;
  ticketId: string;
  /** Further tickets this letter names, whose clocks it also meets. */
  alsoFor: string[];
  /** The letter it answers, if it answers one. */
  letterId: string | null;
  /** When what it answers was received: from then on it was owed. */
  receivedAt: Instant;
  state: OutboxState;
  /** Why nothing is sent, when suppressed. */
  reason: string | null;
  attempts: number;
  /** When it is to be tried (next). */
  dueAt: Instant;
  leaseUntil: Instant | null;
  lastReply: string | null;
  queueId: string | null;
  sentAt: Instant | null;
}

export interface TicketFilter {
  station?: string | undefined;
  state?: TicketState | undefined;
  urgency?: Urgency | undefined;
  /** Only tickets with a clock past its mark and not met. */
  overdue?: boolean | undefined;
  /** Words that must all occur in the subject or text of one of its messages. */
  search?: string | undefined;
  limit: number;
  /** The `reference` of the last ticket of the page before. */
  after?: string | undefined;
}

export interface LetterRepository {
  add(letter: LetterRecord): Promise<void>;
  find(id: string): Promise<LetterRecord | undefined>;
  /** The earliest letter with this fingerprint received at or after `since`. */
  findCopy(fingerprint: string, since: Instant): Promise<LetterRecord | undefined>;
  /** Newest first. */
  list(limit: number): Promise<LetterRecord[]>;
  /** References of the tickets on which this letter (or the one it copies) lies. */
  referencesOf(letterId: string): Promise<string[]>;
}

export interface TicketRepository {
  /** The next number of `station` in `year` (four digits): 1, 2, 3 …, never twice. */
  nextNumber(station: string, year: number): Promise<number>;
  open(ticket: Ticket): Promise<void>;
  find(reference: string): Promise<Ticket | undefined>;
  findById(id: string): Promise<Ticket | undefined>;
  /** Newest first. */
  list(filter: TicketFilter): Promise<Ticket[]>;
  link(ticketId: string, otherId: string): Promise<void>;
  /** References of linked tickets, in order. */
  linkedTo(ticketId: string): Promise<string[]>;
  setAcknowledged(ticketId: string, at: Instant): Promise<void>;
  /** Open: every state but closed and merged. */
  counts(now: Instant): Promise<{ open: number; overdue: number }>;
}

export interface MessageRepository {
  add(message: MessageRecord): Promise<void>;
  /** Oldest first. */
  ofTicket(ticketId: string): Promise<MessageRecord[]>;
  /** The message that `letterId` became at `station`, if it was filed. */
  findFiled(letterId: string, station: string): Promise<MessageRecord | undefined>;
}

export interface OutboxRepository {
  enqueue(record: OutboxRecord): Promise<void>;
  /** Takes at most `limit` letters due at `now` (or whose lease ran out), marks them `sending` until `leaseUntil`. */
  claimDue(options: { limit: number; now: Instant; leaseUntil: Instant }): Promise<OutboxRecord[]>;
  /** Writes what became of a claimed letter. */
  settle(
    id: string,
    result: {
      state: 'sent' | 'deferred' | 'failed';
      lastReply: string;
      queueId: string | null;
      dueAt: Instant;
      sentAt: Instant | null;
    },
  ): Promise<void>;
  /**
   * Makes letters due at `now` that a process which is gone had taken; answers how many. Only for a daemon that has
   * the store to itself and sends nothing yet.
   */
  reclaim(now: Instant): Promise<number>;
  /** Makes a failed or deferred letter due at `now`. False when it is neither. */
  retry(id: string, now: Instant): Promise<boolean>;
  find(id: string): Promise<OutboxRecord | undefined>;
  /** Newest first. */
  list(filter: {
    state?: OutboxState | undefined;
    ticketId?: string | undefined;
    limit: number;
  }): Promise<OutboxRecord[]>;
  counts(): Promise<Record<OutboxState, number>>;
  /** The instant at which the next letter falls due, undefined when none waits. */
  nextDueAt(): Promise<Instant | undefined>;
}

export interface ClockRepository {
  start(ticketId: string, clock: TicketClock): Promise<void>;
  /** Marks a running or breached clock met at `at`; a clock met before stays as it was. */
  meet(ticketId: string, name: ClockName, at: Instant): Promise<void>;
  ofTicket(ticketId: string): Promise<TicketClock[]>;
}

export interface JournalRepository {
  write(ticketId: string, entry: Omit<JournalEntry, 'id' | 'at'>): Promise<void>;
  /** Oldest first. */
  ofTicket(ticketId: string): Promise<JournalEntry[]>;
}

export interface Repositories {
  letters: LetterRepository;
  tickets: TicketRepository;
  messages: MessageRepository;
  outbox: OutboxRepository;
  clocks: ClockRepository;
  journal: JournalRepository;
}

export interface UnitOfWork extends Repositories {
  now: Instant;
}

export interface StoreFacts {
  engine: string;
  synchronous: string;
  bytes: number;
}

/** The repositories on the store itself are for reading. */
export interface Store extends Repositories {
  transact<T>(work: (unit: UnitOfWork) => Promise<T>): Promise<T>;
  /** Changes whenever another process has written. */
  changeMark(): number;
  /** Read afresh from the engine. */
  facts(): StoreFacts;
  close(): void;
}
