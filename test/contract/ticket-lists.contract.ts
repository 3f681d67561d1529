// Lists of tickets: every filter, the words of messages, newest first or by the next deadline.
import { describe, expect, it } from 'vitest';
import type { Ticket, TicketClock } from '../../src/domain/ticket.js';
import type { TicketFilter } from '../../src/ports/records.js';
import {
  aClock,
  aMessage,
  anOutboxRecord,
  at,
  type FreshStore,
  freshStore,
  type OpenStore,
} from './records.js';

export function describeTicketLists(name: string, open: OpenStore): void {
  describe(`lists of tickets on ${name}`, () => {
    const the = freshStore(open);

    it('is newest first, filtered, and continues after a reference', async () => {
      const a = await the.openTicket();
      const b = await the.openTicket({ station: 'lake', urgency: 'urgent' });
      const c = await the.openTicket({ state: 'closed' });
      const references = async (filter: TicketFilter) =>
        (await the.store.tickets.list(filter)).map((ticket) => ticket.reference);
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
        const ticket = await the.openTicket({ subject });
        await the.store.transact((unit) => unit.messages.add(aMessage(ticket.id, { subject, text })));
        tickets.set(language, ticket.reference);
      }
      const found = await the.store.tickets.list({ search: query, limit: 10 });
      expect(found.map((ticket) => ticket.reference)).toEqual([tickets.get(which)]);
    });

    it.each(['"', 'a" OR "b', 'NEAR(', '* AND', '%', '!!!', "'; drop table ticket"])(
      'takes %s as words and never as syntax',
      async (query) => {
        const ticket = await the.openTicket();
        await the.store.transact((unit) => unit.messages.add(aMessage(ticket.id)));
        expect(await the.store.tickets.list({ search: query, limit: 10 })).toEqual([]);
      },
    );
  });

  describeFilters(name, open);
  describeDeadlines(name, open);
}

type Key = 'a' | 'b' | 'c' | 'd' | 'e' | 'f';

const TICKETS: Record<Key, [Partial<Ticket>, TicketClock[]]> = {
  a: [{ urgency: 'urgent', category: 'theft' }, [aClock()]],
  b: [
    {
      station: 'lake',
      state: 'open',
      urgency: 'semi-urgent',
      category: 'noise',
      officer: 'si.roy',
      receivedAt: at(10),
      resident: { address: 'amit@home.example', name: 'Amit', verdict: 'aligned' },
    },
    [aClock({ name: 'resolution', state: 'breached', dueAt: at(-10) })],
  ],
  c: [
    {
      state: 'waiting',
      waitingFor: 'resident',
      officer: 'si.das',
      attention: 'not-delivered',
      receivedAt: at(20),
    },
    [aClock({ name: 'resolution', state: 'paused', dueAt: at(-5) })],
  ],
  d: [
    { station: 'kasba', state: 'closed', restriction: 'dc', category: 'police', receivedAt: at(30) },
    [aClock({ state: 'met', metAt: at(1) })],
  ],
  e: [
    {
      station: 'lake',
      state: 'merged',
      restriction: 'named',
      attention: 'progress-due',
      receivedAt: at(40),
    },
    [aClock({ state: 'lifted', dueAt: at(-20) })],
  ],
  f: [
    { state: 'waiting', waitingFor: 'agency', urgency: 'urgent', receivedAt: at(50) },
    [
      aClock(),
      aClock({ name: 'resolution', state: 'breached', dueAt: at(-30) }),
      aClock({ name: 'resolution', round: 2, dueAt: at(600) }),
    ],
  ],
};

/** Opens the tickets above; answers the letters of those that a list gives, in its order. */
async function openAll(the: FreshStore): Promise<(filter: Partial<TicketFilter>) => Promise<string>> {
  const keys = new Map<string, string>();
  const ids = new Map<string, string>();
  for (const [key, [changes, clocks]] of Object.entries(TICKETS)) {
    const ticket = await the.openTicket({ reference: `REF-${key}`, ...changes }, clocks);
    keys.set(ticket.id, key);
    ids.set(key, ticket.id);
  }
  const owe = (key: Key, changes: Parameters<typeof anOutboxRecord>[1]) =>
    the.store.transact((unit) => unit.outbox.enqueue(anOutboxRecord(ids.get(key) ?? '', changes)));
  await owe('a', { state: 'suppressed', reason: 'robot-address', alsoFor: [ids.get('f') ?? ''] });
  await owe('d', { state: 'suppressed', reason: 'robot-address' });
  await owe('b', { state: 'queued' });
  return async (filter) =>
    (await the.store.tickets.list({ limit: 10, ...filter })).map(({ id }) => keys.get(id)).join('');
}

