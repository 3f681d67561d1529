// The clock of the machine is set while the house runs: deadlines hold, nothing is sent twice, nothing erased or lost.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Actor } from '../../src/domain/rights.js';
import { fixedClock } from '../support/clock.js';
import { aLetter, openHouse, type TestHouse } from '../support/house.js';

vi.setConfig({ testTimeout: 90_000 });

const HOUR = 3_600_000;
const YEAR = 365 * 24 * HOUR;
const OFF = 'sender_auth: { mode: off }';
const ADMIN: Actor = { id: 'it-one', rank: 'admin', officer: null };

const START = Date.parse('2026-11-24T04:00:00.000Z');
let offset = 0;

/** The clock on the wall is ours and goes on as time does; timers are real. */
beforeEach(() => {
  const real = Date.now;
  offset = START - real();
  vi.spyOn(Date, 'now').mockImplementation(() => real() + offset);
});
afterEach(() => {
  vi.restoreAllMocks();
});

async function setClock(house: TestHouse, milliseconds: number): Promise<void> {
  const told = stepsTold(house);
  offset += milliseconds;
  await expect.poll(() => stepsTold(house), { timeout: 15_000 }).toBeGreaterThan(told);
  house.log.takeWarnings();
}

const stepsTold = (house: TestHouse) =>
  house.log.lines.filter(({ level, message }) => level === 'warn' && message.includes('was set')).length;

async function write(house: TestHouse, subject: string): Promise<void> {
  expect(await house.send({ raw: aLetter({ subject, text: `${subject}: please help.` }) })).toMatch(/^250/);
  await house.daemon.idle();
}

/** Each Message-ID that went out; a letter sent twice is there twice. */
async function sentIds(house: TestHouse): Promise<(string | undefined)[]> {
  return (await house.sent()).map(({ messageId }) => messageId);
}

async function readiness(house: TestHouse): Promise<string> {
  return (await fetch(`http://127.0.0.1:${house.daemon.webPort}/readyz?verbose`)).text();
}

async function deadlines(house: TestHouse): Promise<string[]> {
  const { store } = house.daemon;
  const tickets = await store.tickets.list({ limit: 10 });
  const clocks = await Promise.all(tickets.map(({ id }) => store.clocks.ofTicket(id)));
  return clocks.flat().map(({ name, dueAt }) => `${name} ${dueAt}`);
}

describe('a clock set back by an hour', () => {
  it('changes no deadline, sends nothing again, and goes on with new letters', async () => {
    await using house = await openHouse(OFF);
    await write(house, 'before');
    const [due, sent] = [await deadlines(house), await sentIds(house)];
    expect(sent).toHaveLength(1);
    await setClock(house, -HOUR);
    await house.daemon.sweep();
    await house.daemon.idle();
    expect(await deadlines(house)).toEqual(due);
    expect(await sentIds(house)).toEqual(sent);
    await write(house, 'after');
    expect(await sentIds(house)).toHaveLength(2);
    expect(await readiness(house)).not.toContain('clock stands');
  });
});

describe('a clock set ahead by a year and back again', () => {
  it('does what fell due once, erases nothing, and says so until it is right again', async () => {
    await using house = await openHouse(`${OFF}\nretention: { keep: 30d }`);
    await write(house, 'closed before');
    const { store, desk } = house.daemon;
    const [ticket] = await store.tickets.list({ limit: 1 });
    const reference = ticket?.reference ?? '';
    await desk.close({ actor: ADMIN, reference, outcome: 'settled', text: 'It is done.' });
    await write(house, 'open before');
    await house.daemon.idle();
    const before = await sentIds(house);

    await setClock(house, YEAR);
    await house.daemon.sweep();
    await house.daemon.sweep();
    await house.daemon.idle();
    expect((await store.tickets.find(reference))?.erasedAt).toBeNull();
    expect(await readiness(house)).toContain('set ahead by 365 days; nothing is erased or given up');
    const told = (await store.escalations.list({ limit: 100 })).length;
    expect(told).toBeGreaterThan(0);
    const during = await sentIds(house);
    expect(during.slice(0, before.length)).toEqual(before);

    await setClock(house, -YEAR);
    await house.daemon.sweep();
    await house.daemon.idle();
    expect(await store.escalations.list({ limit: 100 })).toHaveLength(told);
    const after = await sentIds(house);
    expect(new Set(after).size).toBe(after.length);
    expect(after).toHaveLength(during.length);
    expect(await readiness(house)).not.toContain('nothing is erased');
    await write(house, 'afterwards');
    expect(await sentIds(house)).toHaveLength(after.length + 1);
    house.log.takeWarnings();
  });
});

describe('a letter that waits for its next attempt when the clock goes back by a year', () => {
  const nowhere = 'outbound: { transport: smtp, smtp: { host: 127.0.0.1, port: 1, tls: off } }';

  it('is due at once, not in a year', async () => {
    await using house = await openHouse(`${OFF}\n${nowhere}`);
    await write(house, 'waits');
    const { store } = house.daemon;
    expect(await store.outbox.counts()).toMatchObject({ deferred: 1 });
    await setClock(house, -YEAR);
    await expect
      .poll(async () => (await store.outbox.list({ limit: 1 }))[0]?.attempts, { timeout: 10_000 })
      .toBe(2);
    const wait = Date.parse((await store.outbox.nextDueAt()) ?? '') - Date.now();
    expect(wait).toBeLessThanOrEqual(HOUR);
  });

  it('is due at once at the next start, when the clock was set meanwhile', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'thanadak-clock-'));
    const clock = fixedClock('2027-11-24T04:00:00.000Z');
    {
      await using house = await openHouse(`${OFF}\n${nowhere}`, { folder, clock });
      await write(house, 'waits');
    }
    clock.advance(-YEAR);
    {
      await using house = await openHouse(`${OFF}\n${nowhere}`, { folder, clock });
      await house.daemon.idle();
      const { store } = house.daemon;
      await expect
        .poll(async () => (await store.outbox.list({ limit: 1 }))[0]?.attempts, { timeout: 10_000 })
        .toBe(2);
      expect(await readiness(house)).toMatch(/clock stands \d+ minutes before the newest entry/);
    }
    rmSync(folder, { recursive: true });
  });
});
