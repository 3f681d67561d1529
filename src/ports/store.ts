// What the flows and faces need of the store.
//
// Writes happen in `transact` only: one unit of work, one frozen `now`, all or nothing. Inside it call nothing but the
// repositories it gives (never DNS, SMTP or files: other work waits meanwhile) and never catch an error and go on.
// Errors: TemporaryFailure when the database is busy, DiskFull, StorageBroken after which nothing can be trusted.

import type { ChainedRow, Checkpoint } from '../domain/journal-chain.js';
import type { Parking } from '../domain/letter.js';
import type { OutboxRecord } from '../domain/outbox-record.js';
import type { OutboxState, OutgoingKind } from '../domain/outgoing.js';
import type { ClockName, JournalEntry, Ticket, TicketChange, TicketClock } from '../domain/ticket.js';
import type { Instant } from '../domain/time.js';
import type {
  AllowanceRepository,
  CorrespondentRepository,
  ErasureRepository,
  EscalationRepository,
  InformationRepository,
  LabelRepository,
  NoteRepository,
  NoticeRepository,
  OfficerRepository,
  SwitchRepository,
  WaitRepository,
} from './desk-store.js';
import type { FiguresRepository } from './figures.js';
import type { MatterRepository } from './matters.js';
import type {
  DueClock,
  LetterRecord,
  MessageRecord,
  TicketFilter,
  ViewCounts,
  ViewsAsked,
} from './records.js';
import type {
  CredentialRepository,
  DraftRepository,
  PasskeyRepository,
  PreferenceRepository,
  SavedViewRepository,
  SessionRepository,
} from './sign-in.js';

export interface LetterRepository {
  add(letter: LetterRecord): Promise<void>;
  find(id: string): Promise<LetterRecord | undefined>;
  /** The earliest letter with this fingerprint received at or after `since`. */
  findCopy(fingerprint: string, since: Instant): Promise<LetterRecord | undefined>;
  /** Newest first; with `parked` only those that opened no ticket and say why. */
  list(limit: number, filter?: { parked?: boolean | undefined }): Promise<LetterRecord[]>;
  /** Writes why it opened no ticket. */
  park(id: string, why: Parking): Promise<void>;
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
  /** How many `list` would find without its limit, counted up to `limit`. */
  count(filter: TicketFilter): Promise<number>;
  /** In no order; ids that are unknown are left out. At most 500 ids. */
  withIds(ids: readonly string[]): Promise<Ticket[]>;
  link(ticketId: string, otherId: string): Promise<void>;
  /** References of linked tickets, in order. */
  linkedTo(ticketId: string): Promise<string[]>;
  setAcknowledged(ticketId: string, at: Instant): Promise<void>;
  /** Writes the named parts only. */
  change(ticketId: string, change: TicketChange): Promise<void>;
  /** Counts a deed done at `at` by a person who saw `version`; false (and nothing written) when it has changed since. */
  countDeed(ticketId: string, seen: { version: number; at: Instant }): Promise<boolean>;
  /** The newest unclosed ticket of `station`, not put away, with this mark of its text, received at or after `since`. */
  findSaying(mark: string, of: { station: string; since: Instant }): Promise<Ticket | undefined>;
  /** Tickets merged into this one, directly. */
  mergedInto(reference: string): Promise<Ticket[]>;
  unlink(ticketId: string, otherId: string): Promise<void>;
  /** Open: every state but closed and merged. What is put away as junk counts nowhere. */
  counts(now: Instant): Promise<{ open: number; overdue: number }>;
  /** How many tickets of the scope each view of the desk holds. */
  countViews(asked: ViewsAsked): Promise<ViewCounts>;
}

