// Outbox records -> the shape of `outbox list` (a contract: keys are only ever added).

import type { OutboxRecord } from '../../domain/outbox-record.js';
import type { OutboxState, OutgoingKind } from '../../domain/outgoing.js';
import type { Instant } from '../../domain/time.js';

export interface OutboxView {
  id: string;
  kind: OutgoingKind;
  to: string;
  state: OutboxState;
  attempts: number;
  lastReply: string | null;
  /** Reference; null for letters about no ticket in particular. */
  ticket: string | null;
  /** References of further tickets the letter names. */
  alsoFor: string[];
  subject: string;
  messageId: string;
  /** Why nothing is sent, when suppressed. */
  reason: string | null;
  queueId: string | null;
  createdAt: Instant;
  dueAt: Instant;
  sentAt: Instant | null;
}

/** `referenceOf` gives the reference of a ticket id. */
export function viewOutboxRecord(record: OutboxRecord, referenceOf: (id: string) => string): OutboxView {
  const { letter } = record;
  return {
    id: letter.id,
    kind: letter.kind,
    to: letter.to,
    state: record.state,
    attempts: record.attempts,
    lastReply: record.lastReply,
    ticket: record.ticketId === null ? null : referenceOf(record.ticketId),
    alsoFor: record.alsoFor.map(referenceOf),
    subject: letter.subject,
    messageId: letter.messageId,
    reason: record.reason,
    queueId: record.queueId,
    createdAt: letter.createdAt,
    dueAt: record.dueAt,
    sentAt: record.sentAt,
  };
}
