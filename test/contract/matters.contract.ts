// Matters: marks and their lookup, suggestions and what people made of them, parents and children.
import { describe, expect, it } from 'vitest';
import { matterMarks } from '../../src/domain/same-matter.js';
import type { MarkedTicket, Suggestion } from '../../src/ports/matters.js';
import { at, freshStore, type OpenStore, T0 } from './records.js';

function marked(ticketId: string, changes: Partial<MarkedTicket> = {}): MarkedTicket {
  const letter = { subject: '', attachments: [], category: null, receivedAt: T0, receivedDay: '2026-11-24' };
  const own = 'Loud music from the club at Lake Road since ten in the night and nobody can sleep';
  return {
    ticketId,
    scope: 'behala/none',
    headId: ticketId,
    marks: matterMarks({ ...letter, own }),
    receivedAt: T0,
    keys: ['place:1'],
    ...changes,
  };
}

function suggestion(ticketId: string, headId: string, changes: Partial<Suggestion> = {}): Suggestion {
  const reasons: Suggestion['reasons'] = ['same photo', 'same place and hour'];
  return { ticketId, headId, score: 85, reasons, state: 'suggested', at: T0, actor: null, ...changes };
}

export function describeMatters(name: string, open: OpenStore): void {
  describe(`matters on ${name}`, () => {
    const the = freshStore(open);
    const write = <T>(work: (matters: typeof the.store.matters) => Promise<T>) =>
      the.store.transact((unit) => work(unit.matters));

    it('tell which tickets were not looked at yet, the oldest first, within bounds', async () => {
      const late = await the.openTicket({ receivedAt: at(2) });
      const early = await the.openTicket({ receivedAt: at(1) });
      await the.openTicket({ receivedAt: at(-60) });
      const ids = () => the.store.matters.unmarked(at(0), 10);
      expect(await ids()).toEqual([early.id, late.id]);
      expect(await the.store.matters.unmarked(at(0), 1)).toEqual([early.id]);
      await write((matters) => matters.mark(marked(early.id)));
      expect(await ids()).toEqual([late.id]);
    });

    it('keep marks as they were written, once', async () => {
      const [ticket, robot] = [await the.openTicket(), await the.openTicket()];
      const first = marked(ticket.id);
      expect(await write((matters) => matters.mark(first))).toBe(true);
      expect(await write((matters) => matters.mark(marked(ticket.id, { keys: ['other'] })))).toBe(false);
      await write((matters) => matters.mark(marked(robot.id, { marks: null, keys: [] })));
      expect(await the.store.matters.marksOf(ticket.id)).toEqual(first.marks);
      expect(await the.store.matters.marksOf(robot.id)).toBeUndefined();
      expect(await the.store.matters.marksOf('nobody')).toBeUndefined();
      const of = { scope: 'behala/none', since: at(-1), limit: 10 };
      expect(await the.store.matters.candidates('other', of)).toEqual([]);
    });

    it('find the newest that share a key within one scope and time', async () => {
      const [old, first, second, elsewhere] = [
        await the.openTicket(),
        await the.openTicket(),
        await the.openTicket(),
        await the.openTicket(),
      ];
      await write(async (matters) => {
        await matters.mark(marked(old.id, { receivedAt: at(-100) }));
        await matters.mark(marked(first.id, { receivedAt: at(1), keys: ['place:1', 'place:2'] }));
        await matters.mark(marked(second.id, { receivedAt: at(2), headId: first.id }));
        await matters.mark(marked(elsewhere.id, { scope: 'behala/named' }));
      });
      const near = marked('').marks?.text.near;
      const ask = (key: string, limit = 10) =>
        the.store.matters.candidates(key, { scope: 'behala/none', since: at(0), limit });
      expect(await ask('place:1')).toEqual([
        { ticketId: second.id, headId: first.id, near },
        { ticketId: first.id, headId: first.id, near },
      ]);
      expect((await ask('place:1', 1)).map(({ ticketId }) => ticketId)).toEqual([second.id]);
      expect((await ask('place:2')).map(({ ticketId }) => ticketId)).toEqual([first.id]);
      const isOld = (key: string) => the.store.matters.isOld(key, { scope: 'behala/none', before: at(0) });
      expect([await isOld('place:1'), await isOld('place:2')]).toEqual([true, false]);
    });

    it('forget marks, so many at a time, and keep what was suggested', async () => {
      const [old, older, fresh] = [await the.openTicket(), await the.openTicket(), await the.openTicket()];
      await write(async (matters) => {
        await matters.mark(marked(old.id, { receivedAt: at(-10) }));
        await matters.mark(marked(older.id, { receivedAt: at(-20) }));
        await matters.mark(marked(fresh.id, { receivedAt: at(5) }));
        await matters.suggest(suggestion(old.id, older.id));
        await matters.forgetBefore(at(0), 1);
      });
      expect(await the.store.matters.marksOf(older.id)).toBeUndefined();
      expect(await the.store.matters.marksOf(old.id)).toBeDefined();
      await write((matters) => matters.forgetBefore(at(0), 10));
      expect(await the.store.matters.marksOf(old.id)).toBeUndefined();
      expect(await the.store.matters.marksOf(fresh.id)).toBeDefined();
      const of = { scope: 'behala/none', since: at(-100), limit: 10 };
      expect((await the.store.matters.candidates('place:1', of)).map((one) => one.ticketId)).toEqual([
        fresh.id,
      ]);
      expect(await the.store.matters.suggestedFor(old, 10)).toHaveLength(1);
    });

    it('show a suggestion from both sides, the likest first', async () => {
      const [head, one, other] = [await the.openTicket(), await the.openTicket(), await the.openTicket()];
      await write(async (matters) => {
        await matters.suggest(suggestion(one.id, head.id));
        await matters.suggest(suggestion(other.id, head.id, { score: 100, reasons: ['same text'] }));
      });
      expect(await the.store.matters.suggestedFor(head, 10)).toEqual([
        { other, score: 100, reasons: ['same text'], state: 'suggested' },
        { other: one, score: 85, reasons: ['same photo', 'same place and hour'], state: 'suggested' },
      ]);
      expect(await the.store.matters.suggestedFor(head, 1)).toHaveLength(1);
      expect((await the.store.matters.suggestedFor(one, 10)).map((s) => s.other.id)).toEqual([head.id]);
    });

    it('show nothing of tickets restricted otherwise, elsewhere or merged', async () => {
      const head = await the.openTicket();
      for (const change of [{ restriction: 'named' }, { station: 'lake' }, { state: 'merged' }] as const) {
        const other = await the.openTicket(change);
        await write((matters) => matters.suggest(suggestion(other.id, head.id)));
        expect(await the.store.matters.suggestedFor(other, 10)).toEqual(
          change.state ? [expect.anything()] : [],
        );
      }
      expect(await the.store.matters.suggestedFor(head, 10)).toEqual([]);
    });

    it('never suggest again what a person judged, in whatever order', async () => {
      const [one, other, third] = [await the.openTicket(), await the.openTicket(), await the.openTicket()];
      await write(async (matters) => {
        await matters.suggest(suggestion(other.id, one.id));
        await matters.judge({ ticketId: one.id, headId: other.id, state: 'dismissed', actor: 'si.roy' });
        await matters.suggest(suggestion(other.id, one.id));
        await matters.suggest(suggestion(one.id, other.id));
        await matters.judge({ ticketId: third.id, headId: one.id, state: 'gathered', actor: 'si.roy' });
      });
      const states = async () =>
        (await the.store.matters.suggestedFor(one, 10)).map(({ other: { id }, state }) => [id, state]);
      expect(await states()).toEqual([
        [other.id, 'dismissed'],
        [third.id, 'gathered'],
      ]);
    });

    it('list the heads of what is suggested, and parents, while they are not closed', async () => {
      const [a, b, c, d, e] = await Promise.all(Array.from({ length: 5 }, () => the.openTicket()));
      const closed = await the.openTicket({ state: 'closed' });
      const lake = await the.openTicket({ station: 'lake' });
      if (!a || !b || !c || !d || !e) throw new Error('not opened');
      await write(async (matters) => {
        await matters.suggest(suggestion(b.id, a.id));
        await matters.suggest(suggestion(b.id, closed.id));
        await matters.suggest(suggestion(b.id, lake.id));
        await matters.judge({ ticketId: b.id, headId: c.id, state: 'dismissed', actor: 'si.roy' });
        await matters.gather({ ticketId: e.id, parentId: d.id, actor: 'si.roy' });
      });
      const heads = async (filter: { station?: string; limit: number }) =>
        (await the.store.matters.heads(filter)).map(({ id }) => id);
      expect(await heads({ limit: 10 })).toEqual([lake.id, d.id, a.id]);
      expect(await heads({ limit: 1 })).toEqual([lake.id]);
      expect(await heads({ station: 'behala', limit: 10 })).toEqual([d.id, a.id]);
    });

    it('hold parents and children, until they leave', async () => {
      const [parent, one, other] = [await the.openTicket(), await the.openTicket(), await the.openTicket()];
      const gather = (ticketId: string) =>
        write((matters) => matters.gather({ ticketId, parentId: parent.id, actor: 'si.roy' }));
      await gather(other.id);
      await gather(one.id);
      await expect(gather(one.id)).rejects.toThrow();
      expect(await the.store.matters.childrenOf(parent.id)).toEqual([one, other]);
      expect(await the.store.matters.parentOf(one.id)).toEqual(parent);
      expect(await the.store.matters.parentOf(parent.id)).toBeUndefined();
      expect(await write((matters) => matters.leave(one.id))).toBe(true);
      expect(await write((matters) => matters.leave(one.id))).toBe(false);
      expect(await the.store.matters.childrenOf(parent.id)).toEqual([other]);
    });
  });
}
