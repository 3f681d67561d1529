// What the ticket's page says, from records to plain data.
import { describe, expect, it } from 'vitest';
import type { ComingStep } from '../../../src/domain/coming-steps.js';
import type { Escalation } from '../../../src/domain/escalation.js';
import type { Officer } from '../../../src/domain/people.js';
import { formatReference } from '../../../src/domain/reference.js';
import { actorOf } from '../../../src/domain/rights.js';
import type { TicketClock } from '../../../src/domain/ticket.js';
import type { OfficeRules } from '../../../src/ports/office.js';
import { fieldOf } from '../../../src/web/frame/route.js';
import { clockLines, nextDeadline, stepLines, toldLines } from '../../../src/web/ticket/clock-view.js';
import { PAGE_DEEDS } from '../../../src/web/ticket/deed-table.js';
import { journalLines } from '../../../src/web/ticket/journal-view.js';
import { languageOfText, piecesOf } from '../../../src/web/ticket/letter-text.js';
import { aClock, anEscalation, anOfficer } from '../escalation-house.js';

const REFERENCE = formatReference('behala', 2026, 123);
const NOW = '2026-11-24T10:00:00.000Z';
const RULES = {
  directory: { stations: new Map([['lake', { code: 'lake', name: { en: 'Lake PS' } }]]) },
  postmaster: { code: 'postmaster', name: { en: 'Postmaster' } },
} as unknown as OfficeRules;
const people = new Map([['oc-behala', anOfficer()]]);
const naming = { people, rules: RULES, language: 'en' as const };

const clock = (changes: Partial<TicketClock>): TicketClock => ({
  ...aClock,
  state: 'running',
  breachedAt: null,
  startedAt: '2026-11-24T08:00:00.000Z',
  dueAt: '2026-11-24T12:00:00.000Z',
  ...changes,
});

describe('the text of a letter', () => {
  it.each([
    ['Please help.', [['own', 'Please help.', false]]],
    ['', []],
    [
      'Yes.\n\n> Is it solved?\n> Please say.',
      [
        ['own', 'Yes.', false],
        ['quoted', '> Is it solved?\n> Please say.', true],
      ],
    ],
    ['> only\n> quoted', [['quoted', '> only\n> quoted', false]]],
    [
      'No.\n\n-- \nRita\nLane 4\nKolkata',
      [
        ['own', 'No.', false],
        ['signature', '-- \nRita\nLane 4\nKolkata', true],
      ],
    ],
    ['First.\n\n  indented\n\nLast.', [['own', 'First.\n\n  indented\n\nLast.', false]]],
  ])('is in pieces: %j', (text, wanted) => {
    expect(piecesOf(text).map(({ kind, text: words, isFolded }) => [kind, words, isFolded])).toEqual(wanted);
  });

  it.each([
    ['আমাদের পাড়ায় রোজ রাতে মাইক বাজে', 'bn'],
    ['हमारी गली में रोज़ झगड़ा होता है', 'hi'],
    ['There is loud music every night', 'en'],
    ['', null],
  ])('says its language where the script tells: %s', (text, language) => {
    expect([language, null]).toContain(languageOfText(text));
  });
});

describe('a clock', () => {
  it.each<[Partial<TicketClock>, string, string]>([
    [{}, 'runs', 'ticket.clock.due'],
    [{ startedAt: '2026-11-23T08:00:00.000Z' }, 'soon', 'ticket.clock.due'],
    [
      { dueAt: '2026-11-24T09:00:00.000Z', state: 'breached', breachedAt: '2026-11-24T09:00:00.000Z' },
      'late',
      'ticket.clock.late',
    ],
    [{ dueAt: NOW }, 'late', 'ticket.clock.late'],
    [{ state: 'met', metAt: '2026-11-24T09:00:00.000Z' }, 'met', 'ticket.clock.met'],
    [{ state: 'met', metAt: NOW, breachedAt: '2026-11-24T09:00:00.000Z' }, 'met', 'ticket.clock.met-late'],
    [{ state: 'paused' }, 'rests', 'ticket.clock.paused'],
    [{ state: 'lifted' }, 'rests', 'ticket.clock.lifted'],
  ])('%j stands as %s', (changes, state, says) => {
    expect(clockLines([clock(changes)], NOW)).toMatchObject([{ state, says }]);
  });

  it('that is due first is the next deadline; only the newest round counts', () => {
    const lines = clockLines(
      [
        clock({ name: 'resolution', dueAt: '2026-11-26T00:00:00.000Z' }),
        clock({ name: 'first-action', round: 2, dueAt: '2026-11-25T00:00:00.000Z' }),
        clock({ name: 'first-action', round: 1, dueAt: '2026-11-24T00:00:00.000Z' }),
        clock({ name: 'acknowledgement', state: 'met', metAt: NOW }),
      ],
      NOW,
    );
    expect(nextDeadline(lines)).toMatchObject({ name: 'ticket.clock.first-action', round: 2 });
    expect(nextDeadline([])).toBeUndefined();
  });
});