function describeFilters(name: string, open: OpenStore): void {
  describe(`filters of ticket lists on ${name}`, () => {
    const the = freshStore(open);
    const everything = { stations: null, restrictions: ['none', 'named', 'dc'] } as const;

    it.each<[string, Partial<TicketFilter>, string]>([
      ['nothing', {}, 'fedcba'],
      ['a station', { station: 'lake' }, 'eb'],
      ['state new', { state: 'new' }, 'a'],
      ['state waiting', { state: 'waiting' }, 'fc'],
      ['state closed', { state: 'closed' }, 'd'],
      ['state merged', { state: 'merged' }, 'e'],
      ['unclosed', { unclosed: true }, 'fcba'],
      ['not asking for unclosed', { unclosed: false }, 'fedcba'],
      ['unclosed and closed', { unclosed: true, state: 'closed' }, ''],
      ['an urgency', { urgency: 'urgent' }, 'fa'],
      ['a category', { category: 'theft' }, 'a'],
      ['an officer', { officer: 'si.roy' }, 'b'],
      ['no officer', { officer: null }, 'feda'],
      ['overdue', { overdue: true }, 'b'],
      ['due before an instant', { dueBefore: at(61) }, 'fa'],
      ['due before the very instant', { dueBefore: at(60) }, ''],
      ['due from an instant on', { dueFrom: at(0) }, 'fa'],
      ['due soon', { dueFrom: at(0), dueBefore: at(61) }, 'fa'],
      ['waiting for the resident', { waitingFor: 'resident' }, 'c'],
      ['waiting for an agency', { waitingFor: 'agency' }, 'f'],
      ['any attention', { attention: true }, 'ec'],
      ['one kind of attention', { attention: 'progress-due' }, 'e'],
      ['owed by hand', { owed: true }, 'fa'],
      ['a resident', { resident: 'AMIT@home.EXAMPLE' }, 'b'],
      ['received from', { receivedFrom: at(20) }, 'fedc'],
      ['received before', { receivedBefore: at(20) }, 'ba'],
      ['received between', { receivedFrom: at(20), receivedBefore: at(40) }, 'dc'],
      ['a scope of everything', { scope: everything }, 'fedcba'],
      ['a scope of stations', { scope: { ...everything, stations: ['lake', 'kasba'] } }, 'edb'],
      ['a scope without the hidden', { scope: { stations: null, restrictions: ['none', 'named'] } }, 'fecba'],
      [
        'a scope of one station without the named',
        { scope: { stations: ['lake'], restrictions: ['none'] } },
        'b',
      ],
      ['a scope of no station', { scope: { ...everything, stations: [] } }, ''],
      ['a scope of no restriction', { scope: { stations: null, restrictions: [] } }, ''],
      ['a station outside the scope', { station: 'kasba', scope: { ...everything, stations: ['lake'] } }, ''],
      [
        'several at once',
        { station: 'behala', unclosed: true, officer: null, urgency: 'urgent', receivedFrom: at(1) },
        'f',
      ],
    ])('are held to by %s, in either order', async (_what, filter, expected) => {
      const list = await openAll(the);
      expect(await list(filter)).toBe(expected);
      const byDeadline = await list({ ...filter, sort: 'deadline' });
      expect(byDeadline.split('').sort().reverse().join('')).toBe(expected);
      expect(byDeadline).toBe([...'bafedc'].filter((key) => expected.includes(key)).join(''));
      expect(await the.store.tickets.count({ limit: 10, ...filter })).toBe(expected.length);
    });

    it('are counted no further than the limit', async () => {
      await openAll(the);
      expect(await the.store.tickets.count({ limit: 4 })).toBe(4);
    });

    it('are found by their ids', async () => {
      const [a, , c] = [await the.openTicket(), await the.openTicket(), await the.openTicket()];
      const found = await the.store.tickets.withIds([c.id, a.id, 'nobody']);
      expect(found.map(({ id }) => id).sort()).toEqual([a.id, c.id].sort());
      expect(await the.store.tickets.withIds([])).toEqual([]);
    });

    it('go on after the last of the page before', async () => {
      const list = await openAll(the);
      expect(await list({ unclosed: true, limit: 2 })).toBe('fc');
      expect(await list({ unclosed: true, limit: 2, after: 'REF-c' })).toBe('ba');
      expect(await list({ unclosed: true, limit: 2, after: 'REF-a' })).toBe('');
      expect(await list({ after: 'nobody' })).toBe('');
      expect(await list({ after: 'nobody', sort: 'deadline' })).toBe('');
    });

    it('count what each view of the desk holds', async () => {
      await openAll(the);
      const asked = { officer: 'si.roy', now: at(0), soon: at(61) };
      const everything = { all: 4, mine: 1, unowned: 2, dueSoon: 2, overdue: 1, waiting: 2, junk: 0 };
      expect(await the.store.tickets.countViews(asked)).toEqual(everything);
      const scope = { stations: ['lake'], restrictions: ['none'] } as const;
      const atLake = { all: 1, mine: 1, unowned: 0, dueSoon: 0, overdue: 1, waiting: 0, junk: 0 };
      expect(await the.store.tickets.countViews({ ...asked, scope })).toEqual(atLake);
      await the.openTicket({ junk: 'junk' });
      expect((await the.store.tickets.countViews(asked)).junk).toBe(1);
    });

    it('name an acknowledgement owed by hand until its clock is met', async () => {
      const list = await openAll(the);
      const a = await the.store.tickets.find('REF-a');
      await the.store.transact((unit) => unit.clocks.meet(a?.id ?? '', 'acknowledgement', at(5)));
      expect(await list({ owed: true })).toBe('f');
    });
  });
}

