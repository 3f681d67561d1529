// What the flows and faces need of the store.
//
// Writes happen in `transact` only: one unit of work, one frozen `now`, all or nothing. Inside it call nothing but the
// repositories it gives (never DNS, SMTP or files: other work waits meanwhile) and never catch an error and go on.
// Errors: TemporaryFailure when the database is busy, DiskFull, StorageBroken after which nothing can be trusted.

import type { Escalation, EscalationCause } from '../domain/escalation.js';
import type { Envelope } from '../domain/letter.js';
import type { Attachment, Mailbox } from '../domain/message.js';
import type { OutboxRecord } from '../domain/outbox-record.js';
import type { OutboxState, OutgoingKind } from '../domain/outgoing.js';
import type { Officer } from '../domain/people.js';
import type { Information } from '../domain/register.js';
import type {
  Attention,
  Awaited,
  ClockName,
  JournalEntry,
  MessageKind,
  Note,
  Restriction,
  Ticket,
  TicketChange,
  TicketClock,
  TicketState,
  Urgency,
  Verdict,
  Wait,
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

export type { OutboxRecord } from '../domain/outbox-record.js';

/** What a person may see at all; every list takes it. */
export interface TicketScope {
  /** Station codes; null: every station. */
  stations: readonly string[] | null;
  restrictions: readonly Restriction[];
}

export interface TicketFilter {
  scope?: TicketScope | undefined;
  station?: string | undefined;
  state?: TicketState | undefined;
  /** Only tickets neither closed nor merged. */
  unclosed?: boolean | undefined;
  urgency?: Urgency | undefined;
  category?: string | undefined;
  /** Assigned to this officer; null: to nobody. */
  officer?: string | null | undefined;
  /** Only tickets with a clock past its mark and not met. */
  overdue?: boolean | undefined;
  /** Only tickets with a running clock due before this instant. */
  dueBefore?: Instant | undefined;
  waitingFor?: Awaited | undefined;
  /** Only tickets that a person must look at; a reason, or `true` for any. */
  attention?: Attention | true | undefined;
  /** Only tickets whose acknowledgement was withheld and is still owed by hand. */
  owed?: boolean | undefined;
  /** Any spelling of the resident's address. */
  resident?: string | undefined;
  receivedFrom?: Instant | undefined;
  /** Exclusive. */
  receivedBefore?: Instant | undefined;
  /** Words that must all occur in the subject or text of one of its messages. */
  search?: string | undefined;
  /** `newest` first (default), or by the next deadline: the most urgent duty first, tickets without one last. */
  sort?: 'newest' | 'deadline' | undefined;
  limit: number;
  /** The `reference` of the last ticket of the page before, in the same order. */
  after?: string | undefined;
}

/** A clock with the ticket it belongs to. */
export interface DueClock {
  ticketId: string;
  clock: TicketClock;
}

/** An officer's correction of what the rules proposed. */
export interface TriageLabel {
  id: string;
  ticketId: string;
  at: Instant;
  actor: string;
  proposedUrgency: Urgency | null;
  proposedCategory: string | null;
  urgency: Urgency;
  category: string | null;
}

/** An officer added or changed by command; `absenceOnly` when the configuration names the officer itself. */
export interface OfficerRecord extends Officer {
  absenceOnly: boolean;
}

/** Somebody besides the resident whose answers belong to a ticket. */
export interface Correspondent {
  ticketId: string;
  address: string;
  role: 'force' | 'agency';
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
  /** Writes the named parts only. */
  change(ticketId: string, change: TicketChange): Promise<void>;
  /** Counts a deed done at `at` by a person who saw `version`; false (and nothing written) when it has changed since. */
  countDeed(ticketId: string, seen: { version: number; at: Instant }): Promise<boolean>;
  /** Tickets merged into this one, directly. */
  mergedInto(reference: string): Promise<Ticket[]>;
  unlink(ticketId: string, otherId: string): Promise<void>;
  /** Open: every state but closed and merged. */
  counts(now: Instant): Promise<{ open: number; overdue: number }>;
}

export interface MessageRepository {
  add(message: MessageRecord): Promise<void>;
  /** Oldest first. */
  ofTicket(ticketId: string): Promise<MessageRecord[]>;
  /** The message that `letterId` became at `station`, if it was filed. */
  findFiled(letterId: string, station: string): Promise<MessageRecord | undefined>;
  find(id: string): Promise<MessageRecord | undefined>;
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
  /** Makes a failed or deferred letter due at `now`. False when it is neither. */
  retry(id: string, now: Instant): Promise<boolean>;
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
   * was. True when steps of its ladder were taken, so that somebody has been told.
   */
  meet(ticketId: string, name: ClockName, at: Instant): Promise<boolean>;
  /** By name, the newest round of each first. */
  ofTicket(ticketId: string): Promise<TicketClock[]>;
  ofTickets(ticketIds: readonly string[]): Promise<DueClock[]>;
  /** Clocks whose `nextAt` has come, the earliest first. */
  due(now: Instant, limit: number): Promise<DueClock[]>;
}

export interface EscalationRepository {
  /** False (and nothing written) when this step was raised before. */
  raise(escalation: Escalation): Promise<boolean>;
  save(escalation: Escalation): Promise<void>;
  find(id: string): Promise<Escalation | undefined>;
  /** In the order they were raised. */
  ofTicket(ticketId: string): Promise<Escalation[]>;
  /** Escalations whose `nextAt` has come, the earliest first. */
  due(now: Instant, limit: number): Promise<Escalation[]>;
  /** Oldest first. Open: neither acknowledged nor ended, and not a reminder to the resident. */
  list(filter: {
    open?: boolean | undefined;
    scope?: TicketScope | undefined;
    rank?: string | undefined;
    limit: number;
    after?: string | undefined;
  }): Promise<Escalation[]>;
  /** Ends what is open of this cause and stops it climbing. With `markedBefore` just what passed its mark earlier: warnings. */
  end(
    ticketId: string,
    of: { clock?: EscalationCause | undefined; markedBefore?: Instant | undefined },
    at: Instant,
  ): Promise<void>;
  /** Stops what is open of this cause from climbing, without ending it. */
  stopClimbing(ticketId: string, clock: EscalationCause): Promise<void>;
  countOpen(): Promise<number>;
}

export interface WaitRepository {
  begin(wait: Wait): Promise<void>;
  save(wait: Wait): Promise<void>;
  /** Oldest first. */
  ofTicket(ticketId: string): Promise<Wait[]>;
  due(now: Instant, limit: number): Promise<Wait[]>;
}

export interface NoteRepository {
  add(note: Note): Promise<void>;
  /** Oldest first. */
  ofTicket(ticketId: string): Promise<Note[]>;
}

export interface OfficerRepository {
  /** Adds, or replaces the one with this id. */
  save(officer: OfficerRecord): Promise<void>;
  /** By id. */
  list(): Promise<OfficerRecord[]>;
}

export interface LabelRepository {
  add(label: TriageLabel): Promise<void>;
  /** Oldest first. */
  list(limit: number): Promise<TriageLabel[]>;
}

export interface InformationRepository {
  /** The next serial of the register of `station` in `year`: 1, 2, 3 …, never twice. */
  nextSerial(station: string, year: number): Promise<number>;
  save(information: Information): Promise<void>;
  ofTicket(ticketId: string): Promise<Information | undefined>;
  /** In the order of the register. */
  list(filter: {
    station?: string | undefined;
    registeredFrom?: Instant | undefined;
    registeredBefore?: Instant | undefined;
  }): Promise<Information[]>;
}

export interface CorrespondentRepository {
  add(correspondent: Correspondent): Promise<void>;
  ofTicket(ticketId: string): Promise<Correspondent[]>;
}

export interface NoticeRepository {
  /** True the first time for this key, false ever after: what must be told once is told once. */
  claim(key: string): Promise<boolean>;
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
  escalations: EscalationRepository;
  waits: WaitRepository;
  notes: NoteRepository;
  officers: OfficerRepository;
  labels: LabelRepository;
  information: InformationRepository;
  correspondents: CorrespondentRepository;
  notices: NoticeRepository;
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
