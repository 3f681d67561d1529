// What residents wrote, erased when its time is over or when two persons want it; figures and chain stay.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { auditJournal } from '../../src/audit/audit.js';
import type { Actor } from '../../src/domain/rights.js';
import { openSealer } from '../../src/keys/sealer.js';
import { sha256 } from '../../src/machine/digest.js';
import { fixedClock } from '../support/clock.js';
import { aLetter, openHouse, type TestHouse } from '../support/house.js';

const DAY = 86_400_000;
const KEEP = 'retention: { keep: 365d }';
const SECRET = 'My neighbour Haripada plays music every night at 12 Example Lane.';
const admin = (id: string): Actor => ({ id, rank: 'admin', officer: null });

async function closed(house: TestHouse) {
  await house.send({ raw: aLetter({ subject: 'Haripada', text: SECRET }) });
  await house.daemon.idle();
  const [ticket] = await house.daemon.store.tickets.list({ limit: 1 });
  const reference = ticket?.reference ?? '';
  const order = { actor: admin('it-one'), reference };
  await house.daemon.desk.note({ ...order, text: 'Haripada was warned before.' });
  await house.daemon.desk.close({ ...order, outcome: 'settled', text: 'We spoke to Haripada.' });
  await house.daemon.idle();
  const [letter] = await house.daemon.store.letters.list(1);
  return { reference, id: ticket?.id ?? '', path: join(house.folder, 'var', letter?.archivePath ?? '') };
}

describe('a closed ticket', () => {
  it('loses its resident, its words and its letters when its time is over, and keeps its figures', async () => {
    const clock = fixedClock('2026-11-24T04:00:00.000Z');
    await using house = await openHouse(KEEP, { clock });
    const { reference, id, path } = await closed(house);
    const { store } = house.daemon;
    clock.advance(364 * DAY);
    await house.daemon.sweep();
    expect((await store.tickets.find(reference))?.erasedAt).toBeNull();
    clock.advance(2 * DAY);
    await house.daemon.sweep();
    expect(await store.tickets.find(reference)).toMatchObject({
      erasedAt: clock.now(),
      subject: '',
      resident: { address: '', name: '' },
      state: 'closed',
      station: 'behala',
      outcome: 'settled',
    });
    expect(existsSync(path)).toBe(false);
    for (const message of await store.messages.ofTicket(id)) {
      expect(message).toMatchObject({ text: '', subject: '', from: null });
    }
    expect(await store.tickets.list({ search: 'Haripada', limit: 10 })).toEqual([]);
    expect((await store.clocks.ofTicket(id)).length).toBeGreaterThan(0);
    expect(JSON.stringify(await store.outbox.list({ limit: 10 }))).not.toMatch(/Haripada|rita@home/);
    const sealer = openSealer(join(house.folder, 'var', 'keys', 'journal.key'));
    const { findings, summary } = await auditJournal({
      store,
      sealer,
      digest: sha256,
      origin: 'mail.kolkatapolice.example',
    });
    expect(findings).toEqual([]);
    expect(summary.erased).toBeGreaterThan(0);
    expect((await store.journal.ofTicket(id)).at(-1)).toMatchObject({
      event: 'erased',
      actor: 'system',
      detail: { because: 'retention' },
    });
  });

  it('is kept under a legal hold until that ends', async () => {
    const clock = fixedClock('2026-11-24T04:00:00.000Z');
    await using house = await openHouse(KEEP, { clock });
    const { reference } = await closed(house);
    const order = { actor: admin('it-one'), reference, reason: 'Court case 12/2026.' };
    await house.daemon.desk.hold(order);
    clock.advance(400 * DAY);
    await house.daemon.sweep();
    expect((await house.daemon.store.tickets.find(reference))?.erasedAt).toBeNull();
    await expect(house.daemon.desk.erase(order)).rejects.toThrow(/under a legal hold: Court case/);
    await house.daemon.desk.unhold({ ...order, reason: 'Decided.' });
    clock.advance(DAY);
    await house.daemon.sweep();
    expect((await house.daemon.store.tickets.find(reference))?.erasedAt).not.toBeNull();
  });

  it('is erased before its time by two persons, not by one twice; its files go within a minute', async () => {
    await using house = await openHouse();
    const { reference, path } = await closed(house);
    const { desk, store } = house.daemon;
    const order = { reference, reason: 'The resident asks for it.' };
    expect((await desk.erase({ ...order, actor: admin('it-one') })).erasedAt).toBeNull();
    await expect(desk.erase({ ...order, actor: admin('it-one') })).rejects.toThrow(/takes a second person/);
    expect((await desk.erase({ ...order, actor: admin('it-two') })).erasedAt).not.toBeNull();
    expect((await store.tickets.find(reference))?.erasedAt).not.toBeNull();
    await house.daemon.sweep();
    expect(existsSync(path)).toBe(false);
    expect(await store.erasures.filesToRemove(10)).toEqual([]);
  });

  it('is not erased by an officer', async () => {
    await using house = await openHouse();
    const { reference } = await closed(house);
    const officer: Actor = { id: 'si-roy', rank: 'officer', officer: null };
    const order = { actor: officer, reference, reason: 'No.' };
    await expect(house.daemon.desk.erase(order)).rejects.toThrow(/Only the deputy commissioner/);
  });
});
