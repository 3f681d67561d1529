import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDirectoryDelivery } from '../../src/delivery/directory.js';
import { createSmtpDelivery } from '../../src/delivery/smtp.js';
import { openFarSide } from '../support/far-side.js';
import {
  LATER,
  NEVER,
  type OutboxHouse,
  openOutboxHouse,
  SENT,
  scriptedDelivery,
} from '../support/outbox-house.js';

let house: OutboxHouse;

beforeEach(async () => {
  house = await openOutboxHouse();
});

afterEach(async () => {
  await house[Symbol.asyncDispose]();
});

const MINUTE = 60_000;

describe('an acknowledgement that is sent', () => {
  it('meets the clock of its ticket, marks it acknowledged, and is in the journal with reply and queue id', async () => {
    const { ticketId, outboxId } = await house.owe();
    house.clock.advance(90_000);
    const outbox = house.outbox(scriptedDelivery(() => SENT));
    expect(await outbox.runOnce()).toBe(1);
    const at = house.clock.now();
    expect(await house.find(outboxId)).toMatchObject({
      state: 'sent',
      attempts: 1,
      sentAt: at,
      queueId: 'Q1',
      lastReply: '250 2.0.0 Ok: queued as Q1',
      leaseUntil: null,
    });
    expect((await house.store.tickets.findById(ticketId))?.acknowledgedAt).toBe(at);
    expect(await house.store.clocks.ofTicket(ticketId)).toMatchObject([{ state: 'met', metAt: at }]);
    expect(await house.store.journal.ofTicket(ticketId)).toMatchObject([
      {
        actor: 'system',
        event: 'acknowledgement-sent',
        detail: { outboxId, attempts: 1, reply: '250 2.0.0 Ok: queued as Q1', queueId: 'Q1' },
      },
    ]);
    expect(house.counts).toEqual(['deliveries_total acknowledgement sent']);
    expect(house.latencies).toEqual([90]);
  });

  it('does the same for every further ticket that it names', async () => {
    const other = await house.openTicket();
    const { ticketId } = await house.owe({}, { alsoFor: [other] });
    await house.outbox(scriptedDelivery(() => SENT)).runOnce();
    for (const id of [ticketId, other]) {
      expect((await house.store.tickets.findById(id))?.acknowledgedAt).toBe(house.clock.now());
      expect(await house.store.clocks.ofTicket(id)).toMatchObject([{ state: 'met' }]);
      expect(await house.events(id)).toEqual(['acknowledgement-sent']);
    }
  });

  it('is never sent again', async () => {
    await house.owe();
    const delivery = scriptedDelivery(() => SENT);
    const outbox = house.outbox(delivery);
    await outbox.runOnce();
    house.clock.advance(24 * 60 * MINUTE);
    expect(await outbox.runOnce()).toBe(0);
    expect(delivery.tried).toHaveLength(1);
  });

  it('leaves no address and no reply of the far side in the log', async () => {
    await house.owe();
    const reply = '250 2.1.5 rita@home.example Ok';
    await house.outbox(scriptedDelivery(() => ({ kind: 'sent', reply, queueId: null }))).runOnce();
    expect(JSON.stringify(house.log.lines)).not.toContain('rita');
    expect(house.log.lines.at(-1)?.fields).toMatchObject({ codes: '250 2.1.5' });
  });
});

describe('another letter that is sent', () => {
  it.each(['reply', 'closure'] as const)('to the resident, a %s, acknowledges too', async (kind) => {
    const { ticketId } = await house.owe({ kind });
    await house.outbox(scriptedDelivery(() => SENT)).runOnce();
    expect(await house.events(ticketId)).toEqual([`${kind}-sent`]);
    expect(await house.store.clocks.ofTicket(ticketId)).toMatchObject([{ state: 'met' }]);
    expect((await house.store.tickets.findById(ticketId))?.acknowledgedAt).not.toBeNull();
  });

  it('to somebody else is in the journal under its own name and meets no acknowledgement clock', async () => {
    const { ticketId } = await house.owe({ kind: 'escalation' });
    await house.outbox(scriptedDelivery(() => SENT)).runOnce();
    expect(await house.events(ticketId)).toEqual(['escalation-sent']);
    expect(await house.store.clocks.ofTicket(ticketId)).toMatchObject([{ state: 'running' }]);
    expect((await house.store.tickets.findById(ticketId))?.acknowledgedAt).toBeNull();
    expect(house.latencies).toEqual([]);
  });
});

