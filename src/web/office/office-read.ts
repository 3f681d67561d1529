// What the pages of the administration tell, read from the house.
import type { OutboxState } from '../../domain/outgoing.js';
import type { WebHouse } from '../frame/house.js';
import { heldRow, OUTBOX_TABS, outboxRow, parkedRow } from './office-view.js';

const MOST = 100;

export async function readHealth({ store, spool, upkeep }: WebHouse) {
  const { ready, checks } = await upkeep.readiness();
  const outbox = await store.outbox.counts();
  const sealed = await store.journal.newestCheckpoint();
  return {
    isWell: ready && checks.every(({ ok }) => ok),
    checks: checks.map(({ name, ok, detail, mend }) => ({
      name,
      ok,
      detail: detail ?? '',
      mend: mend ?? '',
    })),
    spooled: (await spool.list()).length,
    held: (await spool.listHeld()).length,
    outbox,
    lastBackupAt: await upkeep.lastBackupAt(),
    sealedTo: sealed?.number ?? null,
    verified: upkeep.journalVerified(),
    isVerifying: upkeep.isVerifying(),
  };
}

export async function readLetters({ store, spool }: WebHouse) {
  const held = (await spool.listHeld()).map(heldRow).reverse().slice(0, MOST);
  const parked = (await store.letters.list(MOST, { parked: true })).map(parkedRow);
  return { held, parked };
}

export async function readOutbox({ store }: WebHouse, state: OutboxState) {
  const records = await store.outbox.list({ state, limit: MOST });
  const rows = [];
  for (const record of records) {
    const ticket = record.ticketId === null ? undefined : await store.tickets.findById(record.ticketId);
    // The administration sees to delivery; whose ticket it is that only some may read is not its business.
    const reference = ticket?.restriction === 'dc' ? null : (ticket?.reference ?? null);
    rows.push(outboxRow(record, reference));
  }
  const counts = await store.outbox.counts();
  return {
    state,
    rows,
    states: OUTBOX_TABS.map((one) => ({
      state: one,
      label: `office.state.${one}` as const,
      count: counts[one],
      isHere: one === state,
    })),
  };
}
