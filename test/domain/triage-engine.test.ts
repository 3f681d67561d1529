// How lists are read: on small lists of the test's own.
import { describe, expect, it } from 'vitest';
import { compileTriage, proposeTriage, type TriageLists } from '../../src/domain/triage.js';
import type { Combination, Softener, WordList } from '../../src/domain/triage-lists.js';

function lists(groups: WordList['groups'], more: Partial<TriageLists> = {}): TriageLists {
  const danger = Object.keys(groups).filter((group) => group.startsWith('danger'));
  return {
    words: [{ form: 'en', groups }],
    signs: danger.map((group) => ({ group, list: group, kind: 'danger', weight: 10 })),
    combinations: [],
    softeners: [],
    defaults: { OTHER: 'non-urgent' },
    votes: {},
    changes: [],
    marks: { urgent: 10, semiUrgent: 5, presumption: 1, category: 4 },
    ...more,
  };
}

function softener(group: string, more: Partial<Softener> = {}): Softener {
  const plain = { kind: group, side: 'either', within: 3, bound: 'sentence', factor: 0 } as const;
  return { ...plain, group, unlessBetween: [], unlessNear: [], only: [], ...more };
}

function scoreOf(given: TriageLists, text: string): number {
  return proposeTriage(compileTriage(given), { subject: '', text }).score;
}

describe('an entry', () => {
  const given = lists({
    danger: ['fire', 'stab*', 'gas .. leak', 'break _ door', '<weapon> in hand', '=Boti', 'locked|shut up'],
    weapon: ['knife', 'rod'],
  });
  it.each([
    ['fire', 10],
    ['firewood', 0],
    ['stabbed', 10],
    ['gas leak', 10],
    ['gas is about to leak', 10],
    ['gas can in the end leak', 0],
    ['gas. A leak', 0],
    ['gas, a leak', 10],
    ['break the door', 10],
    ['break door', 0],
    ['rod in hand', 10],
    ['rod in the hand', 0],
    ['boti', 10],
    ['shut up', 10],
    ['up', 0],
    ['Rs. 5 of gas. Leak', 0],
  ])('%s', (text, score) => expect(scoreOf(given, text)).toBe(score));
});

describe('a list counts once', () => {
  it.each([
    ['fire', 10],
    ['fire fire', 15],
    ['fire fire fire', 17.5],
    ['fire fire fire fire', 17.5],
    ['fire smoke', 20],
  ])('%s', (text, score) =>
    expect(scoreOf(lists({ danger: ['fire'], 'danger-smoke': ['smoke'] }), text)).toBe(score),
  );
});

describe('a combination', () => {
  const near: Combination = {
    name: 'armed',
    list: 'armed',
    kind: 'danger',
    near: ['weapon', 'person'],
    within: 3,
    weight: 8,
  };
  const given = lists(
    { weapon: ['knife'], person: ['man'], not: ['no'] },
    {
      combinations: [near],
      softeners: [softener('not', { side: 'before', within: 1 })],
    },
  );
  it.each([
    ['man with a knife', 8],
    ['knife of the man', 8],
    ['man of whom he took a knife', 0],
    ['knife', 0],
    ['man with no knife', 0],
  ])('%s', (text, score) => expect(scoreOf(given, text)).toBe(score));
});

describe('a softener reaches', () => {
  const groups = {
    danger: ['fire', 'not burning'],
    not: ['not', 'no'],
    stop: ['stop'],
    now: ['now'],
    cover: ['not only'],
  };
  it.each<[string, Partial<Softener>, string, number]>([
    ['before, within', { side: 'before' }, 'not a big fire', 0],
    ['before, too far', { side: 'before' }, 'not a very big fire', 10],
    ['before, not after', { side: 'before' }, 'fire not', 10],
    ['after', { side: 'after' }, 'fire not', 0],
    ['either', {}, 'fire not', 0],
    ['in the clause', { bound: 'clause' }, 'no, fire', 10],
    ['in the sentence', {}, 'no. Fire', 10],
    ['in the letter', { bound: 'letter' }, 'no. Fire', 0],
    ['with its factor', { factor: 0.5 }, 'no fire', 5],
    ['unless between', { unlessBetween: ['stop'] }, 'not stop fire', 10],
    ['unless near', { unlessNear: ['now'] }, 'not fire now', 10],
    ['only what it names', { only: ['other'] }, 'no fire', 10],
    ['no phrase it is part of', { side: 'before' }, 'not burning', 10],
    ['nothing when a longer phrase covers it', {}, 'not only fire', 10],
  ])('%s', (_name, more, text, score) =>
    expect(scoreOf(lists(groups, { softeners: [softener('not', more)], covers: ['cover'] }), text)).toBe(
      score,
    ),
  );
});