describe('a letter that could not be delivered now', () => {
  it('waits 1, 5, 15, 30, 60 minutes, then hourly, with one entry in the journal and one Message-ID', async () => {
    const { ticketId, outboxId } = await house.owe();
    const delivery = scriptedDelivery(() => LATER);
    const outbox = house.outbox(delivery);
    for (const minutes of [1, 5, 15, 30, 60, 60]) {
      const triedAt = house.clock.now();
      await outbox.runOnce();
      const { state, dueAt, lastReply } = await house.find(outboxId);
      expect({ state, lastReply }).toEqual({ state: 'deferred', lastReply: LATER.reply });
      expect(Date.parse(dueAt) - Date.parse(triedAt)).toBe(minutes * MINUTE);
      house.clock.advance(minutes * MINUTE - 1);
      expect(await outbox.runOnce()).toBe(0);
      house.clock.advance(1);
    }
    expect(await house.events(ticketId)).toEqual(['delivery-deferred']);
    expect(new Set(delivery.tried.map(({ messageId }) => messageId)).size).toBe(1);
    expect((await house.store.tickets.findById(ticketId))?.acknowledgedAt).toBeNull();
  });

  it('is given up when its time is over, and no other letter is written about it', async () => {
    const { ticketId, outboxId } = await house.owe();
    const outbox = house.outbox(scriptedDelivery(() => LATER));
    house.clock.advance(24 * 60 * MINUTE);
    await outbox.runOnce();
    expect(await house.find(outboxId)).toMatchObject({ state: 'failed', lastReply: LATER.reply });
    expect(await house.events(ticketId)).toEqual(['delivery-failed']);
    expect(await house.store.outbox.list({ limit: 10 })).toHaveLength(1);
    expect(house.log.takeWarnings()).toMatchObject([{ message: 'letter given up', fields: { outboxId } }]);
  });

  it('has the time of its own kind', async () => {
    const { outboxId } = await house.owe({ kind: 'closure' });
    house.clock.advance(24 * 60 * MINUTE);
    await house.outbox(scriptedDelivery(() => LATER)).runOnce();
    expect((await house.find(outboxId)).state).toBe('deferred');
  });

  it('is one whose delivery failed in a way nobody knows', async () => {
    const { outboxId } = await house.owe();
    const delivery = scriptedDelivery(() => Promise.reject(new Error('no idea')));
    await house.outbox(delivery).runOnce();
    expect(await house.find(outboxId)).toMatchObject({ state: 'deferred', lastReply: 'no idea' });
    expect(house.log.takeWarnings()).toHaveLength(1);
  });
});

describe('a letter that the far side refuses for good', () => {
  it('fails at once, and goes again only when somebody says so', async () => {
    const { ticketId, outboxId } = await house.owe();
    const delivery = scriptedDelivery((letter) => (letter.id === outboxId && tries++ === 0 ? NEVER : SENT));
    let tries = 0;
    const outbox = house.outbox(delivery);
    await outbox.runOnce();
    expect(await house.find(outboxId)).toMatchObject({ state: 'failed', lastReply: NEVER.reply });
    expect(house.log.takeWarnings()).toHaveLength(1);
    house.clock.advance(48 * 60 * MINUTE);
    expect(await outbox.runOnce()).toBe(0);
    await house.store.transact((unit) => unit.outbox.retry(outboxId, unit.now));
    expect(await outbox.runOnce()).toBe(1);
    expect(await house.events(ticketId)).toEqual(['delivery-failed', 'acknowledgement-sent']);
  });
});

describe('a suppressed letter and one that is not due', () => {
  it('stay where they are', async () => {
    await house.owe({}, { state: 'suppressed', reason: 'auto-submitted' });
    await house.owe({}, { dueAt: '2026-11-24T04:45:00.000Z' });
    const delivery = scriptedDelivery(() => SENT);
    const outbox = house.outbox(delivery);
    expect(await outbox.runOnce()).toBe(0);
    house.clock.advance(45 * MINUTE);
    expect(await outbox.runOnce()).toBe(1);
  });
});

describe('after a crash between handing over and writing', () => {
  it('the letter goes again under the same Message-ID, once its lease is over', async () => {
    const { ticketId } = await house.owe();
    await house.store.transact((unit) =>
      unit.outbox.claimDue({
        limit: 1,
        now: unit.now,
        leaseUntil: new Date(Date.parse(unit.now) + 10 * MINUTE).toISOString(),
      }),
    );
    const delivery = scriptedDelivery(() => SENT);
    const outbox = house.outbox(delivery);
    expect(await outbox.runOnce()).toBe(0);
    house.clock.advance(10 * MINUTE);
    expect(await outbox.runOnce()).toBe(1);
    expect(delivery.tried[0]?.messageId).toMatch(/^<01test/);
    expect(await house.events(ticketId)).toEqual(['acknowledgement-sent']);
  });
});

