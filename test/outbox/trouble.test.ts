// The outbox when storing or stopping goes wrong: nothing is lost, nothing goes out again and again.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StorageBroken, TemporaryFailure } from '../../src/domain/errors.js';
import type { Store } from '../../src/ports/store.js';
import { type OutboxHouse, openOutboxHouse, SENT, scriptedDelivery } from '../support/outbox-house.js';

let house: OutboxHouse;

beforeEach(async () => {
  house = await openOutboxHouse();
});

afterEach(async () => {
  await house[Symbol.asyncDispose]();
});

/** The real store, whose units of work fail as `fault` says: by its number, the first being 1. */
function faulty(fault: (number: number) => Error | undefined): Store {
  let number = 0;
  return {
    ...house.store,
    async transact(work) {
      number += 1;
      const error = fault(number);
      if (error) throw error;
      return house.store.transact(work);
    },
  };
}

describe('closing the outbox', () => {
  it('claims no more, waits for what is under way and settles it', async () => {
    for (let index = 0; index < 10; index += 1) await house.owe();
    const delivery = scriptedDelivery(async () => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      return SENT;
    });
    const outbox = house.outbox(delivery, { concurrency: 4 });
    outbox.wake();
    while (delivery.tried.length < 4) await new Promise((resolve) => setTimeout(resolve, 1));
    await outbox.close();
    expect(delivery.underWay()).toBe(0);
    expect(await house.store.outbox.counts()).toMatchObject({ sent: 4, sending: 0, queued: 6 });
    outbox.wake();
    expect(await outbox.runOnce()).toBe(0);
    expect(delivery.tried).toHaveLength(4);
  });
});

describe('when the database is busy', () => {
  it('a claim waits for the next time', async () => {
    await house.owe();
    const store = faulty((number) =>
      number === 1 ? new TemporaryFailure('The database is busy.') : undefined,
    );
    const outbox = house.outbox(
      scriptedDelivery(() => SENT),
      { store },
    );
    expect(await outbox.runOnce()).toBe(0);
    expect(house.log.takeWarnings()).toHaveLength(1);
    expect(await outbox.runOnce()).toBe(1);
  });

  it('results are kept and written later, without handing the letter over again', async () => {
    const { ticketId } = await house.owe();
    const store = faulty((number) =>
      number === 2 ? new TemporaryFailure('The database is busy.') : undefined,
    );
    const delivery = scriptedDelivery(() => SENT);
    expect(await house.outbox(delivery, { store }).runOnce()).toBe(1);
    expect(delivery.tried).toHaveLength(1);
    expect(await house.events(ticketId)).toEqual(['acknowledgement-sent']);
    expect(house.log.takeWarnings()).toHaveLength(1);
  });

  it('closing does not wait for ever: the letters go again after their lease', async () => {
    await house.owe();
    const store = faulty((number) =>
      number > 1 ? new TemporaryFailure('The database is busy.') : undefined,
    );
    const outbox = house.outbox(
      scriptedDelivery(() => SENT),
      { store },
    );
    outbox.wake();
    while ((await house.store.outbox.counts()).sending === 0)
      await new Promise((resolve) => setTimeout(resolve, 1));
    await outbox.close();
    expect((await house.store.outbox.counts()).sending).toBe(1);
    expect(house.log.takeWarnings().at(-1)?.message).toMatch(/go again after the lease/);
  });
});

describe('when one ticket cannot be written', () => {
  it('its letter is settled alone and never sent again, and the others are settled whole', async () => {
    const good = await house.owe();
    const bad = await house.owe({}, { alsoFor: ['a ticket that is gone'] });
    const delivery = scriptedDelivery(() => SENT);
    const outbox = house.outbox(delivery);
    expect(await outbox.runOnce()).toBe(2);
    expect(await house.events(good.ticketId)).toEqual(['acknowledgement-sent']);
    expect((await house.find(bad.outboxId)).state).toBe('sent');
    expect(await house.events(bad.ticketId)).toEqual([]);
    house.clock.advance(24 * 3_600_000);
    await outbox.runOnce();
    expect(delivery.tried).toHaveLength(2);
    expect(house.log.takeWarnings().map(({ level }) => level)).toEqual(['warn', 'error']);
  });
});

describe('when storage is broken', () => {
  it.each([1, 2])(
    'at unit of work %i, it is told once and nothing is claimed or written any more',
    async (at) => {
      await house.owe();
      const store = faulty((number) => (number >= at ? new StorageBroken('The disk failed.') : undefined));
      const outbox = house.outbox(
        scriptedDelivery(() => SENT),
        { store },
      );
      outbox.wake();
      await outbox.idle();
      outbox.wake();
      await outbox.close();
      expect(house.broken).toHaveLength(1);
      expect((await house.store.outbox.counts()).sent).toBe(0);
    },
  );
});
