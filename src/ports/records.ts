// What lies in the store, as flows and faces see it, and how lists are asked for.

import type { SenderFlag } from '../domain/display-name.js';
import type { Kept, Span } from '../domain/figures.js';
import type { JunkOpinion } from '../domain/junk.js';
import type { Envelope, Parking } from '../domain/letter.js';
import type { Attachment, Mailbox } from '../domain/message.js';
import type { OutgoingKind } from '../domain/outgoing.js';
import type { Officer } from '../domain/people.js';
import type { SenderCheck } from '../domain/sender-check.js';
import type {
  Attention,
  Awaited,
  MessageKind,
  Restriction,
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
  /** Why it opened no ticket; null for all others. */
  parked: Parking | null;
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
  /** What was found out about its sender; null for letters of ours. */
  sender: SenderCheck | null;
  /** What is strange about the name and address in From; none for letters of ours. */
  senderFlags: SenderFlag[];
  attachments: Attachment[];
  /** The virus that was found in the letter; null when none is known. */
  infected: string | null;
}

/** What a person may see at all; every list takes it. */
export interface TicketScope {
  /** Station codes; null: every station. */
  stations: readonly string[] | null;
  restrictions: readonly Restriction[];
}

export interface TicketFilter {
  scope?: TicketScope | undefined;
  station?: string | undefined;
  /** Of any of these. */
  stations?: readonly string[] | undefined;
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
  /** Only tickets whose next deadline, the first that presses, is this instant or later: none of them is overdue. */
  dueFrom?: Instant | undefined;
  /** Only tickets with a running clock that has used most of its time. */
  atRisk?: boolean | undefined;
  /** What became of the acknowledgement of its first letter. */
  acknowledged?: Kept | undefined;
  /** What became of the first action it was owed. */
  firstAction?: Kept | undefined;
  /** Only tickets of which a clock was ever missed. */
  breached?: boolean | undefined;
  /** Only tickets that were opened again. */
  reopened?: boolean | undefined;
  waitingFor?: Awaited | undefined;
  /** Only tickets that a person must look at; a reason, or `true` for any. */
  attention?: Attention | true | undefined;
  /** Only tickets put away as junk; without it none of them. */
  junk?: boolean | undefined;
  /** Only tickets whose acknowledgement was withheld and is still owed by hand. */
  owed?: boolean | undefined;
  /** Any spelling of the resident's address. */
  resident?: string | undefined;
  receivedFrom?: Instant | undefined;
  /** Exclusive. */
  receivedBefore?: Instant | undefined;
  /** In any of these spans of time. */
  receivedWithin?: readonly Span[] | undefined;
  /**
   * Words that must all occur in the subject or text of one of its messages; those of three characters or more may be
   * the beginnings of words. Such a list is newest first by the newest message that holds them.
   */
  search?: string | undefined;
  /**
   * `newest` first (default): by opening, with a time of receipt by receipt. Or by the next deadline: the most urgent
   * duty first, tickets without one last.
   */
  sort?: 'newest' | 'deadline' | undefined;
  limit: number;
  /** The `reference` of the last ticket of the page before, in the same order. */
  after?: string | undefined;
}

export interface ViewsAsked {
  scope?: TicketScope | undefined;
  /** Whose tickets `mine` are. */
  officer: string;
  now: Instant;
  /** What falls due before this instant, and is not overdue, is due soon. */
  soon: Instant;
}

/** Unclosed tickets, but for `junk`; a ticket may stand in several. */
export interface ViewCounts {
  all: number;
  mine: number;
  unowned: number;
  dueSoon: number;
  overdue: number;
  waiting: number;
  /** Put away, whatever its state. */
  junk: number;
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

/** What a person says about junk; teaches whoever judges it. */
export interface JunkLabel {
  id: string;
  ticketId: string;
  at: Instant;
  actor: string;
  /** What was said of it before. */
  opinion: JunkOpinion | null;
  isJunk: boolean;
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