describe('many letters', () => {
  it('go out each once, within the concurrency, in far fewer commits than letters', async () => {
    for (let index = 0; index < 200; index += 1) await house.owe();
    const before = house.commits();
    const delivery = scriptedDelivery(async () => {
      await new Promise((resolve) => setTimeout(resolve, 2));
      return SENT;
    });
    expect(await house.outbox(delivery, { concurrency: 32 }).runOnce()).toBe(200);
    expect(new Set(delivery.tried.map(({ id }) => id)).size).toBe(200);
    expect(delivery.tried).toHaveLength(200);
    expect(delivery.most()).toBeLessThanOrEqual(32);
    expect(house.commits() - before).toBeLessThan(50);
  });

  it('are not held up by a slow one', async () => {
    const slow = await house.owe();
    for (let index = 0; index < 20; index += 1) await house.owe();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const delivery = scriptedDelivery(async ({ id }) => {
      if (id === slow.outboxId) await held;
      return SENT;
    });
    const outbox = house.outbox(delivery, { concurrency: 4 });
    const running = outbox.runOnce();
    await eventually(async () => (await house.store.outbox.counts()).sent === 20);
    expect((await house.find(slow.outboxId)).state).toBe('sending');
    release();
    expect(await running).toBe(21);
  });

  it('are written to a real directory and to a real mail server', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'thanadak-sent-'));
    const directory = createDirectoryDelivery({ directory: folder, log: house.log });
    const owed = [await house.owe(), await house.owe(), await house.owe()];
    await house.outbox(directory).runOnce();
    expect(readdirSync(folder).sort()).toEqual(owed.map(({ outboxId }) => `${outboxId}.eml`).sort());
    rmSync(folder, { recursive: true });

    await using far = await openFarSide({
      recipients: {
        'gone@home.example': { rcpt: '550 5.1.1 Gone' },
        'grey@home.example': { rcpt: '451 Wait' },
      },
    });
    const smtp = createSmtpDelivery({
      host: '127.0.0.1',
      port: far.port,
      tls: 'off',
      connections: 2,
      hostname: 'mail.kolkatapolice.example',
      log: house.log,
    });
    const [taken, gone, grey] = [
      await house.owe(),
      await house.owe({ to: 'gone@home.example' }),
      await house.owe({ to: 'grey@home.example' }),
    ];
    await house.outbox(smtp).runOnce();
    await smtp.close();
    expect(await house.find(taken.outboxId)).toMatchObject({ state: 'sent', queueId: '4XyZ12' });
    expect(await house.find(gone.outboxId)).toMatchObject({ state: 'failed', lastReply: '550 5.1.1 Gone' });
    expect((await house.find(grey.outboxId)).state).toBe('deferred');
    expect(house.log.takeWarnings()).toHaveLength(1);
  });
});

describe('waking the outbox', () => {
  it('costs no unit of work when nothing is due', async () => {
    const outbox = house.outbox(scriptedDelivery(() => SENT));
    await house.owe({}, { dueAt: '2026-11-24T05:00:00.000Z' });
    const before = house.commits();
    outbox.wake();
    await outbox.idle();
    expect(house.commits()).toBe(before);
  });

  it('while a pass runs begins no second one, and what came meanwhile goes out too', async () => {
    await house.owe();
    const delivery = scriptedDelivery(async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return SENT;
    });
    const outbox = house.outbox(delivery);
    outbox.wake();
    for (let index = 0; index < 5; index += 1) {
      await house.owe();
      outbox.wake();
    }
    await outbox.idle();
    expect(delivery.tried).toHaveLength(6);
    expect(new Set(delivery.tried.map(({ id }) => id)).size).toBe(6);
  });

  it('several times at once runs one pass after the other', async () => {
    await house.owe();
    const delivery = scriptedDelivery(() => SENT);
    const outbox = house.outbox(delivery);
    const settled = await Promise.all([outbox.runOnce(), outbox.runOnce(), outbox.runOnce()]);
    expect(settled.sort()).toEqual([0, 0, 1]);
    expect(delivery.tried).toHaveLength(1);
  });

  it('takes a bite only while intake is busy, and comes back for the rest by itself', async () => {
    for (let index = 0; index < 100; index += 1) await house.owe();
    const delivery = scriptedDelivery(() => SENT);
    const outbox = house.outbox(delivery, { isBusy: () => true });
    expect(await outbox.runOnce()).toBe(16);
    await eventually(async () => (await house.store.outbox.counts()).sent === 100);
  });

  it('is idle only when the rest after a bite is sent too', async () => {
    for (let index = 0; index < 150; index += 1) await house.owe();
    const outbox = house.outbox(
      scriptedDelivery(() => SENT),
      { isBusy: () => true },
    );
    outbox.wake();
    await outbox.idle();
    expect((await house.store.outbox.counts()).sent).toBe(150);
  });

  it('does not hand over a letter a second time while its first delivery still runs, whatever its lease', async () => {
    await house.owe();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const delivery = scriptedDelivery(async () => {
      await held;
      return SENT;
    });
    const outbox = house.outbox(delivery);
    outbox.wake();
    await eventually(async () => delivery.tried.length === 1);
    house.clock.advance(11 * MINUTE);
    outbox.wake();
    await eventually(async () => (await house.store.outbox.list({ limit: 1 }))[0]?.attempts === 2);
    release();
    await outbox.idle();
    expect(delivery.tried).toHaveLength(1);
    expect((await house.store.outbox.counts()).sent).toBe(1);
  });
});

/** Waits until `condition` holds; fails after five seconds. */
async function eventually(condition: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 5_000;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
