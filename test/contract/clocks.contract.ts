// Clocks: met once, in rounds; which are late, and which the sweep must look at.
import { describe, expect, it } from 'vitest';
import type { TicketClock } from '../../src/domain/ticket.js';
import { aClock, anEscalation, at, freshStore, type OpenStore } from './records.js';

export function describeClocks(name: string, open: OpenStore): void {
  describe(`clocks on ${name}`, () => {
    const the = freshStore(open);
    const meet = (ticketId: string, minute: number) =>
      the.store.transact((unit) => unit.clocks.meet(ticketId, 'first-action', at(minute)));
    const first = (changes: Partial<TicketClock> = {}) =>
      aClock({ name: 'first-action', nextAt: at(48), ...changes });

    it('come back by name, the newest round of each first, with everything in them', async () => {
      const clocks = [
        first({ round: 2, step: 3, metAt: at(9), breachedAt: at(8), state: 'met' }),
        first({ state: 'lifted', nextAt: null }),
        aClock({
          name: 'resolution',
          state: 'paused',
          plan: {
            targetMs: 1,
            stretches: [
              { from: at(0), calendar: 'office' },
              { from: at(7), calendar: 'always' },
            ],
          },
        }),
      ];
      const ticket = await the.openTicket({}, clocks.toReversed());
      const other = await the.openTicket({}, [aClock()]);
      await the.openTicket({}, [aClock()]);
      expect(await the.store.clocks.ofTicket(ticket.id)).toEqual(clocks);
      expect(await the.store.clocks.ofTickets([other.id, ticket.id])).toEqual([
        ...clocks.map((clock) => ({ ticketId: ticket.id, clock })),
        { ticketId: other.id, clock: aClock() },
      ]);
      expect(await the.store.clocks.ofTickets([])).toEqual([]);
    });

    it('are saved whole, one round of one ticket only', async () => {
      const [ticket, other] = [
        await the.openTicket({}, [first(), first({ round: 2 })]),
        await the.openTicket({}, [first()]),
      ];
      const saved = first({
        state: 'breached',
        startedAt: at(1),
        dueAt: at(2),
        metAt: at(3),
        breachedAt: at(4),
        plan: { targetMs: 5, stretches: [{ from: at(1), calendar: 'office' }] },
        step: 6,
        nextAt: at(7),
      });
      await the.store.transact((unit) => unit.clocks.save(ticket.id, saved));
      expect(await the.store.clocks.ofTicket(ticket.id)).toEqual([first({ round: 2 }), saved]);
      expect(await the.store.clocks.ofTicket(other.id)).toEqual([first()]);
    });

    it.each<[string, Partial<TicketClock>, number, Partial<TicketClock>]>([
      ['in time', {}, 59, { state: 'met', metAt: at(59), breachedAt: null }],
      ['on the minute', {}, 60, { state: 'met', metAt: at(60), breachedAt: null }],
      ['late before the sweep saw it', {}, 61, { state: 'met', metAt: at(61), breachedAt: at(60) }],
      [
        'late after the sweep saw it',
        { state: 'breached', breachedAt: at(60) },
        99,
        { state: 'met', metAt: at(99), breachedAt: at(60) },
      ],
      ['while paused', { state: 'paused' }, 99, { state: 'met', metAt: at(99), breachedAt: null }],
    ])('are met %s', async (_when, before, minute, after) => {
      const ticket = await the.openTicket({}, [first(before)]);
      await meet(ticket.id, minute);
      expect(await the.store.clocks.ofTicket(ticket.id)).toEqual([first({ ...after, nextAt: null })]);
    });

    it.each<[string, TicketClock]>([
      ['met before', first({ state: 'met', metAt: at(5) })],
      ['lifted', first({ state: 'lifted' })],
      ['of another name', first({ name: 'resolution' })],
    ])('stay as they are when %s', async (_why, clock) => {
      const ticket = await the.openTicket({}, [clock]);
      await meet(ticket.id, 61);
      expect(await the.store.clocks.ofTicket(ticket.id)).toEqual([clock]);
    });

    it.each<TicketClock['state']>(['running', 'met', 'lifted'])(
      'of a round before are never met, the newest being %s',
      async (state) => {
        const metAt = state === 'met' ? at(2) : null;
        const [old, newest] = [first({ state: 'breached' }), first({ round: 2, state, metAt })];
        const ticket = await the.openTicket({}, [old, newest]);
        await meet(ticket.id, 3);
        const [after, before] = await the.store.clocks.ofTicket(ticket.id);
        expect(before).toEqual(old);
        expect(after).toMatchObject(state === 'running' ? { state: 'met', metAt: at(3) } : newest);
      },
    );

    it('end what warned of them when met, and keep the escalation of a breach from climbing', async () => {
      const ticket = await the.openTicket({}, [first({ step: 2, state: 'breached', breachedAt: at(60) })]);
      const warning = anEscalation(ticket.id, { step: 0, markedAt: at(48) });
      const breach = anEscalation(ticket.id, { step: 1, markedAt: at(60) });
      const answered = anEscalation(ticket.id, { step: 2, markedAt: at(48), acknowledgedAt: at(50) });
      const unrelated = anEscalation(ticket.id, { clock: 'resolution', markedAt: at(48) });
      const all = [warning, breach, answered, unrelated];
      await the.store.transact(async (unit) => {
        for (const escalation of all) await unit.escalations.raise(escalation);
      });
      await meet(ticket.id, 70);
      expect(await the.store.escalations.ofTicket(ticket.id)).toEqual([
        { ...warning, endedAt: at(70), nextAt: null },
        { ...breach, nextAt: null },
        answered,
        unrelated,
      ]);
    });

    it('are due when their instant has come, the earliest first and no more than asked for', async () => {
      const late = await the.openTicket({}, [first({ nextAt: at(5) }), aClock({ nextAt: null })]);
      const early = await the.openTicket({}, [first({ state: 'breached', nextAt: at(3) })]);
      await the.openTicket({}, [first({ nextAt: at(6) })]);
      const due = async (minute: number, limit = 10) =>
        (await the.store.clocks.due(at(minute), limit)).map(({ ticketId }) => ticketId);
      expect(await due(2)).toEqual([]);
      expect(await due(5)).toEqual([early.id, late.id]);
      expect(await due(5, 1)).toEqual([early.id]);
      expect(await the.store.clocks.due(at(3), 10)).toEqual([
        { ticketId: early.id, clock: first({ state: 'breached', nextAt: at(3) }) },
      ]);
      await meet(early.id, 4);
      expect(await due(5)).toEqual([late.id]);
    });

    it.each<[string, TicketClock[], number]>([
      ['running past its mark', [first({ dueAt: at(-1) })], 1],
      ['breached', [first({ dueAt: at(-1), state: 'breached' })], 1],
      ['two of them late', [first({ dueAt: at(-1) }), aClock({ dueAt: at(-1) })], 1],
      ['due this very instant', [first({ dueAt: at(0) })], 0],
      ['paused past its mark', [first({ dueAt: at(-1), state: 'paused' })], 0],
      ['lifted', [first({ dueAt: at(-1), state: 'lifted' })], 0],
      ['met', [first({ dueAt: at(-1), state: 'met', metAt: at(-2) })], 0],
      [
        'late in a round before',
        [first({ dueAt: at(-1), state: 'breached' }), first({ round: 2, dueAt: at(9) })],
        0,
      ],
    ])('count as overdue: %s', async (_what, clocks, overdue) => {
      const ticket = await the.openTicket({}, clocks);
      await the.openTicket({ state: 'closed' }, clocks);
      await the.openTicket({ state: 'merged' }, clocks);
      expect(await the.store.tickets.counts(at(0))).toEqual({ open: 1, overdue });
      const listed = await the.store.tickets.list({ overdue: true, unclosed: true, limit: 10 });
      expect(listed.map(({ id }) => id)).toEqual(overdue === 1 ? [ticket.id] : []);
    });
  });
}
