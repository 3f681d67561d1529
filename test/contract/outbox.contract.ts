// The outbox: letters due are taken once, and what became of them is kept.
import { describe, expect, it } from 'vitest';
import type { OutboxRecord } from '../../src/domain/outbox-record.js';
import { anOutboxRecord, at, freshStore, type OpenStore } from './records.js';

export function describeOutbox(name: string, open: OpenStore): void {
  describe(`the outbox on ${name}`, () => {
    const the = freshStore(open);

    async function enqueue(changes: Partial<OutboxRecord> = {}): Promise<OutboxRecord> {
      const record = anOutboxRecord((await the.openTicket()).id, changes);
      await the.store.transact((unit) => unit.outbox.enqueue(record));
      return record;
    }
    const claim = (now: string, limit = 10) =>
      the.store.transact((unit) => unit.outbox.claimDue({ limit, now, leaseUntil: at(10) }));

    it('gives a due letter to one claimer, whole, and again only when the lease ran out', async () => {
      const record = await enqueue();
      await enqueue({ dueAt: at(30) });
      await enqueue({ state: 'suppressed', reason: 'null-sender' });
      const [claimed, ...none] = await claim(at(0));
      expect(none).toEqual([]);
      expect(claimed).toMatchObject({
        letter: record.letter,
        state: 'sending',
        attempts: 1,
        leaseUntil: at(10),
      });
      expect(await claim(at(9))).toEqual([]);
      expect((await claim(at(10))).map((r) => [r.letter.id, r.attempts])).toEqual([[record.letter.id, 2]]);
    });

    it('never gives one letter to two claimers asking at once', async () => {
      for (let n = 0; n < 30; n += 1) await enqueue();
      const other = await the.under.second();
      const both = [the.store, other].flatMap((s) =>
        Array.from({ length: 4 }, () =>
          s.transact((unit) => unit.outbox.claimDue({ limit: 5, now: at(1), leaseUntil: at(10) })),
        ),
      );
      const ids = (await Promise.all(both)).flat().map((record) => record.letter.id);
      expect(ids).toHaveLength(30);
      expect(new Set(ids).size).toBe(30);
    });

    it('makes letters due that wait for a time after the clock went back, and no others', async () => {
      const [late, soon] = [await enqueue({ dueAt: at(60) }), await enqueue({ dueAt: at(20) })];
      const [taken, parked] = [await enqueue({ dueAt: at(0) }), await enqueue({ state: 'suppressed' })];
      await claim(at(0));
      expect(await the.store.transact((unit) => unit.outbox.hasten(at(30), at(1)))).toBe(1);
      expect((await claim(at(1))).map(({ letter }) => letter.id)).toEqual([late.letter.id]);
      const states = await Promise.all(
        [soon, taken, parked].map(({ letter }) => the.store.outbox.find(letter.id)),
      );
      expect(states.map((record) => record?.state)).toEqual(['queued', 'sending', 'suppressed']);
    });

    it('gives back what a process that is gone had taken', async () => {
      const taken = await enqueue();
      const waiting = await enqueue({ dueAt: at(30) });
      await claim(at(0));
      expect(await the.store.transact((unit) => unit.outbox.reclaim(at(1)))).toBe(1);
      expect((await claim(at(1))).map((r) => [r.letter.id, r.attempts])).toEqual([[taken.letter.id, 2]]);
      expect(await the.store.outbox.find(waiting.letter.id)).toMatchObject({
        state: 'queued',
        dueAt: at(30),
      });
    });

    it('keeps what became of a letter', async () => {
      const record = await enqueue();
      await claim(at(0));
      await the.store.transact((unit) =>
        unit.outbox.settle(record.letter.id, {
          state: 'sent',
          lastReply: '250 2.0.0 Ok: queued as 4F1',
          queueId: '4F1',
          dueAt: at(0),
          sentAt: at(1),
        }),
      );
      expect(await the.store.outbox.find(record.letter.id)).toMatchObject({
        state: 'sent',
        queueId: '4F1',
        sentAt: at(1),
        leaseUntil: null,
      });
      expect(await claim(at(99))).toEqual([]);
    });

    it('makes a failed or deferred letter due again, and no other', async () => {
      const failed = await enqueue({ state: 'failed' });
      const sent = await enqueue({ state: 'sent' });
      const retry = (letterId: string) => the.store.transact((unit) => unit.outbox.retry(letterId, at(2)));
      expect(await retry(failed.letter.id)).toBe(true);
      expect(await retry(sent.letter.id)).toBe(false);
      expect(await retry('nobody')).toBe(false);
      expect((await claim(at(2))).map((r) => r.letter.id)).toEqual([failed.letter.id]);
    });

    it('counts by state, lists newest first, and knows what falls due next', async () => {
      expect(await the.store.outbox.nextDueAt()).toBeUndefined();
      const a = await enqueue({ dueAt: at(7) });
      const b = await enqueue({ state: 'suppressed', reason: 'loop' });
      expect(await the.store.outbox.nextDueAt()).toBe(at(7));
      expect(await the.store.outbox.counts()).toMatchObject({ queued: 1, suppressed: 1, sent: 0 });
      const listed = await the.store.outbox.list({ limit: 10 });
      expect(listed.map((r) => r.letter.id)).toEqual([b.letter.id, a.letter.id]);
      expect(await the.store.outbox.list({ state: 'suppressed', limit: 10 })).toMatchObject([
        { reason: 'loop' },
      ]);
      expect(await the.store.outbox.list({ ticketId: a.ticketId ?? '', limit: 10 })).toHaveLength(1);
    });

    it('keeps a letter that is about no ticket', async () => {
      const digest = anOutboxRecord(null);
      await the.store.transact((unit) => unit.outbox.enqueue(digest));
      expect(await the.store.outbox.find(digest.letter.id)).toEqual(digest);
      expect((await claim(at(1))).map((record) => record.ticketId)).toEqual([null]);
    });

    it('gives back the further tickets of a letter', async () => {
      const [one, other] = [await the.openTicket(), await the.openTicket()];
      const record = anOutboxRecord(one.id, { alsoFor: [other.id] });
      await the.store.transact((unit) => unit.outbox.enqueue(record));
      expect(await the.store.outbox.find(record.letter.id)).toEqual(record);
    });

    it('withholds what is queued of a kind for a ticket, and nothing else', async () => {
      const ticket = await the.openTicket();
      const other = await the.openTicket();
      const withheld = anOutboxRecord(ticket.id);
      const kept = [
        anOutboxRecord(ticket.id, { state: 'sending' }),
        anOutboxRecord(ticket.id, { state: 'deferred' }),
        anOutboxRecord(ticket.id, { state: 'sent' }),
        anOutboxRecord(ticket.id, { letter: { ...anOutboxRecord(ticket.id).letter, kind: 'reply' } }),
        anOutboxRecord(other.id),
      ];
      const answered = await the.store.transact(async (unit) => {
        for (const record of [withheld, ...kept]) await unit.outbox.enqueue(record);
        return unit.outbox.withhold(ticket.id, 'acknowledgement', 'answered-personally');
      });
      expect(answered).toBe(1);
      expect(await the.store.outbox.find(withheld.letter.id)).toEqual({
        ...withheld,
        state: 'suppressed',
        reason: 'answered-personally',
      });
      for (const record of kept) expect(await the.store.outbox.find(record.letter.id)).toEqual(record);
      expect((await claim(at(9999))).map((record) => record.letter.id)).not.toContain(withheld.letter.id);
    });
  });
}
