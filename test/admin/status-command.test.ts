import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeLastBackup } from '../../src/vault/last.js';
import { NOW, openTestHouse, type TestHouse } from './house.js';
import { openTicket, oweLetter, spoolLetter } from './records.js';

let house: TestHouse;
beforeEach(async () => {
  house = await openTestHouse();
});
afterEach(() => house.close());

describe('status', () => {
  it('has exactly the promised shape', async () => {
    const { code, json } = await house.run('status', '--json');
    expect(code).toBe(0);
    expect(json()).toEqual({
      version: '0.1.0',
      ready: true,
      spooled: 0,
      held: 0,
      outbox: { queued: 0, deferred: 0, failed: 0, suppressed: 0 },
      tickets: { open: 0, overdue: 0 },
      escalations: { open: 0 },
      database: { engine: 'sqlite', synchronous: 'FULL', bytes: expect.any(Number) },
      lastBackupAt: null,
      problems: [],
    });
  });

  it('counts, and names what waits for a person without calling the house ill', async () => {
    const leftover = await spoolLetter(house);
    const ticket = await openTicket(house, {
      number: 1,
      letter: leftover,
      clockDueAt: '2026-11-24T09:30:00.000Z',
    });
    await openTicket(house, { number: 2, state: 'closed' });
    await spoolLetter(house);
    await house.spool.hold((await spoolLetter(house)).id, 'The worker died twice.');
    for (const state of ['queued', 'sending', 'deferred', 'failed', 'suppressed'] as const) {
      await oweLetter(house, ticket, { state });
    }
    const { code, json } = await house.run('status', '--json');
    expect(code).toBe(0);
    expect(json()).toMatchObject({
      spooled: 1,
      held: 1,
      outbox: { queued: 2, deferred: 1, failed: 1, suppressed: 1 },
      tickets: { open: 1, overdue: 1 },
      problems: [
        { what: '1 letter held: a person must look.', mend: 'thanadak letter list --state held' },
        {
          what: '1 letter could not be delivered.',
          mend: 'thanadak outbox list --state failed',
        },
      ],
    });
  });

  it('tells how old what the last backup holds is', async () => {
    expect((await house.run('status')).out).toMatch(/\nLast backup {2}never\n/);
    const savedAt = '2026-11-24T08:35:00.000Z';
    await writeLastBackup(house.folder, {
      at: NOW,
      ok: false,
      directory: '/b',
      problem: 'The disk is full.',
      savedAt,
    });
    expect((await house.run('status', '--json')).json()).toMatchObject({ lastBackupAt: savedAt });
    expect((await house.run('status')).out).toMatch(/\nLast backup {2}24 Nov 14:05 \(1h ago\)\n/);
  });

  it('ends with 6 when the daemon does not answer', async () => {
    house.setHealth(undefined);
    const { code, json } = await house.run('status', '--json');
    expect(code).toBe(6);
    expect(json()).toMatchObject({ ready: false, problems: [{ what: 'The daemon does not answer.' }] });
  });

  it('ends with 6 when the daemon is not ready or has a problem', async () => {
    const problem = { what: 'The disk is nearly full.', mend: 'make room below /var' };
    house.setHealth({ ready: false, problems: [problem] });
    expect((await house.run('status')).code).toBe(6);
    house.setHealth({ ready: true, problems: [problem] });
    expect((await house.run('status')).code).toBe(6);
  });

  it('is one screen for people, each problem with what mends it', async () => {
    house.setHealth({
      ready: false,
      problems: [{ what: 'Port 25 is taken.', mend: 'systemctl stop postfix' }],
    });
    const { out } = await house.run('status');
    expect(out).toMatch(/^Thanadak 0\.1\.0 is NOT ready\.\n\nLetters {6}0 in the spool, 0 held\n/);
    expect(out).toContain('sqlite, synchronous=FULL, ');
    expect(out).toContain('Problems\n  Port 25 is taken.\n      systemctl stop postfix\n');
    expect(out.split('\n').length).toBeLessThan(24);
  });
});
