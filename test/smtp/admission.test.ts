import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openAdmission, tokensAt } from '../../src/smtp/admission.js';

describe('a bucket of letters', () => {
  it.each([
    ['untouched it stays as it was', { tokens: 3, at: 0 }, 0, 60, 3],
    ['one a second at sixty a minute', { tokens: 0, at: 0 }, 1_000, 60, 1],
    ['half a letter is remembered', { tokens: 0, at: 0 }, 500, 60, 0.5],
    ['full it holds a minute', { tokens: 59, at: 0 }, 10_000, 60, 60],
    ['a clock that went back adds nothing', { tokens: 2, at: 10_000 }, 0, 60, 2],
    ['a lower limit counts at once', { tokens: 60, at: 0 }, 0, 10, 10],
  ])('%s', (_rule, bucket, now, perMinute, tokens) => {
    expect(tokensAt(bucket, now, perMinute)).toBe(tokens);
  });

  it('never holds more than a minute or less than nothing', () => {
    const number = fc.integer({ min: 0, max: 1_000_000 });
    fc.assert(
      fc.property(
        number,
        number,
        number,
        fc.integer({ min: 1, max: 1_000 }),
        (tokens, at, now, perMinute) => {
          const held = tokensAt({ tokens: Math.min(tokens, perMinute), at }, now, perMinute);
          expect(held).toBeGreaterThanOrEqual(0);
          expect(held).toBeLessThanOrEqual(perMinute);
        },
      ),
    );
  });
});

describe('admission', () => {
  it('grants as many letters as the limit, then one for each share of a minute', () => {
    const admission = openAdmission();
    const take = (now: number) => admission.takeLetter('192.0.2.1', now, 2);
    expect([take(0), take(0), take(0), take(29_999), take(30_000), take(30_000)]).toEqual([
      true,
      true,
      false,
      false,
      true,
      false,
    ]);
    expect(admission.takeLetter('192.0.2.2', 0, 2)).toBe(true);
  });

  it('takes 0 for no limit', () => {
    const admission = openAdmission();
    expect(admission.takeLetter('192.0.2.1', 0, 0)).toBe(true);
    expect(admission.enter('192.0.2.1', 0)).toBe(true);
  });

  it('remembers a bounded number of clients and forgets the one unused for longest', () => {
    const admission = openAdmission(2);
    const take = (key: string) => admission.takeLetter(key, 0, 1);
    expect([take('a'), take('b'), take('a'), take('c'), take('a'), take('b')]).toEqual([
      true,
      true,
      false,
      true,
      false,
      true,
    ]);
  });

  it('counts sessions in and out', () => {
    const admission = openAdmission();
    expect(admission.enter('a', 1)).toBe(true);
    expect(admission.enter('a', 1)).toBe(false);
    admission.leave('a');
    admission.leave('a');
    expect(admission.enter('a', 1)).toBe(true);
  });
});
