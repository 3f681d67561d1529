// What holds automatic letters back: counters, switches, and letters that say the same again.
import { describe, expect, it } from 'vitest';
import { at, freshStore, type OpenStore, T0 } from './records.js';

const HOUR = { key: 'address 60m rita@home.example', slot: '2026-11-24T04:00' };
const NEXT_HOUR = { ...HOUR, slot: '2026-11-24T05:00' };
const OTHER = { ...HOUR, key: 'address 60m ravi@home.example' };
const YESTERDAY = { ...HOUR, slot: '2026-11-23T23:00' };

export function describeRestraint(name: string, open: OpenStore): void {
  describe(`counters of automatic letters on ${name}`, () => {
    const the = freshStore(open);

    it('begin at nothing and are counted by key and slot, in the order asked', async () => {
      expect(await the.store.allowances.used([HOUR, OTHER])).toEqual([0, 0]);
      await the.store.transact(async (unit) => {
        expect(await unit.allowances.use([HOUR, OTHER])).toEqual([1, 1]);
        expect(await unit.allowances.use([HOUR, NEXT_HOUR])).toEqual([2, 1]);
        expect(await unit.allowances.used([OTHER, HOUR])).toEqual([1, 2]);
      });
      expect(await the.store.allowances.used([NEXT_HOUR, OTHER, HOUR])).toEqual([1, 1, 2]);
      expect(await the.store.allowances.used([])).toEqual([]);
    });

    it('are not used by asking', async () => {
      await the.store.transact((unit) => unit.allowances.used([HOUR]));
      expect(await the.store.allowances.used([HOUR])).toEqual([0]);
    });

    it('count nothing for a unit of work that fails', async () => {
      const failing = the.store.transact(async (unit) => {
        await unit.allowances.use([HOUR]);
        throw new Error('stop');
      });
      await expect(failing).rejects.toThrow('stop');
      expect(await the.store.allowances.used([HOUR])).toEqual([0]);
    });

    it('lose no use of two processes', async () => {
      const other = await the.under.second();
      const uses = Array.from({ length: 20 }, (_, n) =>
        (n % 2 === 0 ? the.store : other).transact((unit) => unit.allowances.use([HOUR])),
      );
      const counted = (await Promise.all(uses)).flat().sort((a, b) => a - b);
      expect(counted).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
      expect(await other.allowances.used([HOUR])).toEqual([20]);
    });

    it('are forgotten before a slot, and not in it', async () => {
      await the.store.transact((unit) => unit.allowances.use([YESTERDAY, HOUR, NEXT_HOUR]));
      await the.store.transact((unit) => unit.allowances.forgetBefore('2026-11-24'));
      expect(await the.store.allowances.used([YESTERDAY, HOUR, NEXT_HOUR])).toEqual([0, 1, 1]);
      await the.store.transact((unit) => unit.allowances.forgetBefore(NEXT_HOUR.slot));
      expect(await the.store.allowances.used([HOUR, NEXT_HOUR])).toEqual([0, 1]);
    });
  });

  describe(`switches on ${name}`, () => {
    const the = freshStore(open);

    it('tell who set them, when and why, to every process', async () => {
      expect(await the.store.switches.find('acknowledgement')).toBeUndefined();
      await the.store.transact((unit) =>
        unit.switches.set('acknowledgement', { actor: 'it', reason: 'a bomb' }),
      );
      const expected = { name: 'acknowledgement', since: T0, actor: 'it', reason: 'a bomb' };
      expect(await the.store.switches.find('acknowledgement')).toEqual(expected);
      expect(await (await the.under.second()).switches.find('acknowledgement')).toEqual(expected);
    });

    it('are set anew with another reason and instant', async () => {
      await the.store.transact((unit) =>
        unit.switches.set('acknowledgement', { actor: 'it', reason: 'one' }),
      );
      the.under.setNow(at(5));
      await the.store.transact((unit) =>
        unit.switches.set('acknowledgement', { actor: 'dc', reason: 'two' }),
      );
      expect(await the.store.switches.find('acknowledgement')).toEqual({
        name: 'acknowledgement',
        since: at(5),
        actor: 'dc',
        reason: 'two',
      });
    });

    it('say whether they were set when they are cleared', async () => {
      const clear = () => the.store.transact((unit) => unit.switches.clear('acknowledgement'));
      expect(await clear()).toBe(false);
      await the.store.transact((unit) =>
        unit.switches.set('acknowledgement', { actor: 'it', reason: 'one' }),
      );
      expect(await clear()).toBe(true);
      expect(await clear()).toBe(false);
      expect(await the.store.switches.find('acknowledgement')).toBeUndefined();
    });
  });

  describe(`a ticket that says the same on ${name}`, () => {
    const the = freshStore(open);
    const saying = (mark: string, station = 'behala', since = at(-60)) =>
      the.store.tickets.findSaying(mark, { station, since });

    it('is found by its mark at its station, the newest first', async () => {
      await the.openTicket({ textMark: 'same' });
      const newest = await the.openTicket({ textMark: 'same' });
      const elsewhere = await the.openTicket({ textMark: 'same', station: 'lake' });
      await the.openTicket({ textMark: 'other' });
      await the.openTicket({ textMark: null });
      expect(await saying('same')).toEqual(newest);
      expect(await saying('same', 'lake')).toEqual(elsewhere);
      expect(await saying('same', 'kasba')).toBeUndefined();
      expect(await saying('nothing like it')).toBeUndefined();
    });

    it('is found while it is young enough', async () => {
      const ticket = await the.openTicket({ textMark: 'same', receivedAt: at(0) });
      expect((await saying('same', 'behala', at(0)))?.id).toBe(ticket.id);
      expect(await saying('same', 'behala', at(1))).toBeUndefined();
    });

    it.each([
      ['new', true],
      ['open', true],
      ['waiting', true],
      ['closed', false],
      ['merged', false],
    ] as const)('that is %s is found: %s', async (state, isFound) => {
      await the.openTicket({ textMark: 'same', state });
      expect((await saying('same')) !== undefined).toBe(isFound);
    });
  });
}
