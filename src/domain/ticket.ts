// A ticket: one matter of a resident with a station, with its clocks, links and journal.
import type { Language } from './station.js';
import type { Instant } from './time.js';

export const TICKET_STATES = ['new', 'open', 'waiting', 'closed', 'merged'] as const;
export type TicketState = (typeof TICKET_STATES)[number];

export const URGENCIES = ['urgent', 'semi-urgent', 'non-urgent'] as const;
export type Urgency = (typeof URGENCIES)[number];

/** Whether the sender is who the letter says: shown to officers, gates acknowledgement and joining. */
export type Verdict = 'aligned' | 'partial' | 'failed' | 'unknown';

/** What a letter is, judged from its envelope and headers alone. */
export type MessageKind = 'letter' | 'auto-reply' | 'bounce' | 'bulk' | 'loop';

export interface Resident {
  /** Where the letter says it comes from; empty when it does not say. */
  address: string;
  name: string;
  verdict: Verdict;
}

export interface Ticket {
  id: string;
  reference: string;
  /** Station code, or `postmaster`. */
  station: string;
  state: TicketState;
  /** Null until somebody or a rule has judged. */
  urgency: Urgency | null;
  category: string | null;
  /** The language the resident is answered in; the first of `languages`. */
  language: Language;
  languages: Language[];
  subject: string;
  resident: Resident;
  receivedAt: Instant;
  acknowledgedAt: Instant | null;
  officer: string | null;
}

export type ClockName = 'acknowledgement' | 'first-action' | 'resolution';
export type ClockState = 'running' | 'paused' | 'met' | 'breached';

/** One SLA clock of a ticket. A clock met late keeps both `metAt` and `breachedAt`. */
export interface TicketClock {
  name: ClockName;
  state: ClockState;
  startedAt: Instant;
  dueAt: Instant;
  metAt: Instant | null;
  breachedAt: Instant | null;
}

/** What happened to a ticket. `actor` is an officer's id or `system`. */
export interface JournalEntry {
  id: string;
  at: Instant;
  actor: string;
  event: string;
  detail: Record<string, unknown>;
}
