// Escalations and waits: each step raised once, found when the sweep must look, open until somebody answers.
import { describe, expect, it } from 'vitest';
import type { Escalation } from '../../src/domain/escalation.js';
import type { Wait } from '../../src/domain/ticket.js';
import type { EscalationRepository } from '../../src/ports/desk-store.js';
import { anEscalation, at, freshStore, id, type OpenStore, T0 } from './records.js';

function aWait(ticketId: string, changes: Partial<Wait> = {}): Wait {
  return {
    id: id('W'),
    ticketId,
    for: 'resident',
    startedAt: T0,
    until: at(60),
    endedAt: null,
    remindedAt: null,
    nextAt: at(60),
    ...changes,
  };
}

const ANSWERED: Partial<Escalation> = { acknowledgedAt: at(70), acknowledgedBy: 'oc.behala', nextAt: null };
const ENDED: Partial<Escalation> = { endedAt: at(70), nextAt: null };
const REMINDER: Partial<Escalation> = { rank: 'resident', told: [], answerBy: null };

export function describeEscalations(name: string, open: OpenStore): void {
  describe(`escalations on ${name}`, () => {
    const the = freshStore(open);

    /** Raises one step for each set of changes, all of one new ticket. */
    async function raise(...steps: Partial<Escalation>[]): Promise<Escalation[]> {
      const ticket = await the.openTicket();
      return raiseOn(ticket.id, ...steps);
    }

    async function raiseOn(ticketId: string, ...steps: Partial<Escalation>[]): Promise<Escalation[]> {
      const raised = steps.map((changes, step) => anEscalation(ticketId, { step, ...changes }));
      await the.store.transact(async (unit) => {
        for (const escalation of raised) expect(await unit.escalations.raise(escalation)).toBe(true);
      });
      return raised;
    }

    const idsOf = (escalations: readonly Escalation[]) => escalations.map((escalation) => escalation.id);

    it('are raised once per clock, round and step, and come back as they were raised', async () => {
      const ticketId = (await the.openTicket()).id;
      const raised = await raiseOn(
        ticketId,
        { step: 0 },
        { step: 1 },
        { step: 0, round: 2 },
        { step: 0, clock: 'reopened', told: ['a', 'b'] },
        { ...REMINDER, clock: 'resolution' },
      );
      const again = anEscalation(ticketId, { step: 0, told: ['somebody else'] });
      expect(await the.store.transact((unit) => unit.escalations.raise(again))).toBe(false);
      expect(await the.store.escalations.find(again.id)).toBeUndefined();
      expect(await the.store.escalations.ofTicket(ticketId)).toEqual(raised);
      expect(await the.store.escalations.find(raised[3]?.id ?? '')).toEqual(raised[3]);
    });

    it('are raised by one of two processes', async () => {
      const other = await the.under.second();
      for (let turn = 0; turn < 20; turn += 1) {
        const ticket = await the.openTicket();
        const won = await Promise.all(
          [the.store, other].map((store) =>
            store.transact((unit) => unit.escalations.raise(anEscalation(ticket.id))),
          ),
        );
        expect(won.toSorted()).toEqual([false, true]);
        expect(await the.store.escalations.ofTicket(ticket.id)).toHaveLength(1);
      }
    });

    it('are saved whole, one only', async () => {
      const [one, other] = await raise({}, {});
      if (!one) throw new Error('none raised');
      const saved: Escalation = {
        ...one,
        rank: 'dc',
        told: ['dc.sw'],
        answerBy: null,
        acknowledgedAt: at(5),
        acknowledgedBy: 'dc.sw',
        endedAt: at(6),
        nextAt: null,
      };
      await the.store.transact((unit) => unit.escalations.save(saved));
      expect(await the.store.escalations.ofTicket(one.ticketId)).toEqual([saved, other]);
    });

    it('are due when their instant has come, the earliest first and no more than asked for', async () => {
      const [late, early] = await raise(
        { nextAt: at(5) },
        { nextAt: at(3) },
        { nextAt: null },
        { nextAt: at(6) },
      );
      expect(await the.store.escalations.due(at(2), 10)).toEqual([]);
      expect(await the.store.escalations.due(at(5), 10)).toEqual([early, late]);
      expect(await the.store.escalations.due(at(5), 1)).toEqual([early]);
    });

    type Asked = Omit<Parameters<EscalationRepository['list']>[0], 'limit'>;
    it.each<[string, Asked, number[]]>([
      ['all, the oldest first', {}, [0, 1, 2, 3, 4]],
      ['those that are open', { open: true }, [0, 4]],
      ['those of a rank', { rank: 'dc' }, [4]],
      ['those at a station', { scope: { stations: ['lake'], restrictions: ['none', 'named', 'dc'] } }, [4]],
      ['those of any station', { scope: { stations: null, restrictions: ['none', 'dc'] } }, [0, 1, 2, 3, 4]],
      ['none of what is restricted', { scope: { stations: null, restrictions: ['none'] } }, [0, 1, 2, 3]],
      ['none for who sees nothing', { scope: { stations: [], restrictions: ['none', 'named', 'dc'] } }, []],
      [
        'open ones at a station and of a rank',
        { open: true, rank: 'oc', scope: { stations: ['behala'], restrictions: ['none'] } },
        [0],
      ],
    ])('are listed: %s', async (_what, asked, expected) => {
      const mine = await the.openTicket();
      const theirs = await the.openTicket({ station: 'lake', restriction: 'dc' });
      const all = await raiseOn(mine.id, {}, ANSWERED, ENDED, REMINDER);
      all.push(...(await raiseOn(theirs.id, { rank: 'dc' })));
      const listed = await the.store.escalations.list({ limit: 10, ...asked });
      expect(listed).toEqual(expected.map((index) => all[index]));
    });

    it('are listed page by page', async () => {
      const [a, b, c] = await raise({}, {}, {});
      expect(idsOf(await the.store.escalations.list({ limit: 2 }))).toEqual([a?.id, b?.id]);
      expect(idsOf(await the.store.escalations.list({ limit: 2, after: b?.id }))).toEqual([c?.id]);
    });

    it('are counted while open', async () => {
      expect(await the.store.escalations.countOpen()).toBe(0);
      await raise({}, {}, ANSWERED, ENDED, REMINDER);
      expect(await the.store.escalations.countOpen()).toBe(2);
    });

    it('all end with their ticket, except what was over before', async () => {
      const [elsewhere] = await raise({});
      const [one, other, ...over] = await raise({}, { clock: 'restricted' }, ANSWERED, ENDED);
      await the.store.transact((unit) => unit.escalations.endAll(one?.ticketId ?? '', at(80)));
      expect(await the.store.escalations.ofTicket(one?.ticketId ?? '')).toEqual([
        { ...one, endedAt: at(80), nextAt: null },
        { ...other, endedAt: at(80), nextAt: null },
        ...over,
      ]);
      expect(await the.store.escalations.find(elsewhere?.id ?? '')).toEqual(elsewhere);
    });

    it('stop climbing for one cause, and stay open', async () => {
      const [one, other] = await raise({ clock: 'resolution' }, { clock: 'reopened' });
      const ticketId = one?.ticketId ?? '';
      await the.store.transact((unit) => unit.escalations.stopClimbing(ticketId, 'resolution'));
      expect(await the.store.escalations.ofTicket(ticketId)).toEqual([{ ...one, nextAt: null }, other]);
      expect(await the.store.escalations.countOpen()).toBe(2);
    });
  });

  describe(`waits on ${name}`, () => {
    const the = freshStore(open);

    it('are begun, saved whole and come back the oldest first', async () => {
      const ticketId = (await the.openTicket()).id;
      const [first, second] = [aWait(ticketId), aWait(ticketId, { for: 'agency' })];
      const saved: Wait = { ...first, until: at(7), endedAt: at(5), remindedAt: at(3), nextAt: null };
      await the.store.transact(async (unit) => {
        await unit.waits.begin(first);
        await unit.waits.begin(second);
        await unit.waits.save(saved);
      });
      expect(await the.store.waits.ofTicket(ticketId)).toEqual([saved, second]);
    });

    it('are due when their instant has come, the earliest first and no more than asked for', async () => {
      const ticketId = (await the.openTicket()).id;
      const [late, early] = [aWait(ticketId, { nextAt: at(5) }), aWait(ticketId, { nextAt: at(3) })];
      await the.store.transact(async (unit) => {
        for (const wait of [
          late,
          early,
          aWait(ticketId, { nextAt: null }),
          aWait(ticketId, { nextAt: at(6) }),
        ]) {
          await unit.waits.begin(wait);
        }
      });
      expect(await the.store.waits.due(at(2), 10)).toEqual([]);
      expect(await the.store.waits.due(at(5), 10)).toEqual([early, late]);
      expect(await the.store.waits.due(at(5), 1)).toEqual([early]);
    });
  });
}
