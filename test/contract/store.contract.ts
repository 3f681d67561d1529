// What every store must do. Each engine calls this with a way to open an empty store.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OutboxRecord } from '../../src/domain/outbox-record.js';
import type { OutgoingLetter } from '../../src/domain/outgoing.js';
import { type Ticket, type TicketClock, UNTOUCHED } from '../../src/domain/ticket.js';
import type { LetterRecord, MessageRecord } from '../../src/ports/records.js';
import type { Store } from '../../src/ports/store.js';

export interface StoreUnderTest extends AsyncDisposable {
  store: Store;
  /** The same data through a second connection, as the command line has it. */
  second(): Promise<Store>;
  setNow(at: string): void;
}

const T0 = '2026-11-24T04:00:00.000Z';
const at = (minutes: number) => new Date(Date.parse(T0) + minutes * 60_000).toISOString();

let counter = 0;
const id = (prefix = 'X') => `${prefix}${String(++counter).padStart(10, '0')}`;

function aTicket(changes: Partial<Ticket> = {}): Ticket {
  const ticketId = id('T');
  return {
    id: ticketId,
    reference: `BEHALA-26-${ticketId}`,
    station: 'behala',
    state: 'new',
    urgency: null,
    category: null,
    language: 'bn',
    languages: ['bn', 'en'],
    subject: 'Noise',
    resident: { address: 'Rita@Home.example', name: 'Rita', verdict: 'unknown' },
    receivedAt: T0,
    acknowledgedAt: null,
    officer: null,
    urgencyBy: null,
    proposal: null,
    restriction: 'none',
    ...UNTOUCHED,
    ...changes,
  };
}

function aLetter(changes: Partial<LetterRecord> = {}): LetterRecord {
  return {
    id: id('L'),
    envelope: {
      from: 'rita@home.example',
      to: ['behala.ps@kolkatapolice.example'],
      client: { address: '192.0.2.1', name: 'mx.example', relay: null },
      protocol: 'ESMTP',
      tls: null,
    },
    receivedAt: T0,
    bytes: 1234,
    sha256: 'ab'.repeat(32),
    archivePath: 'letters/2026/11/24/x.eml',
    fingerprint: id('F'),
    duplicateOf: null,
    problem: null,
    ...changes,
  };
}

function aMessage(ticketId: string, changes: Partial<MessageRecord> = {}): MessageRecord {
  return {
    id: id('M'),
    ticketId,
    letterId: null,
    station: 'behala',
    direction: 'in',
    kind: 'letter',
    from: { address: 'rita@home.example', name: 'Rita' },
    to: ['behala.ps@kolkatapolice.example'],
    subject: 'Noise',
    text: 'Loud music at night',
    messageId: '<1@home.example>',
    receivedAt: T0,
    sha256: null,
    parsed: true,
    verdict: 'unknown',
    sender: null,
    attachments: [],
    ...changes,
  };
}

function anOutboxRecord(ticketId: string, changes: Partial<OutboxRecord> = {}): OutboxRecord {
  const letter: OutgoingLetter = {
    id: id('O'),
    kind: 'acknowledgement',
    envelopeFrom: '',
    to: 'rita@home.example',
    from: { address: 'behala.ps@kolkatapolice.example', name: 'Behala' },
    replyTo: null,
    subject: 'Received',
    text: 'Thank you',
    messageId: `<${id('m')}@mail.example>`,
    inReplyTo: null,
    references: [],
    headers: [{ name: 'Auto-Submitted', value: 'auto-replied' }],
    createdAt: T0,
  };
  return {
    letter,
    ticketId,
    alsoFor: [],
    letterId: null,
    receivedAt: T0,
    state: 'queued',
    reason: null,
    attempts: 0,
    dueAt: T0,
    leaseUntil: null,
    lastReply: null,
    queueId: null,
    sentAt: null,
    ...changes,
  };
}

