import { describe, expect, it } from 'vitest';
import { buildDirectory } from '../../../src/domain/directory.js';
import { type Officer, peopleOf } from '../../../src/domain/people.js';
import { type Ticket, type TicketClock, UNTOUCHED } from '../../../src/domain/ticket.js';
import type { OfficeRules } from '../../../src/ports/office.js';
import { deadlineOf, languageOfScript, type RowContext, rowOf } from '../../../src/web/inbox/row-view.js';
import { aClock, anOfficer } from '../escalation-house.js';

const NOW = '2026-11-24T10:00:00.000Z';
const station = {
  code: 'behala',
  name: { en: 'Behala', bn: 'বেহালা' },
  force: 'kp',
  division: 'sw',
  addresses: ['b@x.example'],
};
const rules = {
  directory: buildDirectory([station], 'x.example'),
  postmaster: station,
  categories: new Map([['NOISE', { code: 'NOISE', name: { en: 'Noise' } }]]),
} as unknown as OfficeRules;

const ticket: Ticket = {
  ...UNTOUCHED,
  id: 'T1',
  reference: 'BEHALA-26-000123-K',
  station: 'behala',
  state: 'open',
  urgency: 'urgent',
  category: 'NOISE',
  urgencyBy: null,
  proposal: null,
  restriction: 'none',
  language: 'en',
  languages: ['en'],
  subject: '  Loud music  ',
  resident: { address: 'rita@home.example', name: ' ', verdict: 'unknown' },
  receivedAt: '2026-11-24T03:00:00.000Z',
  acknowledgedAt: null,
  officer: null,
};

const clock = (changes: Partial<TicketClock>): TicketClock => ({
  ...aClock,
  state: 'running',
  breachedAt: null,
  ...changes,
});

const context = (officers: Officer[], changes: Partial<RowContext> = {}): RowContext => ({
  now: NOW,
  people: peopleOf(officers, []),
  rules,
  reader: 'oc-behala',
  showStation: true,
  ...changes,
});

describe('what presses', () => {
  it.each([
    ['2026-11-24T09:59:00.000Z', { kind: 'late', ms: 60_000 }],
    ['2026-11-24T10:00:00.000Z', { kind: 'late', ms: 0 }],
    ['2026-11-24T12:00:00.000Z', { kind: 'soon', ms: 7_200_000 }],
    ['2026-11-24T12:00:00.001Z', { kind: 'calm', ms: 7_200_001 }],
  ])('at ten, what is due at %s is %o', (dueAt, expected) => {
    expect(deadlineOf(ticket, [clock({ dueAt })], NOW)).toMatchObject({
      clock: 'first-action',
      at: dueAt,
      ...expected,
    });
  });

  it('is the first of the clocks that press', () => {
    const clocks = [
      clock({ name: 'resolution', dueAt: '2026-11-25T10:00:00.000Z' }),
      clock({ name: 'acknowledgement', state: 'met', metAt: NOW, dueAt: '2026-11-24T01:00:00.000Z' }),
      clock({ name: 'first-action', dueAt: '2026-11-24T20:00:00.000Z' }),
    ];
    expect(deadlineOf(ticket, clocks, NOW)).toMatchObject({ clock: 'first-action', kind: 'calm' });
  });

  it('is nothing while it waits, when it is closed, or without clocks', () => {
    const waiting = {
      ...ticket,
      state: 'waiting',
      waitingFor: 'resident',
      waitingUntil: '2026-11-30T10:00:00.000Z',
    } as const;
    expect(deadlineOf(waiting, [clock({ state: 'paused' })], NOW)).toEqual({
      kind: 'awaited',
      for: 'resident',
      at: '2026-11-30T10:00:00.000Z',
    });
    expect(deadlineOf({ ...ticket, state: 'closed', closedAt: NOW }, [], NOW)).toEqual({
      kind: 'over',
      at: NOW,
    });
    expect(deadlineOf(ticket, [], NOW)).toEqual({ kind: 'none' });
  });
});

describe('a row', () => {
  it('says who has it, who answers while nobody has it, and that nobody does', () => {
    const oc = anOfficer();
    const roy = anOfficer({ id: 'si-roy', name: 'Mita Roy', title: 'SI', rank: 'officer' });
    expect(rowOf({ ...ticket, officer: 'si-roy' }, [], context([oc, roy])).owner).toEqual({
      kind: 'officer',
      name: 'SI Mita Roy',
    });
    expect(rowOf(ticket, [], context([oc, roy])).owner).toEqual({
      kind: 'post',
      names: ['Inspector A. Sen'],
    });
    expect(rowOf(ticket, [], context([])).owner).toEqual({ kind: 'nobody' });
    expect(rowOf({ ...ticket, state: 'closed' }, [], context([oc])).owner).toEqual({ kind: 'nobody' });
    expect(rowOf({ ...ticket, officer: 'oc-behala' }, [], context([oc])).isMine).toBe(true);
  });

  it('names the sender, or the address, and the station only among several', () => {
    expect(rowOf(ticket, [], context([]))).toMatchObject({
      subject: 'Loud music',
      from: 'rita@home.example',
      category: { en: 'Noise' },
      station: { en: 'Behala' },
    });
    expect(rowOf(ticket, [], context([], { showStation: false })).station).toBeNull();
    expect(rowOf({ ...ticket, category: 'GONE' }, [], context([])).category).toBeNull();
  });

  it.each<[Partial<Ticket>, string[]]>([
    [{}, []],
    [{ state: 'new' }, ['inbox.state.new']],
    [{ state: 'merged' }, ['inbox.state.merged']],
    [{ attention: 'not-delivered', reopened: 2 }, ['inbox.attention.not-delivered', 'inbox.mark.reopened']],
    [
      { junk: 'suspected', restriction: 'named', repeats: 1 },
      ['inbox.mark.suspected', 'inbox.mark.restricted', 'inbox.mark.repeated'],
    ],
  ])('marks %o by %o', (changes, keys) => {
    expect(rowOf({ ...ticket, ...changes }, [], context([])).marks.map(({ key }) => key)).toEqual(keys);
  });

  it.each([
    ['Loud music', 'en'],
    ['রাতে মাইক', 'bn'],
    ['Re: गली में झगड़ा', 'hi'],
    ['Lost / মোবাইল और', 'bn'],
    ['', 'en'],
  ])('says that %j is %s', (text, language) => {
    expect(languageOfScript(text)).toBe(language);
  });
});
