// Writes what became of letters: outbox, clocks, tickets, journal. A failure never makes another automatic letter.

import type { OutboxRecord } from '../domain/outbox-record.js';
import type { DeliveryOutcome, OutgoingKind } from '../domain/outgoing.js';
import { nextAttemptAt } from '../domain/retry.js';
import type { Instant } from '../domain/time.js';
import type { UnitOfWork } from '../ports/store.js';

/** One attempt that is over. */
export interface Attempt {
  record: OutboxRecord;
  outcome: DeliveryOutcome;
  endedAt: Instant;
}

/** Milliseconds after which a letter of this kind that could not be delivered is given up. */
export type GiveUpAfterMs = (kind: OutgoingKind) => number;

type Result = Parameters<UnitOfWork['outbox']['settle']>[1];

/** What is to be written about an attempt. */
export function resultOf({ record, outcome, endedAt }: Attempt, giveUpAfterMs: GiveUpAfterMs): Result {
  const base = { lastReply: outcome.reply, queueId: null, dueAt: endedAt, sentAt: null };
  if (outcome.kind === 'sent') {
    return { ...base, state: 'sent', queueId: outcome.queueId, sentAt: endedAt };
  }
  if (outcome.kind === 'permanent') return { ...base, state: 'failed' };
  const { attempts, letter } = record;
  const next = nextAttemptAt({ attempts, createdAt: letter.createdAt }, endedAt, giveUpAfterMs(letter.kind));
  return next ? { ...base, state: 'deferred', dueAt: next } : { ...base, state: 'failed' };
}

/** Settles one attempt with all that follows from it for the tickets that the letter names. */
export async function settle(unit: UnitOfWork, attempt: Attempt, result: Result): Promise<void> {
  const { record } = attempt;
  await unit.outbox.settle(record.letter.id, result);
  const event = eventOf(record, result);
  for (const ticketId of ticketsOf(record)) {
    if (result.sentAt !== null && ANSWERS.includes(record.letter.kind)) {
      await unit.clocks.meet(ticketId, 'acknowledgement', result.sentAt);
      await unit.tickets.setAcknowledged(ticketId, result.sentAt);
    }
    if (result.state === 'failed' && TO_RESIDENTS.includes(record.letter.kind)) {
      await unit.tickets.change(ticketId, { attention: 'not-delivered' });
    }
    if (event) {
      const detail = {
        outboxId: record.letter.id,
        attempts: record.attempts,
        reply: result.lastReply,
        queueId: result.queueId,
      };
      await unit.journal.write(ticketId, { actor: 'system', event, detail });
    }
  }
}

/** A resident who holds one of these knows that the letter came: the acknowledgement's clock is met. */
const ANSWERS: readonly OutgoingKind[] = ['acknowledgement', 'reply', 'closure'];
/** When one of these cannot be delivered, a person must find another way to the resident. */
const TO_RESIDENTS: readonly OutgoingKind[] = [...ANSWERS, 'reminder', 'signature'];

function ticketsOf({ ticketId, alsoFor }: OutboxRecord): string[] {
  return ticketId === null ? alsoFor : [ticketId, ...alsoFor];
}

/** A letter deferred before says nothing new when it is deferred again. */
function eventOf({ letter, lastReply }: OutboxRecord, result: Result): string | undefined {
  if (result.state === 'sent') return `${letter.kind}-sent`;
  if (result.state === 'failed') return 'delivery-failed';
  return lastReply === null ? 'delivery-deferred' : undefined;
}
