import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TicketView } from '../../src/admin/views/ticket-view.js';
import { doDeed, openFreshTicket } from './deeds.js';
import { NOW, openTestHouse, type TestHouse } from './house.js';
import { addMessage } from './records.js';

let house: TestHouse;

beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

const fresh = () => openFreshTicket(house);
const deed = (...argv: string[]) => doDeed(house, ...argv);

interface Case {
  /** What was done before. */
  prior?: (reference: string) => string[][];
  argv: string[];
  json: object;
  text: string;
}

const CLOSED = (reference: string) => [['close', reference, '--outcome', 'resolved', '--text', 'Repaired.']];
const REGISTERED = (reference: string) => [['register', reference, '--substance', 'Theft of a bag.']];

const DEEDS: [string, Case][] = [
  [
    'triage',
    {
      argv: ['--urgency', 'urgent', '--category', 'other'],
      json: { urgency: 'urgent', category: 'OTHER', urgencyBy: 'operator', state: 'open' },
      text: 'was judged urgent, OTHER.',
    },
  ],
  ['assign', { argv: ['--officer', 'si-roy'], json: { officer: 'si-roy' }, text: 'was assigned to si-roy.' }],
  [
    'note',
    { argv: ['--text', 'Called.'], json: { notes: [{ text: 'Called.' }] }, text: 'was given a note.' },
  ],
  [
    'reply',
    {
      argv: ['--text', 'We come tomorrow.'],
      json: { messages: [{ direction: 'in' }, { direction: 'out', kind: 'reply' }] },
      text: 'was answered.\nA letter to rita@resident.example is on its way.',
    },
  ],
  [
    'ask',
    {
      argv: ['--text', 'Which lamp?', '--until', '3d'],
      json: { state: 'waiting', waitingFor: 'resident', waitingUntil: '2026-11-27T09:35:00.000Z' },
      text: "was set to wait for the resident's answer until 27 Nov 15:05.",
    },
  ],
  [
    'wait',
    {
      argv: ['--for', 'agency', '--until', '2026-12-01'],
      json: { state: 'waiting', waitingFor: 'agency', waitingUntil: '2026-12-01T18:29:59.999Z' },
      text: 'was set to wait for the agency until 1 Dec 23:59.',
    },
  ],
  [
    'resume',
    {
      prior: (reference) => [['wait', reference, '--for', 'agency', '--until', '3d']],
      argv: [],
      json: { state: 'open', waitingFor: null },
      text: 'was taken up again.',
    },
  ],
  [
    'transfer',
    {
      argv: ['--to', 'laketown', '--reason', 'It happened there.'],
      json: { station: 'laketown', state: 'new', passedOn: { to: 'laketown', kind: 'transfer' } },
      text: 'was passed on to laketown.',
    },
  ],
  [
    'refer',
    {
      argv: ['--agency', 'KMC', '--text', 'Please repair it.'],
      json: { passedOn: { to: 'kmc', kind: 'referral' } },
      text: 'was referred to kmc.\nA letter to control@kmc.example is on its way.',
    },
  ],
  [
    'close',
    {
      argv: ['--outcome', 'resolved', '--text', 'Repaired.'],
      json: { state: 'closed', outcome: 'resolved', nextDueAt: '2026-11-24T10:05:00.000Z' },
      text: 'was closed as resolved.',
    },
  ],
  [
    'reopen',
    {
      prior: CLOSED,
      argv: ['--reason', 'Dark again.'],
      json: { state: 'open', reopened: 1, outcome: null },
      text: 'was opened again.',
    },
  ],
  [
    'restrict',
    {
      argv: ['--restriction', 'dc', '--reason', 'Against an officer.'],
      json: { restriction: 'dc', owner: { rank: 'dc', officers: ['dc.sw@kolkatapolice.example'] } },
      text: 'was restricted: dc.',
    },
  ],
  [
    'register',
    {
      argv: ['--substance', 'Theft of a bag.'],
      json: { information: { year: 2026, substance: 'Theft of a bag.', signedAt: null } },
      text: 'was entered in the register of electronic information.',
    },
  ],
  [
    'sign',
    {
      prior: REGISTERED,
      argv: ['--how', 'at-station'],
      json: { information: { signedAt: NOW, signedHow: 'at-station', signedBefore: 'operator' } },
      text: 'was recorded as signed at-station.',
    },
  ],
  [
    'decide',
    {
      prior: REGISTERED,
      argv: ['--decision', 'fir', '--text', '412/26'],
      json: { information: { decision: 'fir' }, firNumber: '412/26' },
      text: 'was decided: fir.',
    },
  ],
  [
    'record',
    {
      argv: ['--fir', '412/26', '--gd', '77'],
      json: { firNumber: '412/26', gdNumber: '77' },
      text: 'was given FIR 412/26 and GD 77.',
    },
  ],
  [
    'progress',
    {
      prior: (reference) => [['record', reference, '--fir', '412/26']],
      argv: ['--text', 'Two were arrested.'],
      json: { messages: [{ direction: 'in' }, { direction: 'out', kind: 'reply' }] },
      text: 'was reported on to the informant.',
    },
  ],
];