describe('who is told', () => {
  it('next is named with rank and reason', () => {
    const coming: ComingStep[] = [
      { at: NOW, clock: 'first-action', step: 0, rank: 'oc', tells: ['oc-behala'], because: 'mark' },
      { at: NOW, clock: 'signature', step: 1, rank: 'resident', tells: [], because: 'mark' },
      { at: NOW, clock: 'first-action', step: 1, rank: 'ac', tells: [], because: 'unanswered' },
    ];
    expect(stepLines(naming, coming)).toMatchObject([
      { rank: 'frame.rank.oc', names: ['Inspector A. Sen'], isUnanswered: false },
      { rank: null, names: [] },
      { rank: 'frame.rank.ac', names: [], isUnanswered: true },
    ]);
  });

  const station = { code: 'behala', name: { en: 'Behala' }, force: 'kp', division: 'sw', addresses: [] };
  const look = (officer: Officer, escalation: Partial<Escalation>) =>
    toldLines({ ...naming, actor: actorOf(officer), ticket: { restriction: 'none' } as never, station }, [
      anEscalation(escalation),
    ]);

  it.each<[string, Partial<Officer>, Partial<Escalation>, boolean]>([
    ['whoever was told', {}, {}, true],
    ['a lower rank that was not told', { id: 'si', rank: 'officer' }, {}, false],
    ['an auditor', { id: 'au', rank: 'auditor' }, {}, false],
    ['nobody, once it is acknowledged', {}, { acknowledgedAt: NOW, acknowledgedBy: 'oc-behala' }, false],
    ['nobody, once it is over', {}, { endedAt: NOW }, false],
    ['nobody, for a reminder to the resident', {}, { rank: 'resident', told: [] }, false],
  ])('may say so: %s', (_who, officer, escalation, may) => {
    expect(look(anOfficer(officer), escalation)).toMatchObject([{ mayAnswer: may }]);
  });
});

describe('the journal', () => {
  it('has the newest first, names people and places, and leaves out what nobody can read', () => {
    const entry = (event: string, actor: string, detail: Record<string, unknown>) => ({
      id: event,
      at: NOW,
      actor,
      event,
      detail,
    });
    const lines = journalLines(naming, [
      entry('assigned', 'oc-behala', { officer: 'oc-behala', from: null }),
      entry('transferred', 'operator', { to: 'lake', from: 'gone', reason: 'Theirs <b>', outboxId: '01X' }),
      entry('of-tomorrow', 'system', { at: NOW }),
    ]);
    expect(lines).toEqual([
      {
        at: NOW,
        who: 'Thanadak',
        what: { key: 'journal.other', values: { event: 'of-tomorrow' } },
        details: [],
      },
      {
        at: NOW,
        who: 'The operator',
        what: { key: 'journal.transferred' },
        details: ['Lake PS', 'gone', 'Theirs <b>'],
      },
      { at: NOW, who: 'Inspector A. Sen', what: { key: 'journal.assigned' }, details: ['Inspector A. Sen'] },
    ]);
  });
});

describe('a form', () => {
  const when = { now: NOW, timeZone: 'Asia/Kolkata' };

  it.each([
    ['reply', { text: ' We come.\r\nSoon. ' }, { text: 'We come.\nSoon.' }],
    [
      'ask',
      { question: 'Where?', until: '2026-11-26' },
      { text: 'Where?', until: '2026-11-26T18:29:59.999Z' },
    ],
    ['transfer', { station: 'lake', force: '', reason: 'A' }, { to: 'lake', reason: 'A' }],
    [
      'transfer',
      { station: 'lake', force: ' cp@other.example ', reason: 'A' },
      { to: 'cp@other.example', reason: 'A' },
    ],
    ['triage', { urgency: 'urgent', category: '' }, { urgency: 'urgent', category: undefined }],
    ['link', { reference: ` ${REFERENCE.toLowerCase()} ` }, { to: REFERENCE, untie: false }],
  ] as const)('of %s makes an order of %j', (name, form, order) => {
    expect(PAGE_DEEDS[name].read(form, when)).toEqual({ order });
  });

  it.each([
    ['reply', { text: '' }, 'text'],
    ['ask', { question: 'Where?', until: 'tomorrow' }, 'until'],
    ['ask', { question: 'Where?', until: '2026-02-30' }, 'until'],
    ['close', { done: 'A' }, 'outcome'],
    ['restrict', { restriction: 'all', reason: 'A' }, 'restriction'],
    ['merge', { reference: 'BEHALA-26-000123-X' }, 'reference'],
  ] as const)('of %s is wrong at its field: %j', (name, form, field) => {
    expect(PAGE_DEEDS[name].read(form, when)).toMatchObject({ field });
    expect(fieldOf(form, 'nothing')).toBe('');
  });
});
