// The rows as they lie in the database. JSON columns are opaque text.
import type { Generated } from 'kysely';
import type { OutboxState, OutgoingKind } from '../domain/outgoing.js';
import type { ClockName, ClockState, TicketState, Urgency, Verdict } from '../domain/ticket.js';
import type { MessageRecord } from '../ports/store.js';

export interface LetterTable {
  id: string;
  received_at: string;
  sha256: string;
  bytes: number;
  archive_path: string;
  fingerprint: string;
  duplicate_of: string | null;
  problem: string | null;
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
  attachments: string;
}

export interface ClockTable {
  ticket_id: string;
  name: ClockName;
  state: ClockState;
  started_at: string;
  due_at: string;
  met_at: string | null;
  breached_at: string | null;
}

export interface OutboxTable {
  id: string;
  kind: OutgoingKind;
  ticket_id: string;
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

export interface JournalTable {
  number: Generated<number>;
  id: string;
  ticket_id: string;
  at: string;
  actor: string;
  event: string;
  detail: string;
}

export interface Tables {
  letter: LetterTable;
  counter: CounterTable;
  ticket: TicketTable;
  ticket_link: TicketLinkTable;
  message: MessageTable;
  clock: ClockTable;
  outbox: OutboxTable;
  journal: JournalTable;
}
