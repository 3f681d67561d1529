// How well the letters of letters.ts are sorted. Precision is the promise; recall is what is left of it.
import { describe, expect, it } from 'vitest';
import { matterKeys } from '../../src/domain/same-matter.js';
import { incidentsFoundWhole, judgePairs, marksOf } from './figures.js';
import { LETTERS } from './letters.js';

const pairs = judgePairs();
const found = pairs.filter(({ likeness }) => likeness !== undefined);
const right = found.filter(({ isSame }) => isSame);

describe('letters sorted by hand', () => {
  it('are at least 60 in 20 incidents', () => {
    expect(LETTERS.length).toBeGreaterThanOrEqual(60);
    expect(new Set(LETTERS.map(({ incident }) => incident)).size).toBeGreaterThanOrEqual(20);
  });

  it('are never suggested as one matter with a letter of another', () => {
    const wrong = found.filter(({ isSame }) => !isSame);
    expect(wrong.map(({ one, other, likeness }) => [one.text, other.text, likeness])).toEqual([]);
  });

  it('are found in seven of ten pairs of one matter', () => {
    const all = pairs.filter(({ isSame }) => isSame);
    expect(right.length / all.length).toBeGreaterThanOrEqual(0.7);
    const { whole, of } = incidentsFoundWhole(pairs);
    expect(whole / of).toBeGreaterThanOrEqual(0.65);
  });

  it('share a key whenever they are alike, or nothing would ever compare them', () => {
    const keysOf = new Map(LETTERS.map((letter) => [letter, allKeys(letter)]));
    for (const { one, other } of found) {
      const shared = keysOf.get(one)?.filter((key) => keysOf.get(other)?.includes(key)) ?? [];
      expect(shared, `${one.text}\n${other.text}`).not.toEqual([]);
    }
  });
});

function allKeys(letter: (typeof LETTERS)[number]): string[] {
  const { strong, weak } = matterKeys(marksOf(letter));
  return [...strong, ...weak];
}
