// The rows as they lie in the database. JSON columns are opaque text.
import type { Generated } from 'kysely';
import type { EscalationCause, StepRank } from '../domain/escalation.js';
import type { JunkState } from '../domain/junk.js';
import type { Parking } from '../domain/letter.js';
import type { OutboxState, OutgoingKind } from '../domain/outgoing.js';
import type { LadderRank, Rank } from '../domain/people.js';
import type { Decision, SignatureWay } from '../domain/register.js';
import type {
  Attention,
  Awaited,
  ClockName,
  ClockState,
  Restriction,
  TicketState,
  Urgency,
  Verdict,
} from '../domain/ticket.js';
import type { SwitchName } from '../ports/desk-store.js';
import type { Correspondent, MessageRecord } from '../ports/records.js';
import type { ErasureRequestTable, FileToRemoveTable, JunkLabelTable } from './aside-tables.js';
import type { FigureTables } from './figure-tables.js';
import type { CheckpointTable, JournalTable } from './journal-tables.js';
import type { MatterTables } from './matter-tables.js';
import type { SignInTables } from './sign-in-tables.js';

export interface LetterTable {
  id: string;
  received_at: string;
  sha256: string;
  bytes: number;
  archive_path: string;
  fingerprint: string;
  duplicate_of: string | null;
  problem: string | null;
  parked: Parking | null;
  envelope: string;
}

export interface CounterTable {
  station: string;
  year: number;
  value: number;
}

export interface TicketTable {
  id: string;
  reference: string;
  station: string;
  state: TicketState;
  urgency: Urgency | null;
  category: string | null;
  languages: string;
  subject: string;
  resident_address: string;
  resident_key: string;
  resident_name: string;
  verdict: Verdict;
  received_at: string;
  acknowledged_at: string | null;
  officer: string | null;
  urgency_by: string | null;
  proposal: string | null;
  restriction: Restriction;
  level: LadderRank;
  closed_at: string | null;
  outcome: string | null;
  reopened: number;
  merged_into: string | null;
  waiting_for: Awaited | null;
  waiting_until: string | null;
  attention: Attention | null;
  passed_on: string | null;
  fir_number: string | null;
  repeats: number;
  text_mark: string | null;
  gd_number: string | null;
  junk: JunkState | null;
  junk_opinion: string | null;
  legal_hold: string | null;
  erased_at: string | null;
  version: number;
  changed_at: string | null;
}

/** The first of the ticket's pending deadlines; the database keeps it whenever a clock changes. */
interface FirstDeadline {
  due_at: Generated<string | null>;
}

export interface TicketLinkTable {
  ticket_id: string;
  other_id: string;
}

export interface MessageTable {
  number: Generated<number>;
  id: string;
  ticket_id: string;
  letter_id: string | null;
  station: string;
  direction: 'in' | 'out';
  kind: MessageRecord['kind'];
  from_address: string | null;
  from_name: string | null;
  recipients: string;
  subject: string;
  text: string;
  message_id: string | null;
  received_at: string;
  sha256: string | null;
  parsed: 0 | 1;
  verdict: Verdict;
  sender_check: string | null;
  sender_flags: string | null;
  attachments: string;
  infected: string | null;
}

export interface ClockTable {
  ticket_id: string;
  name: ClockName;
  round: number;
  state: ClockState;
  started_at: string;
  due_at: string;
  risk_at: string | null;
  met_at: string | null;
  breached_at: string | null;
  plan: string;
  step: number;
  next_at: string | null;
}

export interface OutboxTable {
  id: string;
  kind: OutgoingKind;
  ticket_id: string | null;
  also_for: string;
  letter_id: string | null;
  received_at: string;
  state: OutboxState;
  reason: string | null;
  attempts: number;
  due_at: string;
  next_at: string | null;
  lease_until: string | null;
  last_reply: string | null;
  queue_id: string | null;
  sent_at: string | null;
  created_at: string;
  recipient: string;
  message_id: string;
  letter: string;
}

/** `also_for` once more, as rows by which the letters of a ticket are found. */
export interface OutboxAlsoTable {
  ticket_id: string;
  outbox_id: string;
}

export interface EscalationTable {
  id: string;
  ticket_id: string;
  clock: EscalationCause;
  round: number;
  step: number;
  rank: StepRank;
  told: string;
  marked_at: string;
  at: string;
  answer_by: string | null;
  acknowledged_at: string | null;
  acknowledged_by: string | null;
  ended_at: string | null;
  next_at: string | null;
}

export interface WaitTable {
  id: string;
  ticket_id: string;
  waiting_for: Awaited;
  started_at: string;
  until: string;
  ended_at: string | null;
  reminded_at: string | null;
  next_at: string | null;
}

export interface NoteTable {
  id: string;
  ticket_id: string;
  at: string;
  actor: string;
  text: string;
}

export interface OfficerTable {
  id: string;
  name: string;
  title: string;
  rank: Rank;
  address: string | null;
  stations: string;
  divisions: string;
  reads_restricted: 0 | 1;
  disabled: 0 | 1;
  away_until: string | null;
  deputy: string | null;
  absence_only: 0 | 1;
}

export interface TriageLabelTable {
  id: string;
  ticket_id: string;
  at: string;
  actor: string;
  proposed_urgency: Urgency | null;
  proposed_category: string | null;
  urgency: Urgency;
  category: string | null;
}

export interface InformationTable {
  ticket_id: string;
  station: string;
  year: number;
  serial: number;
  received_at: string;
  registered_at: string;
  registered_by: string;
  substance: string;
  signed_at: string | null;
  signed_how: SignatureWay | null;
  signed_before: string | null;
  decision: Decision | null;
  decision_text: string | null;
  decided_at: string | null;
  decided_by: string | null;
}

export interface CorrespondentTable {
  ticket_id: string;
  address_key: string;
  address: string;
  role: Correspondent['role'];
}

export interface NoticeTable {
  key: string;
  at: string;
}

export interface AllowanceTable {
  key: string;
  slot: string;
  used: number;
}

export interface SwitchTable {
  name: SwitchName;
  since: string;
  actor: string;
  reason: string;
}

export interface Tables extends MatterTables, SignInTables, FigureTables {
  allowance: AllowanceTable;
  switch: SwitchTable;
  letter: LetterTable;
  counter: CounterTable;
  ticket: TicketTable & FirstDeadline;
  ticket_link: TicketLinkTable;
  message: MessageTable;
  clock: ClockTable;
  outbox: OutboxTable;
  outbox_also: OutboxAlsoTable;
  journal: JournalTable;
  journal_checkpoint: CheckpointTable;
  escalation: EscalationTable;
  wait: WaitTable;
  note: NoteTable;
  officer: OfficerTable;
  triage_label: TriageLabelTable;
  junk_label: JunkLabelTable;
  erasure_request: ErasureRequestTable;
  file_to_remove: FileToRemoveTable;
  information: InformationTable;
  register_counter: CounterTable;
  correspondent: CorrespondentTable;
  notice: NoticeTable;
}
