// A letter in the outbox: what is to be sent, for whom, and what became of it so far.
import type { OutboxState, OutgoingLetter } from './outgoing.js';
import type { Instant } from './time.js';

export interface OutboxRecord {
  letter: OutgoingLetter;
  /** Null for letters about no ticket in particular: an officer's digest. */
  ticketId: string | null;
  /** Further tickets this letter names, whose clocks it also meets. */
  alsoFor: string[];
  /** The letter it answers, if it answers one. */
  letterId: string | null;
  /** When what it answers was received: from then on it was owed. */
  receivedAt: Instant;
  state: OutboxState;
  /** Why nothing is sent, when suppressed. */
  reason: string | null;
  attempts: number;
  /** When it is to be tried (next). */
  dueAt: Instant;
  leaseUntil: Instant | null;
  lastReply: string | null;
  queueId: string | null;
  sentAt: Instant | null;
}

/** A letter that is to be sent and was never tried; suppressed when a reason says why it is not. */
export function freshRecord(
  letter: OutgoingLetter,
  about: Pick<OutboxRecord, 'ticketId' | 'receivedAt' | 'dueAt'> &
    Partial<Pick<OutboxRecord, 'alsoFor' | 'letterId' | 'reason'>>,
): OutboxRecord {
  const { ticketId, receivedAt, dueAt, alsoFor = [], letterId = null, reason = null } = about;
  return {
    letter,
    ticketId,
    alsoFor,
    letterId,
    receivedAt,
    state: reason === null ? 'queued' : 'suppressed',
    reason,
    attempts: 0,
    dueAt,
    leaseUntil: null,
    lastReply: null,
    queueId: null,
    sentAt: null,
  };
}
