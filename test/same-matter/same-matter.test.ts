// How well letters are sorted. Precision is the promise; recall is what is left of it.
import { describe, expect, it } from 'vitest';
import { matterKeys } from '../../src/domain/same-matter.js';
import { incidentsFoundWhole, judgePairs, marksOf } from './figures.js';
import { LETTERS, type SortedLetter } from './letters.js';
import { UNSEEN } from './unseen.js';

interface Floor {
  pairs: number;
  incidents: number;
}

describe.each<[string, readonly SortedLetter[], Floor]>([
  ['by which the rules were settled', LETTERS, { pairs: 0.7, incidents: 0.65 }],
  ['written afterwards', UNSEEN, { pairs: 0.6, incidents: 0.6 }],
])('letters %s', (_name, letters, floor) => {
  const pairs = judgePairs(letters);
  const found = pairs.filter(({ likeness }) => likeness !== undefined);

  it('are never suggested as one matter with a letter of another', () => {
    const wrong = found.filter(({ isSame }) => !isSame);
    expect(wrong.map(({ one, other, likeness }) => [one.text, other.text, likeness])).toEqual([]);
  });

  it('are found by most pairs, and most incidents whole', () => {
    const all = pairs.filter(({ isSame }) => isSame);
    const right = found.filter(({ isSame }) => isSame);
    expect(right.length / all.length).toBeGreaterThanOrEqual(floor.pairs);
    const { whole, of } = incidentsFoundWhole(letters, pairs);
    expect(whole / of).toBeGreaterThanOrEqual(floor.incidents);
  });

  it('share a key whenever they are alike, or nothing would ever compare them', () => {
    for (const { one, other } of found) {
      const theirs = keysOf(other);
      const shared = keysOf(one).filter((key) => theirs.includes(key));
      expect(shared, `${one.text}\n${other.text}`).not.toEqual([]);
    }
  });
});

function keysOf(letter: SortedLetter): string[] {
  const { strong, weak } = matterKeys(marksOf(letter));
  return [...strong, ...weak];
}
