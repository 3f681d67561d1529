// A ticket: one matter of a resident with a station, with its clocks, links and journal.
import type { ClockPlan } from './clock-plan.js';
import type { JunkOpinion, JunkState } from './junk.js';
import type { LadderRank } from './people.js';
import type { Language } from './station.js';
import type { Instant } from './time.js';
import type { FiredWord } from './triage.js';

export const TICKET_STATES = ['new', 'open', 'waiting', 'closed', 'merged'] as const;
export type TicketState = (typeof TICKET_STATES)[number];

export const URGENCIES = ['urgent', 'semi-urgent', 'non-urgent'] as const;
export type Urgency = (typeof URGENCIES)[number];

/** Whether the sender is who the letter says: shown to officers, gates acknowledgement and joining. */
export type Verdict = 'aligned' | 'partial' | 'failed' | 'unknown';

/** What a letter is, judged from its envelope and headers alone. */
export type MessageKind = 'letter' | 'auto-reply' | 'bounce' | 'bulk' | 'loop' | 'sign-up';

export interface Resident {
  /** Where the letter says it comes from; empty when it does not say. */
  address: string;
  name: string;
  verdict: Verdict;
}

/**
 * Who may read a ticket besides those above the station: `none` restricts nobody; `named` leaves only officers with the
 * right to read restricted tickets and the officer in charge; `dc` hides it from the whole station (a complaint against
 * police goes straight to the deputy commissioner's office).
 */
export const RESTRICTIONS = ['none', 'named', 'dc'] as const;
export type Restriction = (typeof RESTRICTIONS)[number];

/** What a ticket that waits is waiting for. */
export const AWAITED = ['resident', 'agency'] as const;
export type Awaited = (typeof AWAITED)[number];

/** Why the rules proposed what they proposed; kept and shown. */
export interface Proposal {
  urgency: Urgency;
  category: string;
  score: number;
  fired: FiredWord[];
}

/** Why a person must look at a ticket although no state says so. */
export type Attention =
  | 'reopening-capped'
  | 'answer-after-closure'
  | 'answer-too-late'
  | 'not-delivered'
  | 'progress-due';

export interface Ticket {
  id: string;
  reference: string;
  /** Station code, or `postmaster`. Changes with a transfer; the reference does not. */
  station: string;
  state: TicketState;
  /** Null for what no rule has judged: letters of robots. */
  urgency: Urgency | null;
  /** Code of the configuration's table. */
  category: string | null;
  /** `rule`, or the id of the officer who judged: then no rule lowers it. */
  urgencyBy: string | null;
  proposal: Proposal | null;
  restriction: Restriction;
  /** The language the resident is answered in; the first of `languages`. */
  language: Language;
  languages: Language[];
  subject: string;
  resident: Resident;
  receivedAt: Instant;
  acknowledgedAt: Instant | null;
  /** Id of the officer it is assigned to. */
  officer: string | null;
  /** The rank that owns it: rises when a resident says that it is not solved. */
  level: LadderRank;
  closedAt: Instant | null;
  /** Outcome code of the closure. */
  outcome: string | null;
  /** How often it was opened again. */
  reopened: number;
  /** Reference of the ticket it was merged into. */
  mergedInto: string | null;
  waitingFor: Awaited | null;
  waitingUntil: Instant | null;
  attention: Attention | null;
  /** Where it was passed on to outside our stations, and when it was passed on at all. */
  passedOn: { to: string; at: Instant; kind: 'transfer' | 'referral' } | null;
  firNumber: string | null;
  /** How often the resident wrote the same again while it was open. */
  repeats: number;
  /** What the letter says, for finding that out; null when it says too little. */
  textMark: string | null;
  gdNumber: string | null;
  /** Null when nobody ever took it for junk. */
  junk: JunkState | null;
  /** What was said of its first letter by whoever judges that; null when nobody did. */
  junkOpinion: JunkOpinion | null;
  /** Why nothing of it may be erased; null: it may. */
  legalHold: string | null;
  /** When what is personal of it was erased. */
  erasedAt: Instant | null;
  /** Counts the deeds done on it; a deed that saw an older one conflicts. */
  version: number;
  /** When the last deed of a person was done. */
  changedAt: Instant | null;
}

/** What a deed or a sweep may change; reference, resident and times of receipt never do. */
export type TicketChange = Partial<
  Omit<Ticket, 'id' | 'reference' | 'language' | 'languages' | 'resident' | 'receivedAt' | 'version'>
>;

/** The parts of a new ticket that nothing has happened to yet. */
export const UNTOUCHED = {
  level: 'officer',
  closedAt: null,
  outcome: null,
  reopened: 0,
  mergedInto: null,
  waitingFor: null,
  waitingUntil: null,
  attention: null,
  passedOn: null,
  firNumber: null,
  repeats: 0,
  textMark: null,
  gdNumber: null,
  junk: null,
  junkOpinion: null,
  legalHold: null,
  erasedAt: null,
  version: 0,
  changedAt: null,
} as const satisfies Partial<Ticket>;

/** `signature`: 72 hours for signing (BNSS s.173(1)(ii)); `progress`: 90 days for telling the informant (s.193(3)(ii)). */
export const CLOCK_NAMES = [
  'acknowledgement',
  'first-action',
  'resolution',
  'signature',
  'progress',
] as const;
export type ClockName = (typeof CLOCK_NAMES)[number];

/** `lifted`: the duty ended without being met, because the ticket was merged into another or the decision withdrawn. */
export const CLOCK_STATES = ['running', 'paused', 'met', 'breached', 'lifted'] as const;
export type ClockState = (typeof CLOCK_STATES)[number];

/** One SLA clock of a ticket. A clock met late keeps both `metAt` and `breachedAt`. */
export interface TicketClock {
  name: ClockName;
  /** 1, and one more each time the ticket is opened again. */
  round: number;
  state: ClockState;
  startedAt: Instant;
  /** While paused: what it was before the pause. */
  dueAt: Instant;
  /** When `RISK_SHARE` of its time is used; null while paused, and for one from before that was reckoned. */
  riskAt: Instant | null;
  metAt: Instant | null;
  breachedAt: Instant | null;
  plan: ClockPlan;
  /** Steps of its ladder that are behind it: index of the first one still to come. */
  step: number;
  /** When the sweep must look at it: its next step or its breach; null when nothing is to come. */
  nextAt: Instant | null;
}

/** A time in which a ticket waits; pauses its resolution clock (and only that one). */
export interface Wait {
  id: string;
  ticketId: string;
  for: Awaited;
  startedAt: Instant;
  until: Instant;
  endedAt: Instant | null;
  /** When the resident was reminded. */
  remindedAt: Instant | null;
  /** When the sweep must look at it; null when over. */
  nextAt: Instant | null;
}

/** An internal remark of an officer. */
export interface Note {
  id: string;
  ticketId: string;
  at: Instant;
  actor: string;
  text: string;
}

/** What happened to a ticket. `actor` is an officer's id, `operator`, `resident` or `system`. */
export interface JournalEntry {
  id: string;
  at: Instant;
  actor: string;
  event: string;
  detail: Record<string, unknown>;
}
