// Tickets: what is changed, who was first, what belongs together.
import { describe, expect, it } from 'vitest';
import type { Ticket, TicketChange } from '../../src/domain/ticket.js';
import { aTicket, at, freshStore, type OpenStore } from './records.js';

const STORY: TicketChange = {
  station: 'lake',
  state: 'waiting',
  urgency: 'urgent',
  category: 'theft',
  urgencyBy: 'si.roy',
  proposal: {
    urgency: 'semi-urgent',
    category: 'noise',
    score: 2.5,
    fired: [{ word: 'চুরি', list: 'danger', weight: 2.5, softened: 'past' }],
  },
  restriction: 'named',
  subject: 'Bicycle stolen',
  acknowledgedAt: at(1),
  officer: 'si.roy',
  level: 'ac',
  closedAt: at(2),
  outcome: 'solved',
  reopened: 2,
  mergedInto: 'BEHALA-26-000001-X',
  waitingFor: 'agency',
  waitingUntil: at(3),
  attention: 'reopening-capped',
  passedOn: { to: 'fire', at: at(4), kind: 'referral' },
  firNumber: 'FIR 12/26',
  gdNumber: 'GD 7',
  changedAt: at(5),
};

export function describeTickets(name: string, open: OpenStore): void {
  describe(`tickets on ${name}`, () => {
    const the = freshStore(open);
    const read = (ticket: Ticket) => the.store.tickets.findById(ticket.id);

    it('are opened with a whole story', async () => {
      const ticket = await the.openTicket({ ...STORY, version: 7 });
      expect(await read(ticket)).toEqual(ticket);
    });

    it.each(Object.entries(STORY))('change in their %s only', async (part, value) => {
      const [ticket, other] = [await the.openTicket(), await the.openTicket()];
      await the.store.transact((unit) => unit.tickets.change(ticket.id, { [part]: value }));
      expect(await read(ticket)).toEqual({ ...ticket, [part]: value });
      expect(await read(other)).toEqual(other);
    });

    it.each(Object.keys(STORY))('lose their %s again', async (part) => {
      const ticket = await the.openTicket(STORY);
      const before = Object.entries(aTicket()).find(([key]) => key === part)?.[1];
      await the.store.transact((unit) => unit.tickets.change(ticket.id, { [part]: before }));
      expect(await read(ticket)).toEqual({ ...ticket, [part]: before });
    });

    it('stay as they are when nothing is named', async () => {
      const ticket = await the.openTicket(STORY);
      await the.store.transact((unit) => unit.tickets.change(ticket.id, {}));
      expect(await read(ticket)).toEqual(ticket);
    });

    it('count a deed for the one who saw the newest version', async () => {
      const ticket = await the.openTicket();
      const deed = (version: number, minute: number) =>
        the.store.transact((unit) => unit.tickets.countDeed(ticket.id, { version, at: at(minute) }));
      expect(await deed(0, 1)).toBe(true);
      expect(await deed(0, 2)).toBe(false);
      expect(await read(ticket)).toEqual({ ...ticket, version: 1, changedAt: at(1) });
      expect(await deed(1, 3)).toBe(true);
      expect(await deed(9, 4)).toBe(false);
      expect(await read(ticket)).toEqual({ ...ticket, version: 2, changedAt: at(3) });
    });

    it('let one of two processes do its deed', async () => {
      const other = await the.under.second();
      for (let turn = 0; turn < 20; turn += 1) {
        const ticket = await the.openTicket();
        const won = await Promise.all(
          [the.store, other].map((store) =>
            store.transact((unit) => unit.tickets.countDeed(ticket.id, { version: 0, at: at(1) })),
          ),
        );
        expect(won.toSorted()).toEqual([false, true]);
      }
    });

    it('know what was merged into them, directly', async () => {
      const main = await the.openTicket();
      const first = await the.openTicket({ state: 'merged', mergedInto: main.reference });
      const second = await the.openTicket({ state: 'merged', mergedInto: main.reference });
      await the.openTicket({ state: 'merged', mergedInto: first.reference });
      expect(await the.store.tickets.mergedInto(main.reference)).toEqual([first, second]);
    });

    it('links tickets both ways, once', async () => {
      const [a, b, c] = [await the.openTicket(), await the.openTicket(), await the.openTicket()];
      await the.store.transact(async (unit) => {
        await unit.tickets.link(a.id, b.id);
        await unit.tickets.link(b.id, a.id);
        await unit.tickets.link(a.id, c.id);
      });
      expect(await the.store.tickets.linkedTo(a.id)).toEqual([b.reference, c.reference]);
      expect(await the.store.tickets.linkedTo(b.id)).toEqual([a.reference]);
    });

    it('are unlinked both ways, from one another only', async () => {
      const [a, b, c] = [await the.openTicket(), await the.openTicket(), await the.openTicket()];
      await the.store.transact(async (unit) => {
        await unit.tickets.link(a.id, b.id);
        await unit.tickets.link(a.id, c.id);
        await unit.tickets.unlink(b.id, a.id);
      });
      expect(await the.store.tickets.linkedTo(a.id)).toEqual([c.reference]);
      expect(await the.store.tickets.linkedTo(b.id)).toEqual([]);
      expect(await the.store.tickets.linkedTo(c.id)).toEqual([a.reference]);
    });

    it('writes the first acknowledgement instant and keeps it', async () => {
      const ticket = await the.openTicket();
      await the.store.transact(async (unit) => {
        await unit.tickets.setAcknowledged(ticket.id, at(1));
        await unit.tickets.setAcknowledged(ticket.id, at(2));
      });
      expect((await the.store.tickets.findById(ticket.id))?.acknowledgedAt).toBe(at(1));
    });
  });
}
