// The repository of matters: marks by which letters about one matter are found, suggestions, parents and children.
import type { Likeness, MatterMarks } from '../domain/same-matter.js';
import type { Ticket } from '../domain/ticket.js';
import type { Instant } from '../domain/time.js';

export interface MarkedTicket {
  ticketId: string;
  /** Station and restriction: only within it tickets are held against each other. */
  scope: string;
  /** The first ticket of those found alike; itself when it is the first. */
  headId: string;
  /** Null: looked at, and not to be compared. */
  marks: MatterMarks | null;
  receivedAt: Instant;
  /** Under which it is found. */
  keys: readonly string[];
}

/** A ticket that shares a key. */
export interface Candidate {
  ticketId: string;
  headId: string;
  near: string | null;
}

export type SuggestionState = 'suggested' | 'dismissed' | 'gathered';

/** Two tickets that may be one matter; the older is the head. */
export interface Suggestion extends Likeness {
  ticketId: string;
  headId: string;
  state: SuggestionState;
  at: Instant;
  /** Who dismissed or gathered; null while it is only suggested. */
  actor: string | null;
}

/** What is suggested for a ticket, as seen from it. */
export interface SuggestedTicket extends Likeness {
  other: Ticket;
  state: SuggestionState;
}

export interface MatterRepository {
  /** Ids of tickets received at or after `since` that were not marked, the oldest first. */
  unmarked(since: Instant, limit: number): Promise<string[]>;
  /** False (and nothing written) when it was marked before. */
  mark(marked: MarkedTicket): Promise<boolean>;
  marksOf(ticketId: string): Promise<MatterMarks | undefined>;
  /** Tickets of `scope` under `key` received at or after `since`: the newest, at most `limit`. */
  candidates(key: string, of: { scope: string; since: Instant; limit: number }): Promise<Candidate[]>;
  /** Whether `key` was known in `scope` before this instant. */
  isOld(key: string, of: { scope: string; before: Instant }): Promise<boolean>;
  /** Forgets marks (not suggestions) of tickets received before; at most `limit` of each kind. */
  forgetBefore(before: Instant, limit: number): Promise<void>;
  /** Nothing is written when the two were suggested, dismissed or gathered before, in whatever order. */
  suggest(suggestion: Suggestion): Promise<void>;
  /** Writes the judgement of a person on two tickets, suggested or not. */
  judge(pair: { ticketId: string; headId: string; state: SuggestionState; actor: string }): Promise<void>;
  /** The best first. Only tickets of the same station and restriction that were not merged. */
  suggestedFor(ticket: Ticket, limit: number): Promise<SuggestedTicket[]>;
  /** Heads of what is still suggested for unclosed tickets, and parents, the newest first. */
  heads(filter: { station?: string | undefined; limit: number }): Promise<Ticket[]>;
  /** Makes the ticket a child of the parent. */
  gather(child: { ticketId: string; parentId: string; actor: string }): Promise<void>;
  /** False when it was nobody's child. */
  leave(ticketId: string): Promise<boolean>;
  parentOf(ticketId: string): Promise<Ticket | undefined>;
  /** In the order in which they were opened. */
  childrenOf(ticketId: string): Promise<Ticket[]>;
}
