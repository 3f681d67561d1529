// What every store must do. Each engine calls this with a way to open an empty store.
import { describe, expect, it } from 'vitest';
import { describeClocks } from './clocks.contract.js';
import { describeDesk } from './desk.contract.js';
import { describeEscalations } from './escalations.contract.js';
import { describeMatters } from './matters.contract.js';
import { describeOutbox } from './outbox.contract.js';
import { aLetter, aMessage, aTicket, at, freshStore, type OpenStore, T0 } from './records.js';
import { describeRestraint } from './restraint.contract.js';
import { describeSignIn } from './sign-in.contract.js';
import { describeTicketLists } from './ticket-lists.contract.js';
import { describeTickets } from './tickets.contract.js';

/** Runs the whole contract. */
export function describeStore(name: string, open: OpenStore): void {
  describeUnits(name, open);
  describeTickets(name, open);
  describeTicketLists(name, open);
  describeClocks(name, open);
  describeOutbox(name, open);
  describeEscalations(name, open);
  describeDesk(name, open);
  describeRestraint(name, open);
  describeMatters(name, open);
  describeSignIn(name, open);
}

function describeUnits(name: string, open: OpenStore): void {
  describe(`the store on ${name}`, () => {
    const the = freshStore(open);

    it('gives back a ticket as it was opened', async () => {
      const ticket = await the.openTicket();
      expect(await the.store.tickets.find(ticket.reference)).toEqual(ticket);
      expect(await the.store.tickets.findById(ticket.id)).toEqual(ticket);
      expect(await the.store.tickets.find('BEHALA-26-999999-X')).toBeUndefined();
    });

    it('keeps nothing of a unit of work that fails', async () => {
      const ticket = aTicket();
      const failing = the.store.transact(async (unit) => {
        await unit.tickets.open(ticket);
        await unit.tickets.nextNumber('behala', 2026);
        throw new Error('stop');
      });
      await expect(failing).rejects.toThrow('stop');
      expect(await the.store.tickets.find(ticket.reference)).toBeUndefined();
      expect(await the.store.transact((unit) => unit.tickets.nextNumber('behala', 2026))).toBe(1);
    });

    it('numbers tickets per station and year without gap or double, also when asked at once', async () => {
      const asked = Array.from({ length: 50 }, () =>
        the.store.transact((u) => u.tickets.nextNumber('behala', 2026)),
      );
      expect((await Promise.all(asked)).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 50 }, (_, i) => i + 1),
      );
      expect(await the.store.transact((unit) => unit.tickets.nextNumber('behala', 2027))).toBe(1);
      expect(await the.store.transact((unit) => unit.tickets.nextNumber('lake', 2026))).toBe(1);
    });

    it('refuses a second ticket with one reference', async () => {
      const ticket = await the.openTicket();
      await expect(the.openTicket({ reference: ticket.reference })).rejects.toThrow();
    });

    it('lets one letter be filed once per station', async () => {
      const ticket = await the.openTicket();
      const letter = aLetter();
      const file = (station: string) =>
        the.store.transact(async (unit) => {
          if (!(await unit.letters.find(letter.id))) await unit.letters.add(letter);
          await unit.messages.add(aMessage(ticket.id, { letterId: letter.id, station }));
        });
      await file('behala');
      await file('lake');
      await expect(file('behala')).rejects.toThrow();
      expect((await the.store.messages.findFiled(letter.id, 'lake'))?.ticketId).toBe(ticket.id);
      expect(await the.store.messages.findFiled(letter.id, 'kasba')).toBeUndefined();
    });

    it('freezes one instant per unit of work', async () => {
      const ticket = await the.openTicket();
      await the.store.transact(async (unit) => {
        the.under.setNow(at(5));
        await unit.journal.write(ticket.id, { actor: 'system', event: 'opened', detail: { a: 1 } });
        expect(unit.now).toBe(T0);
      });
      expect(await the.store.journal.ofTicket(ticket.id)).toMatchObject([
        { at: T0, actor: 'system', detail: { a: 1 } },
      ]);
    });

    it('finds the earliest copy of a letter within the window only', async () => {
      const first = aLetter({ fingerprint: 'same', receivedAt: at(0) });
      await the.store.transact(async (unit) => {
        await unit.letters.add(first);
        await unit.letters.add(aLetter({ fingerprint: 'same', receivedAt: at(9), duplicateOf: first.id }));
      });
      expect((await the.store.letters.findCopy('same', at(-1)))?.id).toBe(first.id);
      expect(await the.store.letters.findCopy('same', at(10))).toBeUndefined();
      expect(await the.store.letters.find(first.id)).toEqual(first);
    });

    it('names the tickets of a letter and of its copy', async () => {
      const ticket = await the.openTicket();
      const letter = aLetter();
      const copy = aLetter({ duplicateOf: letter.id });
      await the.store.transact(async (unit) => {
        await unit.letters.add(letter);
        await unit.letters.add(copy);
        await unit.messages.add(aMessage(ticket.id, { letterId: letter.id }));
      });
      expect(await the.store.letters.referencesOf(letter.id)).toEqual([ticket.reference]);
      expect(await the.store.letters.referencesOf(copy.id)).toEqual([ticket.reference]);
      expect((await the.store.letters.list(1)).map((l) => l.id)).toEqual([copy.id]);
    });

    it('finds tickets by the Message-IDs of letters to us, the first received of each', async () => {
      const [one, two] = [await the.openTicket(), await the.openTicket()];
      const on = (ticketId: string, messageId: string, direction: 'in' | 'out' = 'in') =>
        the.store.transact((unit) => unit.messages.add(aMessage(ticketId, { messageId, direction })));
      await on(one.id, '<a@home.example>');
      await on(two.id, '<a@home.example>');
      await on(two.id, '<b@home.example>');
      await on(one.id, '<ours@mail.example>', 'out');
      const ask = (...ids: string[]) => the.store.messages.referencesWith(ids);
      expect(await ask('<b@home.example>', '<a@home.example>')).toEqual([two.reference, one.reference]);
      expect(await ask('<ours@mail.example>', '<nobody@home.example>')).toEqual([]);
      expect(await ask()).toEqual([]);
    });

    it('remembers why a letter opened no ticket, and lists those', async () => {
      const [parked, other] = [aLetter(), aLetter()];
      await the.store.transact(async (unit) => {
        await unit.letters.add(parked);
        await unit.letters.add(other);
        await unit.letters.park(parked.id, 'absence');
      });
      expect(await the.store.letters.list(10, { parked: true })).toEqual([{ ...parked, parked: 'absence' }]);
      expect(await the.store.letters.list(10)).toHaveLength(2);
    });

    it('gives back messages in order with everything in them', async () => {
      const ticket = await the.openTicket();
      const attachment = { name: 'a.jpg', type: 'image/jpeg', size: 3, sha256: 'cd'.repeat(32), part: '2' };
      const first = aMessage(ticket.id, { attachments: [attachment], parsed: false, from: null });
      const second = aMessage(ticket.id, { direction: 'out', kind: 'reply' });
      await the.store.transact(async (unit) => {
        await unit.messages.add(first);
        await unit.messages.add(second);
      });
      expect(await the.store.messages.ofTicket(ticket.id)).toEqual([first, second]);
    });

    it('finds a message by its id and gives it to another ticket, where its words are then found', async () => {
      const [from, to] = [await the.openTicket(), await the.openTicket()];
      const [stays, goes] = [
        aMessage(from.id),
        aMessage(from.id, { text: 'A second matter: the broken drain' }),
      ];
      await the.store.transact(async (unit) => {
        await unit.messages.add(stays);
        await unit.messages.add(goes);
        await unit.messages.move(goes.id, to.id);
      });
      expect(await the.store.messages.find(goes.id)).toEqual({ ...goes, ticketId: to.id });
      expect(await the.store.messages.find('nobody')).toBeUndefined();
      expect(await the.store.messages.ofTicket(from.id)).toEqual([stays]);
      const found = await the.store.tickets.list({ search: 'drain', limit: 10 });
      expect(found.map((ticket) => ticket.id)).toEqual([to.id]);
    });

    it('tells when this process has written, and not when it has failed to', async () => {
      const before = the.store.changeMark();
      const failing = the.store.transact(async () => Promise.reject(new Error('no')));
      await expect(failing).rejects.toThrow('no');
      expect(the.store.changeMark()).toBe(before);
      await the.store.transact((unit) => unit.tickets.nextNumber('behala', 2026));
      expect(the.store.changeMark()).toBeGreaterThan(before);
    });

    it('tells when another process has written', async () => {
      const other = await the.under.second();
      const before = the.store.changeMark();
      expect(the.store.changeMark()).toBe(before);
      await other.transact((unit) => unit.tickets.nextNumber('behala', 2026));
      expect(the.store.changeMark()).not.toBe(before);
    });

    it('states its facts as the engine reports them now', async () => {
      await the.openTicket();
      expect(the.store.facts()).toMatchObject({ synchronous: 'FULL' });
      expect(the.store.facts().bytes).toBeGreaterThan(0);
    });
  });
}
