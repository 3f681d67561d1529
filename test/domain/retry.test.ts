import { describe, expect, it } from 'vitest';
import { backoff, nextAttemptAt } from '../../src/domain/retry.js';

const CREATED = '2026-11-24T04:00:00.000Z';
const DAY = 24 * 3_600_000;

describe('the wait after a failed attempt', () => {
  it.each([
    [0, 1],
    [1, 1],
    [2, 5],
    [3, 15],
    [4, 30],
    [5, 60],
    [6, 60],
    [100, 60],
  ])('after %i attempts is %i minutes', (attempts, minutes) => {
    expect(backoff(attempts)).toBe(minutes * 60_000);
  });
});

describe('the next attempt', () => {
  it('counts from now, not from the first one', () => {
    const next = nextAttemptAt({ attempts: 2, createdAt: CREATED }, '2026-11-24T05:00:00.000Z', DAY);
    expect(next).toBe('2026-11-24T05:05:00.000Z');
  });

  it('is still made at the last moment, and not a millisecond later', () => {
    const letter = { attempts: 5, createdAt: CREATED };
    expect(nextAttemptAt(letter, '2026-11-25T03:00:00.000Z', DAY)).toBe('2026-11-25T04:00:00.000Z');
    expect(nextAttemptAt(letter, '2026-11-25T03:00:00.001Z', DAY)).toBeUndefined();
  });

  it('is tried for the whole day: 28 attempts of an acknowledgement at most', () => {
    let now: string | undefined = CREATED;
    let attempts = 0;
    while (now !== undefined) {
      attempts += 1;
      now = nextAttemptAt({ attempts, createdAt: CREATED }, now, DAY);
    }
    expect(attempts).toBe(28);
  });
});