export interface MessageRepository {
  add(message: MessageRecord): Promise<void>;
  /** Oldest first. */
  ofTicket(ticketId: string): Promise<MessageRecord[]>;
  /** The message that `letterId` became at `station`, if it was filed. */
  findFiled(letterId: string, station: string): Promise<MessageRecord | undefined>;
  find(id: string): Promise<MessageRecord | undefined>;
  /**
   * References of the tickets on which letters to us with these Message-IDs lie, in the order of the ids; of several
   * letters with one id the first received counts.
   */
  referencesWith(messageIds: readonly string[]): Promise<string[]>;
  /** Gives a message to another ticket (a matter split off). */
  move(id: string, ticketId: string): Promise<void>;
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
  /** Makes letters due at `now` that wait for a time after `after`; answers how many. For a clock that went back. */
  hasten(after: Instant, now: Instant): Promise<number>;
  /** Makes a failed or deferred letter due at `now`. False when it is neither. */
  retry(id: string, now: Instant): Promise<boolean>;
  /** Writes that a letter which the far side took did not arrive after all, with what was reported. */
  fail(id: string, reply: string): Promise<void>;
  /** Makes a suppressed letter due at `now`. False when it is not suppressed. */
  release(id: string, now: Instant): Promise<boolean>;
  /** Suppresses what is queued for the ticket under this kind and not yet taken, with the reason; answers how many. */
  withhold(ticketId: string, kind: OutgoingKind, reason: string): Promise<number>;
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
  start(ticketId: string, clocks: readonly TicketClock[]): Promise<void>;
  /** Writes everything of the clock with this name and round. */
  save(ticketId: string, clock: TicketClock): Promise<void>;
  /**
   * Marks the newest round of a running, paused or breached clock met at `at`; a clock met or lifted before stays as it
   * was. Open warnings about it end; an open escalation of its breach stays open and climbs no more.
   */
  meet(ticketId: string, name: ClockName, at: Instant): Promise<void>;
  /** By name, the newest round of each first. */
  ofTicket(ticketId: string): Promise<TicketClock[]>;
  ofTickets(ticketIds: readonly string[]): Promise<DueClock[]>;
  /** Clocks whose `nextAt` has come, the earliest first. */
  due(now: Instant, limit: number): Promise<DueClock[]>;
}

export interface JournalRepository {
  /** Null for what happened to no ticket. Chained to the row before it, overall and on the ticket. */
  write(ticketId: string | null, entry: Omit<JournalEntry, 'id' | 'at'>): Promise<void>;
  /** Oldest first. */
  ofTicket(ticketId: string): Promise<JournalEntry[]>;
  /** Rows as they are chained, after row `number`, in their order. */
  chainedAfter(number: number, limit: number): Promise<ChainedRow[]>;
  lastChained(): Promise<ChainedRow | undefined>;
  addCheckpoint(checkpoint: Checkpoint): Promise<void>;
  newestCheckpoint(): Promise<Checkpoint | undefined>;
  /** Oldest first. */
  checkpoints(): Promise<Checkpoint[]>;
  /** Erases the details of a ticket's rows; their hashes stay, and so does the chain. Answers how many. */
  eraseDetails(ticketId: string): Promise<number>;
}

export interface Repositories {
  letters: LetterRepository;
  tickets: TicketRepository;
  messages: MessageRepository;
  outbox: OutboxRepository;
  clocks: ClockRepository;
  journal: JournalRepository;
  escalations: EscalationRepository;
  waits: WaitRepository;
  notes: NoteRepository;
  officers: OfficerRepository;
  labels: LabelRepository;
  information: InformationRepository;
  correspondents: CorrespondentRepository;
  notices: NoticeRepository;
  switches: SwitchRepository;
  allowances: AllowanceRepository;
  erasures: ErasureRepository;
  matters: MatterRepository;
  figures: FiguresRepository;
  credentials: CredentialRepository;
  passkeys: PasskeyRepository;
  sessions: SessionRepository;
  savedViews: SavedViewRepository;
  drafts: DraftRepository;
  preferences: PreferenceRepository;
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
  /** Grows whenever this or another process has written; asking costs microseconds. */
  changeMark(): number;
  /** Read afresh from the engine. */
  facts(): StoreFacts;
  close(): void;
}
