import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fixedClock } from '../support/clock.js';
import { aLetter, openHouse } from '../support/house.js';

const MINUTE = 60_000;

it('after an outage of three hours everything due meanwhile happens once, in the order in which it fell due', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'thanadak-outage-'));
  const clock = fixedClock('2026-11-24T04:00:00.000Z');
  const more =
    'sla: { urgent: { first_action: 15m }, semi-urgent: { first_action: 1h }, non-urgent: { first_action: 90m } }';
  {
    await using house = await openHouse(more, { folder, clock });
    for (const text of [
      'Help now, a man with a knife is breaking in right now!',
      'The street lamp is out.',
      'Hello.',
    ]) {
      await house.send({ raw: aLetter({ subject: '', text }) });
      await house.daemon.idle();
      clock.advance(MINUTE);
    }
  }
  clock.advance(180 * MINUTE);
  {
    await using house = await openHouse(more, { folder, clock });
    const { store } = house.daemon;
    const told = await store.escalations.list({ limit: 100 });
    expect(told.length).toBeGreaterThanOrEqual(5);
    const marks = told.map(({ markedAt }) => markedAt);
    expect(marks).toEqual([...marks].sort());
    expect(new Set(told.map(({ ticketId, clock: name, step }) => `${ticketId} ${name} ${step}`)).size).toBe(
      told.length,
    );
    const breaches = [];
    for (const ticket of await store.tickets.list({ limit: 10 })) {
      const journal = await store.journal.ofTicket(ticket.id);
      breaches.push(...journal.filter(({ event }) => event === 'clock-breached'));
    }
    expect(breaches).toHaveLength(3);
    await house.daemon.idle();
    const letters = (await house.sent()).length;
    await house.daemon.sweep();
    await house.daemon.idle();
    expect(await store.escalations.list({ limit: 100 })).toHaveLength(told.length);
    expect(await house.sent()).toHaveLength(letters);
  }
  rmSync(folder, { recursive: true });
});