describe('circumstances and the everyday of a short letter', () => {
  const given = lists(
    { danger: ['fire'], now: ['now'], lamp: ['lamp'] },
    {
      signs: [
        { group: 'danger', list: 'fire', kind: 'danger', weight: 5 },
        { group: 'now', list: 'now', kind: 'circumstance', weight: 4 },
        { group: 'lamp', list: 'lamp', kind: 'everyday', weight: 6 },
      ],
    },
  );
  it.each([
    ['now', 4],
    ['now the lamp', 0],
    ['the lamp', 0],
    ['fire', 5],
    ['fire now', 9],
    ['fire and lamp', 0.8],
    ['fire now by the lamp', 3.6],
  ])('%s', (text, score) => expect(scoreOf(given, text)).toBe(score));
});

describe('the tone of a longer letter', () => {
  const given = lists(
    { danger: ['fire'], now: ['now'], lamp: ['lamp'] },
    {
      signs: [
        { group: 'danger', list: 'fire', kind: 'danger', weight: 8 },
        { group: 'now', list: 'now', kind: 'circumstance', weight: 4 },
        { group: 'lamp', list: 'lamp', kind: 'everyday', weight: 6 },
      ],
      tone: { she: 1, downstairs: 1, kindly: -1 },
      mix: { fromWords: 4, points: 10, danger: 0.5, circumstance: 0.5, everyday: 0.5, plain: 3 },
    },
  );
  it.each([
    ['she a b', 0],
    ['she a b c', 6],
    ['she she a b', 6],
    ['she downstairs a b', 11],
    ['Downstairs kindly a b', 1],
    ['kindly a b c', 0],
    ['she a b now', 8],
    ['she a b lamp', 3],
    ['she a b fire', 10],
    ['kindly a b fire', 5],
  ])('%s', (text, score) => expect(scoreOf(given, text)).toBe(score));

  it('is shown by the words that lean farthest', () =>
    expect(
      proposeTriage(compileTriage(given), { subject: '', text: 'she is downstairs kindly a' }).fired,
    ).toEqual([{ word: 'she … downstairs … kindly', list: 'tone', weight: 5.47, softened: null }]));
});

describe('urgency and category', () => {
  const given = lists(
    { danger: ['fire'], loud: ['loud'], now: ['now'], past: ['ago'] },
    {
      signs: [{ group: 'danger', list: 'fire', kind: 'danger', weight: 6 }],
      defaults: { NOI: 'non-urgent', EMG: 'urgent', OTHER: 'non-urgent' },
      votes: { NOI: { loud: 5 }, EMG: { danger: 5 } },
      changes: [{ category: 'NOI', to: 'semi-urgent', any: ['now'], none: ['past'] }],
      softeners: [softener('past', { factor: 0.2 })],
    },
  );
  it.each([
    ['nothing', 'non-urgent', 'OTHER'],
    ['loud', 'non-urgent', 'NOI'],
    ['loud now', 'semi-urgent', 'NOI'],
    ['loud now a year ago', 'non-urgent', 'NOI'],
    ['fire', 'urgent', 'EMG'],
    ['fire ago', 'non-urgent', 'OTHER'],
    ['loud fire', 'semi-urgent', 'NOI'],
  ])('%s', (text, urgency, category) =>
    expect(proposeTriage(compileTriage(given), { subject: '', text })).toMatchObject({ urgency, category }),
  );

  it('shows the words that fired, and why they counted less', () =>
    expect(proposeTriage(compileTriage(given), { subject: '', text: 'Fire, years ago.' }).fired).toEqual([
      { word: 'fire', list: 'fire', weight: 1.2, softened: 'past' },
    ]));

  it('shows the heaviest first', () =>
    expect(
      proposeTriage(compileTriage(given), { subject: 'Loud', text: 'fire' }).fired.map(({ word, list }) => [
        word,
        list,
      ]),
    ).toEqual([
      ['fire', 'fire'],
      ['loud', 'NOI'],
    ]));
});

describe('lists that cannot be compiled', () => {
  it.each([
    [{ danger: ['<nobody> runs'] }, /no list has single words for <nobody>/],
    [{ danger: ['.. runs'] }, /must begin with a word/],
    [{ danger: ['_ runs'] }, /must begin with a word/],
  ])('%j', (groups, message) => expect(() => compileTriage(lists(groups))).toThrow(message));
});

describe('hostile letters are judged in bounded time', () => {
  const rules = compileTriage(
    lists(
      { danger: ['fire', 'a .. a .. a .. a .. b', 'x*'], not: ['not'] },
      { softeners: [softener('not')] },
    ),
  );
  it.each([
    ['one word', 'a'.repeat(3_000_000)],
    ['one word again and again', 'fire '.repeat(500_000)],
    ['gaps', 'a '.repeat(500_000)],
    ['words never seen', Array.from({ length: 100_000 }, (_, index) => `x${index}`).join(' ')],
    ['signs', '@.,;!'.repeat(500_000)],
    ['blank lines', '\n'.repeat(2_000_000)],
    ['negations', 'not fire '.repeat(300_000)],
  ])('%s', (_name, text) => {
    const { fired } = proposeTriage(rules, { subject: text.slice(0, 1_000_000), text });
    expect(fired.length).toBeLessThanOrEqual(30);
  });
});
