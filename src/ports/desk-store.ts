// The repositories of the desk: escalations, waits, notes, people, the register.

import type { Escalation, EscalationCause } from '../domain/escalation.js';
import type { Information } from '../domain/register.js';
import type { Note, Ticket, Wait } from '../domain/ticket.js';
import type { Instant } from '../domain/time.js';
import type { Correspondent, JunkLabel, OfficerRecord, TicketScope, TriageLabel } from './records.js';

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
  /** Ends everything that is open on the ticket. */
  endAll(ticketId: string, at: Instant): Promise<void>;
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
  addJunk(label: JunkLabel): Promise<void>;
  /** Oldest first. */
  listJunk(limit: number): Promise<JunkLabel[]>;
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

/** What stops automatic letters, e.g. `acknowledgement`. */
export type SwitchName = 'acknowledgement';

export interface Switch {
  name: SwitchName;
  since: Instant;
  actor: string;
  reason: string;
}

export interface SwitchRepository {
  /** Sets it anew when it was set. */
  set(name: SwitchName, by: { actor: string; reason: string }): Promise<void>;
  /** False when it was not set. */
  clear(name: SwitchName): Promise<boolean>;
  find(name: SwitchName): Promise<Switch | undefined>;
}

export interface AllowanceRepository {
  /** How often each counter was used so far, in the same order. */
  used(counters: readonly { key: string; slot: string }[]): Promise<number[]>;
  /** Uses each counter once more; how often each is used by then, in the same order. */
  use(counters: readonly { key: string; slot: string }[]): Promise<number[]>;
  /** Forgets the counters of slots before this one. */
  forgetBefore(slot: string): Promise<void>;
}

export interface NoticeRepository {
  /** True the first time for this key, false ever after: what must be told once is told once. */
  claim(key: string): Promise<boolean>;
}

/** Erasing what is personal of closed tickets. Figures, hashes and the chain of the journal stay. */
export interface ErasureRepository {
  /** Closed at or before this instant and not erased, the longest closed first, whatever holds them. */
  closedBefore(closedAt: Instant, limit: number): Promise<Ticket[]>;
  /** Keeps that one person wants it erased before its time; once per ticket. */
  ask(ticketId: string, asked: { actor: string; reason: string }): Promise<void>;
  askedFor(ticketId: string): Promise<{ at: Instant; actor: string; reason: string } | undefined>;
  /** Erases resident, words, names and letters of this one ticket; its letters' files are then to be removed. */
  erase(ticketId: string): Promise<void>;
  /** Relative to the data folder. */
  filesToRemove(limit: number): Promise<string[]>;
  removed(path: string): Promise<void>;
}
