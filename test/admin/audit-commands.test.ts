import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aTicket } from '../contract/records.js';
import { openTestHouse, type TestHouse } from './house.js';

let house: TestHouse;
const ticket = aTicket({ restriction: 'named' });

beforeAll(async () => {
  house = await openTestHouse();
  await house.store.transact(async (unit) => {
    await unit.tickets.open(ticket);
    await unit.journal.write(ticket.id, { actor: 'system', event: 'opened', detail: {} });
  });
});
afterAll(() => house.close());

describe('audit', () => {
  it('verify says that the journal is whole, and how far it is signed', async () => {
    const signed = await house.run('audit', 'checkpoint');
    expect(signed.out).toMatch(
      /^thanadak\.journal\/mail\.kolkatapolice\.example\n1\n[0-9a-f]{64}\n.*Z\n\n[0-9a-f]{16} [A-Za-z0-9+/=]+\n$/,
    );
    const { code, json } = await house.run('audit', 'verify', '--json');
    expect(code).toBe(0);
    expect(json()).toEqual({
      ok: true,
      rows: 1,
      unchained: 0,
      erased: 0,
      checkpoints: 1,
      coveredTo: 1,
      findings: [],
    });
    expect((await house.run('audit', 'verify')).out).toContain('nothing: the journal is whole');
  });

  it('key prints the public key', async () => {
    expect((await house.run('audit', 'key')).out).toMatch(/^-----BEGIN PUBLIC KEY-----\n/);
  });

  it('shows in the journal that a restricted ticket was read', async () => {
    await house.run('ticket', 'show', ticket.reference);
    const events = (await house.store.journal.ofTicket(ticket.id)).map(({ actor, event }) => [actor, event]);
    expect(events.at(-1)).toEqual(['operator', 'read']);
  });
});
