// An outbox that is full, and a far server that is down for a day: claims stay cheap, nothing goes twice or is lost.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DeliveryOutcome } from '../../src/domain/outgoing.js';
import { LATER, type OutboxHouse, openOutboxHouse, SENT, scriptedDelivery } from '../support/outbox-house.js';

vi.setConfig({ testTimeout: 90_000 });

const MINUTE = 60_000;
const DAY_MINUTES = 24 * 60;

let house: OutboxHouse;
beforeEach(async () => {
  house = await openOutboxHouse();
});
afterEach(() => house[Symbol.asyncDispose]());

describe('a far server that is down for a day', () => {
  it('is asked less and less often, and gets every letter once when it is back', async () => {
    let answer: DeliveryOutcome = LATER;
    const delivery = scriptedDelivery(() => answer);
    const outbox = house.outbox(delivery);
    for (let minute = 0; minute < DAY_MINUTES; minute += 1) {
      if (minute % 60 === 0) await house.owe({ kind: 'reply' });
      await outbox.runOnce();
      house.clock.advance(MINUTE);
    }
    expect(await house.store.outbox.counts()).toMatchObject({ deferred: 24, sent: 0, failed: 0 });
    const attempts = delivery.tried.length;
    // After the fifth attempt hourly: a letter of the first hour is tried 5 times, then 22 times more.
    expect(attempts / 24).toBeLessThan(28);
    answer = SENT;
    for (let minute = 0; minute <= 60; minute += 1) {
      await outbox.runOnce();
      house.clock.advance(MINUTE);
    }
    expect(await house.store.outbox.counts()).toMatchObject({ deferred: 0, sent: 24 });
    const sent = delivery.tried.slice(attempts).map(({ messageId }) => messageId);
    expect(sent).toHaveLength(24);
    expect(new Set(sent).size).toBe(24);
    expect(house.counts.filter((count) => count.endsWith('temporary'))).toHaveLength(attempts);
  });
});

describe('an outbox of 100,000 letters', () => {
  it('is claimed by the handful, as quickly as an empty one, and goes out each letter once', async () => {
    await house.fill(100_000);
    let isBusy = true;
    const delivery = scriptedDelivery(() => SENT);
    const outbox = house.outbox(delivery, { concurrency: 20, isBusy: () => isBusy });
    const startedAt = performance.now();
    expect(await house.store.outbox.nextDueAt()).toBe(house.clock.now());
    expect(await house.store.outbox.counts()).toMatchObject({ queued: 100_000, sending: 0 });
    expect(await outbox.runOnce()).toBe(16);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    isBusy = false;
    outbox.wake();
    while (delivery.tried.length < 300) await new Promise((resolve) => setTimeout(resolve, 20));
    await outbox.close();
    expect(delivery.most()).toBe(20);
    const tried = delivery.tried.map(({ id }) => id);
    expect(new Set(tried).size).toBe(tried.length);
    const sent = tried.length;
    expect(await house.store.outbox.counts()).toMatchObject({ sending: 0, sent, queued: 100_000 - sent });
  });
});
