import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkCharacter, formatReference, parseReference } from '../../src/domain/reference.js';

describe('a reference', () => {
  it('carries the check character of ISO 7064 MOD 37,36 (GRid example of the standard)', () => {
    expect(checkCharacter('A1-2425G-ABC1234002')).toBe('M');
  });

  it('is read back in any case and with spaces around', () => {
    const reference = formatReference('behala', 2026, 123);
    expect(reference).toMatch(/^BEHALA-26-000123-[0-9A-Z]$/);
    expect(parseReference(` ${reference.toLowerCase()} `)).toEqual({
      station: 'behala',
      year: '26',
      number: 123,
    });
    const women = formatReference('behala-women', 2031, 1_234_567);
    expect(parseReference(women)).toEqual({ station: 'behala-women', year: '31', number: 1_234_567 });
  });

  it('finds every single wrong character and every exchange of neighbours', () => {
    const reference = formatReference('behala', 2026, 908_172);
    const body = reference.replace(/-/g, '');
    for (let at = 0; at < body.length - 1; at += 1) {
      const wrong = `${body.slice(0, at)}${body[at] === '7' ? '8' : '7'}${body.slice(at + 1, -1)}`;
      expect(checkCharacter(wrong)).not.toBe(body.at(-1));
      if (body[at] === body[at + 1] || at === body.length - 2) continue;
      const exchanged = `${body.slice(0, at)}${body[at + 1]}${body[at]}${body.slice(at + 2, -1)}`;
      expect(checkCharacter(exchanged)).not.toBe(body.at(-1));
    }
  });

  it.each(['', 'BEHALA', 'BEHALA-26-000123', 'BEHALA-26-123-K', "BEHALA-26-000123-K'--", 'A'.repeat(10_000)])(
    'is not %s',
    (text) => expect(parseReference(text)).toBeUndefined(),
  );

  it('survives the way there and back for every station, year and number', () => {
    const code = fc.stringMatching(/^[a-z0-9]{1,10}(-[a-z0-9]{1,6})?$/);
    fc.assert(
      fc.property(
        code,
        fc.integer({ min: 2000, max: 2099 }),
        fc.integer({ min: 1, max: 99_999_999 }),
        (station, year, n) => {
          expect(parseReference(formatReference(station, year, n))).toEqual({
            station,
            year: String(year % 100).padStart(2, '0'),
            number: n,
          });
        },
      ),
    );
  });
});