describe('every deed', () => {
  it.each(DEEDS)('%s answers the ticket as ticket show gives it', async (name, { prior, argv, json }) => {
    const { reference } = await fresh();
    for (const earlier of prior?.(reference) ?? []) await deed(...earlier);
    const done = await deed(name, reference.toLowerCase(), ...argv);
    expect(done).toMatchObject({ reference, ...json });
    expect(done).toEqual((await house.run('ticket', 'show', reference, '--json')).json());
  });

  it.each(DEEDS)('%s says to people what was done', async (name, { prior, argv, text }) => {
    const { reference } = await fresh();
    for (const earlier of prior?.(reference) ?? []) await deed(...earlier);
    const { code, out, err } = await house.run('ticket', name, reference, ...argv);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.startsWith(`${reference} ${text}`), out).toBe(true);
  });

  it.each(DEEDS)('%s changes nothing with --dry-run', async (name, { prior, argv, text }) => {
    const { reference } = await fresh();
    for (const earlier of prior?.(reference) ?? []) await deed(...earlier);
    const show = async () => (await house.run('ticket', 'show', reference, '--json')).out;
    const then = await show();
    const owed = await house.store.outbox.counts();
    const { code, out, err } = await house.run('ticket', name, reference, ...argv, '--dry-run');
    const phrase = (text.split('\n')[0] ?? '').replace('was ', 'would be ');
    expect({ code, out }).toEqual({ code: 0, out: `${reference} ${phrase}\n` });
    expect(err).toContain('Nothing was changed.');
    expect(await show()).toBe(then);
    expect(await house.store.outbox.counts()).toEqual(owed);
  });
});

describe('deeds with two tickets', () => {
  it('merge shows the messages of what was merged, and unmerge takes them out', async () => {
    const [one, two, three] = [await fresh(), await fresh(), await fresh()];
    await addMessage(house, three, { receivedAt: '2026-11-24T09:00:00.000Z', text: 'The first of all.' });
    await deed('merge', three.reference, '--into', two.reference);
    const merged = await deed('merge', two.reference, '--into', one.reference.toLowerCase());
    expect(merged).toMatchObject({ state: 'merged', mergedInto: one.reference });
    const all: TicketView = (await house.run('ticket', 'show', one.reference, '--json')).json();
    expect(all.includes).toEqual([two.reference, three.reference]);
    expect(all.messages.map(({ reference }) => reference)).toEqual([
      three.reference,
      one.reference,
      two.reference,
      three.reference,
    ]);
    expect((await house.run('ticket', 'show', one.reference)).out).toContain(
      `From rita@resident.example, 24 Nov 14:30 (letter, on ${three.reference})`,
    );
    expect(await deed('unmerge', two.reference)).toMatchObject({ state: 'open', mergedInto: null });
    expect((await house.run('ticket', 'show', one.reference, '--json')).json()).toMatchObject({
      includes: [],
    });
  });

  it('split answers the new ticket', async () => {
    const ticket = await fresh();
    const message = await addMessage(house, ticket, { subject: 'Another matter' });
    const plan = await house.run('ticket', 'split', ticket.reference, '--message', message.id, '--dry-run');
    expect(plan.out).toContain(`${ticket.reference} would be split: message ${message.id}`);
    const opened = await deed('split', ticket.reference, '--message', message.id);
    expect(opened).toMatchObject({ subject: 'Another matter', linked: [ticket.reference], state: 'new' });
    expect(opened.reference).not.toBe(ticket.reference);
  });

  it('link ties both, and --untie parts them', async () => {
    const [one, two] = [await fresh(), await fresh()];
    expect(await deed('link', one.reference, '--to', two.reference)).toMatchObject({
      linked: [two.reference],
    });
    const { out } = await house.run('ticket', 'link', one.reference, '--to', two.reference, '--untie');
    expect(out).toContain(`${one.reference} was parted from ${two.reference}.\n`);
    expect((await house.run('ticket', 'show', two.reference, '--json')).json()).toMatchObject({ linked: [] });
  });
});
