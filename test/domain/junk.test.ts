import { describe, expect, it } from 'vitest';
import {
  isOverMark,
  type JunkOpinion,
  junkStateOf,
  opinionOfRelay,
  opinionOfRspamd,
} from '../../src/domain/junk.js';
import type { Header } from '../../src/domain/message.js';
import { markInfected } from '../../src/domain/screened.js';

const RECEIVED: Header = { name: 'received', value: 'from pc.home.example by relay.city.example' };

function above(...pairs: [string, string][]): JunkOpinion | null {
  return opinionOfRelay([...pairs.map(([name, value]) => ({ name, value })), RECEIVED]);
}

describe('what a relay wrote', () => {
  it.each<[string, [string, string][], Partial<JunkOpinion>]>([
    ['a flag', [['x-spam-flag', 'YES']], { isJunk: true, score: null, words: [] }],
    ['a flag that says no', [['x-spam-flag', 'NO']], { isJunk: false }],
    [
      'the status of SpamAssassin',
      [
        [
          'x-spam-status',
          'Yes, score=7.2 required=5.0 tests=BAYES_99,HTML_MESSAGE, URIBL_X autolearn=no version=4.0.0',
        ],
      ],
      { isJunk: true, score: 7.2, threshold: 5, words: ['BAYES_99', 'HTML_MESSAGE', 'URIBL_X'] },
    ],
    [
      'a status below the mark',
      [['x-spam-status', 'No, score=-1.9 required=5.0 tests=none']],
      { isJunk: false, score: -1.9, threshold: 5 },
    ],
    ['an old status', [['x-spam-status', 'Yes, hits=6 required=5']], { isJunk: true, score: 6 }],
    ['a score alone', [['x-spam-score', '12.5']], { isJunk: false, score: 12.5 }],
    [
      'the result of rspamd',
      [
        [
          'x-spamd-result',
          'default: False [4.50 / 15.00]; ARC_NA(0.00)[]; BAYES_SPAM(3.00)[99%]; R_SPF_ALLOW(-0.20)[+a]',
        ],
      ],
      { isJunk: false, score: 4.5, threshold: 15, words: ['ARC_NA', 'BAYES_SPAM', 'R_SPF_ALLOW'] },
    ],
    [
      'a result that says yes',
      [['x-spamd-result', 'default: True [16.1 / 15.00]; GTUBE(0.00)[]']],
      { isJunk: true },
    ],
    ['an action', [['x-rspamd-action', 'add header']], { isJunk: true }],
    ['an action that only puts off', [['x-rspamd-action', 'soft reject']], { isJunk: false }],
    [
      'several that agree on nothing',
      [
        ['x-spam-flag', 'NO'],
        ['x-spam', 'Yes'],
        ['x-rspamd-score', '8'],
        ['x-spam-score', '3'],
      ],
      { isJunk: true, score: 8 },
    ],
    [
      'nonsense',
      [
        ['x-spam-score', 'very much'],
        ['x-spam-status', ''.padEnd(5_000, 'Yes')],
      ],
      { score: null },
    ],
  ])('reads %s', (_name, pairs, expected) => {
    expect(above(...pairs)).toMatchObject(expected);
  });

  it('is nothing below the first Received, or where there is none', () => {
    const forged = { name: 'x-spam-flag', value: 'YES' };
    expect(opinionOfRelay([RECEIVED, forged])).toBeNull();
    expect(opinionOfRelay([forged])).toBeNull();
    expect(opinionOfRelay([])).toBeNull();
  });

  it('is not confused by headers named like parts of JavaScript', () => {
    expect(above(['constructor', 'YES'], ['__proto__', 'YES'])).toBeNull();
  });

  it('keeps at most 30 words', () => {
    const tests = Array.from({ length: 200 }, (_, n) => `RULE_${n}`).join(',');
    expect(above(['x-spam-status', `Yes, score=9 required=5 tests=${tests}`])?.words).toHaveLength(30);
  });
});

describe('what rspamd answers', () => {
  it.each([
    [{ score: 15.2, required_score: 15, action: 'reject', symbols: { GTUBE: { score: 0 } } }, true],
    [{ score: 7, required_score: 15, action: 'add header' }, true],
    [{ score: 5, required_score: 15, action: 'greylist', symbols: null }, false],
    [{ score: 0, action: 'no action' }, false],
  ])('%j', (answer, isJunk) => {
    expect(opinionOfRspamd(answer)).toMatchObject({ from: 'rspamd', isJunk, score: answer.score });
  });

  it.each([
    null,
    'x',
    [],
    {},
    { score: '9', action: 'reject' },
    { score: Number.NaN, action: 'reject' },
    { score: 1 },
  ])('is no verdict: %j', (answer) => {
    expect(opinionOfRspamd(answer)).toBeUndefined();
  });
});

const OPINION: JunkOpinion = { from: 'rspamd', isJunk: false, score: 6, threshold: 15, words: [] };

describe('the mark', () => {
  it.each<[string, JunkOpinion | null, number | null, boolean]>([
    ['nobody judged', null, 1, false],
    ['below', OPINION, 6.5, false],
    ['reached', OPINION, 6, true],
    ['no mark', OPINION, null, false],
    ['the judge says so', { ...OPINION, isJunk: true }, 100, true],
    ['no score', { ...OPINION, score: null }, 1, false],
  ])('%s', (_name, opinion, mark, expected) => {
    expect(isOverMark(opinion, mark)).toBe(expected);
  });
});

describe('what becomes of a letter', () => {
  const plain = { urgency: 'non-urgent', restriction: 'none', continues: false } as const;
  it.each([
    [false, plain, null],
    [true, plain, 'junk'],
    [true, { ...plain, urgency: null }, 'junk'],
    [true, { ...plain, urgency: 'semi-urgent' as const }, 'junk'],
    [true, { ...plain, urgency: 'urgent' as const }, 'suspected'],
    [true, { ...plain, restriction: 'dc' as const }, 'suspected'],
    [true, { ...plain, continues: true }, 'suspected'],
  ])('%s %j -> %s', (isJunk, facts, expected) => {
    expect(junkStateOf(isJunk, facts)).toBe(expected);
  });
});

describe('infected attachments', () => {
  const one = { name: 'a.txt', type: 'text/plain', size: 1, sha256: 'aa', part: '2' };
  const two = { ...one, part: '3' };
  it('are all of them when nobody knows which', () => {
    const marked = markInfected([one, two], { signature: 'V', parts: [] });
    expect(marked.map(({ infected }) => infected)).toEqual(['V', 'V']);
  });
  it('are those that were found', () => {
    const marked = markInfected([one, two], { signature: 'V', parts: [{ part: '3', signature: 'W' }] });
    expect(marked.map(({ infected }) => infected)).toEqual([undefined, 'W']);
  });
  it('are none in a clean letter', () => {
    expect(markInfected([one], null)).toEqual([one]);
    expect(markInfected([one], undefined)).toEqual([one]);
  });
});
