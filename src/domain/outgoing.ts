// A letter we owe the world, complete and fixed when it enters the outbox.
import type { Mailbox } from './message.js';
import type { Instant } from './time.js';

export type OutgoingKind =
  | 'acknowledgement'
  | 'reply'
  | 'closure'
  | 'escalation'
  | 'transfer'
  | 'referral'
  | 'reminder'
  | 'signature'
  | 'digest'
  | 'alarm';
export type OutboxState = 'queued' | 'sending' | 'sent' | 'deferred' | 'failed' | 'suppressed';

/** Everything a delivery needs. One recipient; the same bytes' worth of meaning on every attempt. */
export interface OutgoingLetter {
  id: string;
  kind: OutgoingKind;
  /** Envelope sender, empty for the null return path. */
  envelopeFrom: string;
  /** The one recipient, already proven sendable. */
  to: string;
  from: Mailbox;
  replyTo: Mailbox | null;
  subject: string;
  /** text/plain body, `\n` line ends. */
  text: string;
  /** With angle brackets; never changes between attempts. */
  messageId: string;
  inReplyTo: string | null;
  references: string[];
  /** Further headers, e.g. Auto-Submitted. */
  headers: OutgoingHeader[];
  /** The Date header. */
  createdAt: Instant;
}

export interface OutgoingHeader {
  name: string;
  value: string;
}

/** What became of one attempt. `reply` is the far side's last word, `queueId` its receipt. */
export type DeliveryOutcome =
  | { kind: 'sent'; reply: string; queueId: string | null }
  | { kind: 'temporary'; reply: string }
  | { kind: 'permanent'; reply: string };
