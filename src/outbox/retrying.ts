// A letter that could not be handed over is tried again because a person says so.
import { ThanadakError } from '../domain/errors.js';
import type { OutboxRecord } from '../domain/outbox-record.js';
import type { Store } from '../ports/store.js';

/**
 * Makes a failed or deferred letter due now; on its ticket the journal says who did (`by`: an officer's id or
 * `operator`). Errors: 'not-found'; 'conflict' for one that was sent, is suppressed or on its way.
 */
export async function retryLetter(
  store: Pick<Store, 'outbox' | 'transact'>,
  { id, by }: { id: string; by: string },
): Promise<OutboxRecord> {
  const before = await store.outbox.find(id);
  if (!before)
    throw new ThanadakError('not-found', `The outbox has no letter ${id}. See: thanadak outbox list`);
  const isDue = await store.transact(async (unit) => {
    const done = await unit.outbox.retry(id, unit.now);
    const entry = { actor: 'system', event: 'delivery-retried', detail: { outboxId: id, by } };
    if (done && before.ticketId !== null) await unit.journal.write(before.ticketId, entry);
    return done;
  });
  if (!isDue) throw new ThanadakError('conflict', refusalOf(before));
  return (await store.outbox.find(id)) ?? before;
}

function refusalOf({ letter, state, reason, sentAt }: OutboxRecord): string {
  if (state === 'sent') return `Letter ${letter.id} was sent at ${sentAt}; it is not sent twice.`;
  if (state === 'suppressed')
    return `Letter ${letter.id} is suppressed on purpose: ${reason ?? 'no reason kept'}.`;
  return `Letter ${letter.id} is ${state} already.`;
}