export function describeStore(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`the store on ${name}`, () => {
    let under: StoreUnderTest;
    let store: Store;
    beforeEach(async () => {
      under = await open();
      under.setNow(T0);
      store = under.store;
    });
    afterEach(async () => under[Symbol.asyncDispose]());

    async function openTicket(changes: Partial<Ticket> = {}): Promise<Ticket> {
      const ticket = aTicket(changes);
      await store.transact((unit) => unit.tickets.open(ticket));
      return ticket;
    }

    it('gives back a ticket as it was opened', async () => {
      const ticket = await openTicket();
      expect(await store.tickets.find(ticket.reference)).toEqual(ticket);
      expect(await store.tickets.findById(ticket.id)).toEqual(ticket);
      expect(await store.tickets.find('BEHALA-26-999999-X')).toBeUndefined();
    });

    it('keeps nothing of a unit of work that fails', async () => {
      const ticket = aTicket();
      const failing = store.transact(async (unit) => {
        await unit.tickets.open(ticket);
        await unit.tickets.nextNumber('behala', 2026);
        throw new Error('stop');
      });
      await expect(failing).rejects.toThrow('stop');
      expect(await store.tickets.find(ticket.reference)).toBeUndefined();
      expect(await store.transact((unit) => unit.tickets.nextNumber('behala', 2026))).toBe(1);
    });

    it('numbers tickets per station and year without gap or double, also when asked at once', async () => {
      const asked = Array.from({ length: 50 }, () =>
        store.transact((u) => u.tickets.nextNumber('behala', 2026)),
      );
      expect((await Promise.all(asked)).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 50 }, (_, i) => i + 1),
      );
      expect(await store.transact((unit) => unit.tickets.nextNumber('behala', 2027))).toBe(1);
      expect(await store.transact((unit) => unit.tickets.nextNumber('lake', 2026))).toBe(1);
    });

    it('refuses a second ticket with one reference', async () => {
      const ticket = await openTicket();
      await expect(openTicket({ reference: ticket.reference })).rejects.toThrow();
    });

    it('lets one letter be filed once per station', async () => {
      const ticket = await openTicket();
      const letter = aLetter();
      const file = (station: string) =>
        store.transact(async (unit) => {
          if (!(await unit.letters.find(letter.id))) await unit.letters.add(letter);
          await unit.messages.add(aMessage(ticket.id, { letterId: letter.id, station }));
        });
      await file('behala');
      await file('lake');
      await expect(file('behala')).rejects.toThrow();
      expect((await store.messages.findFiled(letter.id, 'lake'))?.ticketId).toBe(ticket.id);
      expect(await store.messages.findFiled(letter.id, 'kasba')).toBeUndefined();
    });

    it('freezes one instant per unit of work', async () => {
      const ticket = await openTicket();
      await store.transact(async (unit) => {
        under.setNow(at(5));
        await unit.journal.write(ticket.id, { actor: 'system', event: 'opened', detail: { a: 1 } });
        expect(unit.now).toBe(T0);
      });
      expect(await store.journal.ofTicket(ticket.id)).toMatchObject([
        { at: T0, actor: 'system', detail: { a: 1 } },
      ]);
    });

    it('finds the earliest copy of a letter within the window only', async () => {
      const first = aLetter({ fingerprint: 'same', receivedAt: at(0) });
      await store.transact(async (unit) => {
        await unit.letters.add(first);
        await unit.letters.add(aLetter({ fingerprint: 'same', receivedAt: at(9), duplicateOf: first.id }));
      });
      expect((await store.letters.findCopy('same', at(-1)))?.id).toBe(first.id);
      expect(await store.letters.findCopy('same', at(10))).toBeUndefined();
      expect(await store.letters.find(first.id)).toEqual(first);
    });

    it('names the tickets of a letter and of its copy', async () => {
      const ticket = await openTicket();
      const letter = aLetter();
      const copy = aLetter({ duplicateOf: letter.id });
      await store.transact(async (unit) => {
        await unit.letters.add(letter);
        await unit.letters.add(copy);
        await unit.messages.add(aMessage(ticket.id, { letterId: letter.id }));
      });
      expect(await store.letters.referencesOf(letter.id)).toEqual([ticket.reference]);
      expect(await store.letters.referencesOf(copy.id)).toEqual([ticket.reference]);
      expect((await store.letters.list(1)).map((l) => l.id)).toEqual([copy.id]);
    });

    it('gives back messages in order with everything in them', async () => {
      const ticket = await openTicket();
      const attachment = { name: 'a.jpg', type: 'image/jpeg', size: 3, sha256: 'cd'.repeat(32), part: '2' };
      const first = aMessage(ticket.id, { attachments: [attachment], parsed: false, from: null });
      const second = aMessage(ticket.id, { direction: 'out', kind: 'reply' });
      await store.transact(async (unit) => {
        await unit.messages.add(first);
        await unit.messages.add(second);
      });
      expect(await store.messages.ofTicket(ticket.id)).toEqual([first, second]);
    });

    it('links tickets both ways, once', async () => {
      const [a, b, c] = [await openTicket(), await openTicket(), await openTicket()];
      await store.transact(async (unit) => {
        await unit.tickets.link(a.id, b.id);
        await unit.tickets.link(b.id, a.id);
        await unit.tickets.link(a.id, c.id);
      });
      expect(await store.tickets.linkedTo(a.id)).toEqual([b.reference, c.reference]);
      expect(await store.tickets.linkedTo(b.id)).toEqual([a.reference]);
    });

    describe('listing tickets', () => {
      it('is newest first, filtered, and continues after a reference', async () => {
        const a = await openTicket();
        const b = await openTicket({ station: 'lake', urgency: 'urgent' });
        const c = await openTicket({ state: 'closed' });
        const references = async (filter: Parameters<Store['tickets']['list']>[0]) =>
          (await store.tickets.list(filter)).map((ticket) => ticket.reference);
        expect(await references({ limit: 10 })).toEqual([c, b, a].map((t) => t.reference));
        expect(await references({ limit: 1, after: c.reference })).toEqual([b.reference]);
        expect(await references({ limit: 10, station: 'lake' })).toEqual([b.reference]);
        expect(await references({ limit: 10, state: 'closed' })).toEqual([c.reference]);
        expect(await references({ limit: 10, urgency: 'urgent' })).toEqual([b.reference]);
      });

      const texts = {
        english: { subject: 'Loudspeaker', text: 'Music at midnight near the Behala tram depot.' },
        bengali: { subject: 'রাস্তায় জল', text: 'আমাদের পাড়ায় তিন দিন ধরে জল জমে আছে। বাড়ি নম্বর ১২।' },
        hindi: { subject: 'सड़क की बत्ती', text: 'हमारी गली में रात को अंधेरा रहता है, कृपया मदद कीजिए।' },
      };
      it.each([
        ['english', 'MIDNIGHT'],
        ['english', 'tram behala'],
        ['english', 'loudsp'],
        ['bengali', 'রাস্তায়'],
        ['bengali', 'রাস্তায়'.normalize('NFD')],
        ['bengali', 'পাড়া'],
        ['bengali', 'নম্বর 12'],
        ['hindi', 'अंधेरा'],
        ['hindi', 'सड़क मदद'],
      ] as const)('finds the %s letter by %s', async (which, query) => {
        const tickets = new Map<string, string>();
        for (const [language, { subject, text }] of Object.entries(texts)) {
          const ticket = await openTicket({ subject });
          await store.transact((unit) => unit.messages.add(aMessage(ticket.id, { subject, text })));
          tickets.set(language, ticket.reference);
        }
        const found = await store.tickets.list({ search: query, limit: 10 });
        expect(found.map((ticket) => ticket.reference)).toEqual([tickets.get(which)]);
      });

      it.each(['"', 'a" OR "b', 'NEAR(', '* AND', '%', '!!!', "'; drop table ticket"])(
        'takes %s as words and never as syntax',
        async (query) => {
          const ticket = await openTicket();
          await store.transact((unit) => unit.messages.add(aMessage(ticket.id)));
          expect(await store.tickets.list({ search: query, limit: 10 })).toEqual([]);
        },
      );
    });

    describe('clocks', () => {
      const running = {
        name: 'acknowledgement',
        state: 'running',
        startedAt: T0,
        dueAt: at(60),
        metAt: null,
        breachedAt: null,
        round: 1,
        plan: { targetMs: 3_600_000, stretches: [{ from: T0, calendar: 'always' }] },
        step: 0,
        nextAt: null,
      } as const satisfies TicketClock;

      it('are met in time or late, once', async () => {
        const [early, late] = [await openTicket(), await openTicket()];
        await store.transact(async (unit) => {
          await unit.clocks.start(early.id, [running]);
          await unit.clocks.start(late.id, [running]);
          await unit.clocks.meet(early.id, 'acknowledgement', at(1));
          await unit.clocks.meet(early.id, 'acknowledgement', at(90));
          await unit.clocks.meet(late.id, 'acknowledgement', at(61));
        });
        expect(await store.clocks.ofTicket(early.id)).toEqual([{ ...running, state: 'met', metAt: at(1) }]);
        expect(await store.clocks.ofTicket(late.id)).toEqual([
          { ...running, state: 'met', metAt: at(61), breachedAt: at(60) },
        ]);
      });

      it('count as overdue when past their mark and not met, on tickets still open', async () => {
        const overdue = await openTicket();
        const closed = await openTicket({ state: 'closed' });
        await store.transact(async (unit) => {
          await unit.clocks.start(overdue.id, [running]);
          await unit.clocks.start(closed.id, [running]);
        });
        expect(await store.tickets.counts(at(59))).toEqual({ open: 1, overdue: 0 });
        expect(await store.tickets.counts(at(61))).toEqual({ open: 1, overdue: 1 });
        under.setNow(at(61));
        const listed = await store.tickets.list({ overdue: true, limit: 10 });
        expect(listed.map((ticket) => ticket.reference)).toContain(overdue.reference);
      });
    });

    it('writes the first acknowledgement instant and keeps it', async () => {
      const ticket = await openTicket();
      await store.transact(async (unit) => {
        await unit.tickets.setAcknowledged(ticket.id, at(1));
        await unit.tickets.setAcknowledged(ticket.id, at(2));
      });
      expect((await store.tickets.findById(ticket.id))?.acknowledgedAt).toBe(at(1));
    });

    describe('the outbox', () => {
      async function enqueue(changes: Partial<OutboxRecord> = {}): Promise<OutboxRecord> {
        const record = anOutboxRecord((await openTicket()).id, changes);
        await store.transact((unit) => unit.outbox.enqueue(record));
        return record;
      }
      const claim = (now: string, limit = 10) =>
        store.transact((unit) => unit.outbox.claimDue({ limit, now, leaseUntil: at(10) }));

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
        const other = await under.second();
        const both = [store, other].flatMap((s) =>
          Array.from({ length: 4 }, () =>
            s.transact((unit) => unit.outbox.claimDue({ limit: 5, now: at(1), leaseUntil: at(10) })),
          ),
        );
        const ids = (await Promise.all(both)).flat().map((record) => record.letter.id);
        expect(ids).toHaveLength(30);
        expect(new Set(ids).size).toBe(30);
      });

      it('gives back what a process that is gone had taken', async () => {
        const taken = await enqueue();
        const waiting = await enqueue({ dueAt: at(30) });
        await claim(at(0));
        expect(await store.transact((unit) => unit.outbox.reclaim(at(1)))).toBe(1);
        expect((await claim(at(1))).map((r) => [r.letter.id, r.attempts])).toEqual([[taken.letter.id, 2]]);
        expect(await store.outbox.find(waiting.letter.id)).toMatchObject({ state: 'queued', dueAt: at(30) });
      });

      it('keeps what became of a letter', async () => {
        const record = await enqueue();
        await claim(at(0));
        await store.transact((unit) =>
          unit.outbox.settle(record.letter.id, {
            state: 'sent',
            lastReply: '250 2.0.0 Ok: queued as 4F1',
            queueId: '4F1',
            dueAt: at(0),
            sentAt: at(1),
          }),
        );
        expect(await store.outbox.find(record.letter.id)).toMatchObject({
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
        const retry = (letterId: string) => store.transact((unit) => unit.outbox.retry(letterId, at(2)));
        expect(await retry(failed.letter.id)).toBe(true);
        expect(await retry(sent.letter.id)).toBe(false);
        expect(await retry('nobody')).toBe(false);
        expect((await claim(at(2))).map((r) => r.letter.id)).toEqual([failed.letter.id]);
      });

      it('counts by state, lists newest first, and knows what falls due next', async () => {
        expect(await store.outbox.nextDueAt()).toBeUndefined();
        const a = await enqueue({ dueAt: at(7) });
        const b = await enqueue({ state: 'suppressed', reason: 'loop' });
        expect(await store.outbox.nextDueAt()).toBe(at(7));
        expect(await store.outbox.counts()).toMatchObject({ queued: 1, suppressed: 1, sent: 0 });
        const listed = await store.outbox.list({ limit: 10 });
        expect(listed.map((r) => r.letter.id)).toEqual([b.letter.id, a.letter.id]);
        expect(await store.outbox.list({ state: 'suppressed', limit: 10 })).toMatchObject([
          { reason: 'loop' },
        ]);
        expect(await store.outbox.list({ ticketId: a.ticketId ?? '', limit: 10 })).toHaveLength(1);
      });
    });

    it('tells when another process has written', async () => {
      const other = await under.second();
      const before = store.changeMark();
      expect(store.changeMark()).toBe(before);
      await other.transact((unit) => unit.tickets.nextNumber('behala', 2026));
      expect(store.changeMark()).not.toBe(before);
    });

    it('states its facts as the engine reports them now', async () => {
      await openTicket();
      expect(store.facts()).toMatchObject({ synchronous: 'FULL' });
      expect(store.facts().bytes).toBeGreaterThan(0);
    });
  });
}
