import { describe, expect, it } from 'vitest';
import type { StepRule } from '../../src/domain/escalation.js';
import { type LadderRank, type Officer, peopleOf } from '../../src/domain/people.js';
import type { Station } from '../../src/domain/station.js';
import { ownersOf, stepAfter, toldFor } from '../../src/domain/told.js';

const now = '2026-11-24T04:00:00.000Z';
const later = '2026-11-30T04:00:00.000Z';
const station: Station = {
  code: 'behala',
  name: { en: 'Behala' },
  force: 'kp',
  division: 'sw',
  addresses: ['behala.ps@kolkatapolice.example'],
};

function officer(id: string, rank: Officer['rank'], more: Partial<Officer> = {}): Officer {
  const place = rank === 'officer' || rank === 'oc' ? { stations: ['behala'] } : { divisions: ['kp/sw'] };
  const base = {
    id,
    name: id,
    title: '',
    rank,
    address: `${id}@kolkatapolice.example`,
    stations: [],
    divisions: [],
  };
  return { ...base, readsRestricted: false, disabled: false, away: null, ...place, ...more };
}

const everybody = [
  officer('si', 'officer'),
  officer('oc', 'oc'),
  officer('ac', 'ac'),
  officer('dc', 'dc'),
  officer('it', 'admin'),
];
const away = (id: string, deputy: string | null) => ({
  ...(everybody.find((one) => one.id === id) ?? officer(id, 'officer')),
  away: { until: later, deputy },
  absenceOnly: true,
});

interface Row {
  name: string;
  rank: LadderRank;
  recorded?: (Officer & { absenceOnly: boolean })[];
  people?: Officer[];
  ticket?: Partial<Parameters<typeof toldFor>[1]['ticket']>;
  expected: [LadderRank, string[]];
}

const rows: Row[] = [
  { name: 'the assigned officer', rank: 'officer', ticket: { officer: 'si' }, expected: ['officer', ['si']] },
  { name: 'the OC when nobody is assigned', rank: 'officer', expected: ['oc', ['oc']] },
  {
    name: 'the stand-in of an absent officer',
    rank: 'officer',
    ticket: { officer: 'si' },
    recorded: [away('si', 'oc')],
    expected: ['oc', ['oc']],
  },
  {
    name: 'the OC when the assigned officer is away without a deputy',
    rank: 'officer',
    ticket: { officer: 'si' },
    recorded: [away('si', null)],
    expected: ['oc', ['oc']],
  },
  {
    name: 'the AC when the OC is away without a deputy',
    rank: 'oc',
    recorded: [away('oc', null)],
    expected: ['ac', ['ac']],
  },
  {
    name: 'the next above two that nobody holds',
    rank: 'oc',
    people: everybody.filter(({ rank }) => rank === 'dc' || rank === 'admin'),
    expected: ['dc', ['dc']],
  },
  {
    name: 'the IT cell when nobody else is there',
    rank: 'ac',
    people: [officer('it', 'admin')],
    expected: ['admin', ['it']],
  },
  {
    name: 'the DC of a complaint against police, whoever was meant',
    rank: 'officer',
    ticket: { restriction: 'dc', officer: 'si' },
    expected: ['dc', ['dc']],
  },
  {
    name: 'the rank a ticket has risen to',
    rank: 'officer',
    ticket: { level: 'ac', officer: 'si' },
    expected: ['ac', ['ac']],
  },
  {
    name: 'nobody of another division',
    rank: 'dc',
    people: [officer('other', 'dc', { divisions: ['kp/south'] }), officer('it', 'admin')],
    expected: ['admin', ['it']],
  },
  {
    name: 'no deputy of a deputy in a circle',
    rank: 'officer',
    ticket: { officer: 'si' },
    recorded: [away('si', 'oc'), away('oc', 'si')],
    expected: ['ac', ['ac']],
  },
];

describe('a step tells', () => {
  it.each(rows)('$name', ({ rank, recorded = [], people = everybody, ticket = {}, expected }) => {
    const about = {
      ticket: { restriction: 'none', level: 'officer', officer: null, ...ticket } as const,
      station,
    };
    const post = toldFor(rank, { ...about, people: peopleOf(people, recorded) }, now);
    expect([post.rank, post.holders.map(({ id }) => id)]).toEqual(expected);
  });

  it('an officer again who is back', () => {
    const people = peopleOf(everybody, [away('oc', null)]);
    const ticket = { restriction: 'none', level: 'officer', officer: null } as const;
    expect(toldFor('oc', { ticket, station, people }, later).holders.map(({ id }) => id)).toEqual(['oc']);
  });
});

it('a ticket is owned by somebody even when its whole station is gone', () => {
  const people = peopleOf(
    everybody.map((one) => (one.rank === 'admin' ? one : { ...one, disabled: true })),
    [],
  );
  const ticket = { restriction: 'none', level: 'officer', officer: 'si' } as const;
  expect(ownersOf(ticket, station, { people, now })).toMatchObject({
    rank: 'admin',
    holders: [{ id: 'it' }],
  });
});

describe('when nobody acknowledges', () => {
  const step = (rank: StepRule['rank'], marked: boolean): StepRule => {
    return { rank, at: marked ? { percent: 80 } : null, answerWithinMs: 1 };
  };
  const ladder = [step('officer', true), step('oc', true), step('ac', false), step('dc', false)];
  it.each([
    ['after the OC comes the AC', { step: 1, rank: 'oc' }, 2],
    ['after the AC comes the DC', { step: 2, rank: 'ac' }, 3],
    ['the DC is not told twice when the AC step fell to the DC', { step: 2, rank: 'dc' }, undefined],
    ['a marked step waits for its mark', { step: 0, rank: 'officer' }, undefined],
    ['nobody is above the last', { step: 3, rank: 'dc' }, undefined],
  ] as const)('%s', (_name, told, expected) => {
    expect(stepAfter(ladder, told)).toBe(expected);
  });
});