function describeDeadlines(name: string, open: OpenStore): void {
  describe(`tickets by deadline on ${name}`, () => {
    const the = freshStore(open);
    const resolution = (changes: Partial<TicketClock>) => aClock({ name: 'resolution', ...changes });

    /** Opens tickets in an order that neither ids nor times have; answers their references as they must be listed. */
    async function openMany(): Promise<string[]> {
      const open = (reference: string, clocks: TicketClock[], changes: Partial<Ticket> = {}) =>
        the.openTicket({ reference, ...changes }, clocks);
      await open('9-none', []);
      await open('4-tie-older', [aClock({ dueAt: at(30) })]);
      await open('8-paused', [resolution({ state: 'paused', dueAt: at(-99) })]);
      await open('6-later', [aClock({ dueAt: at(50) }), resolution({ dueAt: at(40) })]);
      await open('2-breached', [resolution({ dueAt: at(90) }), aClock({ state: 'breached', dueAt: at(-5) })]);
      await open('5-tie-newer', [resolution({ dueAt: at(30) }), aClock({ dueAt: at(30) })]);
      await open('7-met', [aClock({ dueAt: at(1), state: 'met', metAt: at(0) })], { state: 'closed' });
      await open('3-second-round', [
        resolution({ state: 'breached', dueAt: at(-50) }),
        resolution({ round: 2, dueAt: at(20) }),
      ]);
      await open('1-longest', [resolution({ state: 'breached', dueAt: at(-60) })]);
      return [
        '1-longest',
        '2-breached',
        '3-second-round',
        '4-tie-older',
        '5-tie-newer',
        '6-later',
        '7-met',
        '8-paused',
        '9-none',
      ];
    }

    async function walk(filter: Partial<TicketFilter>, limit: number): Promise<string[]> {
      const walked: string[] = [];
      for (let pages = 0; pages < 20; pages += 1) {
        const after = walked.at(-1);
        const page = await the.store.tickets.list({ ...filter, sort: 'deadline', limit, after });
        if (page.length === 0) return walked;
        expect(page.length).toBeLessThanOrEqual(limit);
        walked.push(...page.map((ticket) => ticket.reference));
      }
      throw new Error(`The pages do not end: ${walked.join(' ')}`);
    }

    it.each([1, 2, 3, 4, 6, 7, 100])('stand in order, read %d at a time', async (limit) => {
      const expected = await openMany();
      expect(await walk({}, limit)).toEqual(expected);
      const unclosed = expected.filter((reference) => reference !== '7-met');
      expect(await walk({ unclosed: true }, limit)).toEqual(unclosed);
    });

    it('move when a clock is met', async () => {
      await openMany();
      const ticket = await the.store.tickets.find('2-breached');
      await the.store.transact((unit) => unit.clocks.meet(ticket?.id ?? '', 'acknowledgement', at(0)));
      const walked = await walk({}, 100);
      expect(walked.indexOf('2-breached')).toBe(walked.indexOf('6-later') + 1);
    });
  });
}
