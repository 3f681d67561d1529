import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatReference } from '../../src/domain/reference.js';
import { cleanSubject, referencesInSubject } from '../../src/domain/subject.js';

const one = formatReference('behala', 2026, 123);
const other = formatReference('sarsuna-east', 2025, 4_567);
const wrong = one.replace(/.$/, (last) => (last === '0' ? '1' : '0'));

describe('references in a subject', () => {
  it.each([
    [`Re: Reference ${one}`, [one]],
    [`[${one}] noise`, [one]],
    [one.toLowerCase(), [one]],
    [`Fwd: Re: ${one}: again`, [one]],
    [`(${one})`, [one]],
    [`about ${one}, ${other} and ${one}`, [one, other]],
    [`ref-${one}`, [one]],
    [`${one}-again`, [one]],
    [`Re:${one}.`, [one]],
    [one.replaceAll('-', '–'), [one]],
    [one.replaceAll('-', '‑'), [one]],
    [one.replace(/\d/g, (digit) => '০১২৩৪৫৬৭৮৯'.charAt(Number(digit))), [one]],
    [one.replace(/\d/g, (digit) => '०१२३४५६७८९'.charAt(Number(digit))), [one]],
    [`অভিযোগ ${one} সম্পর্কে`, [one]],
    [`${one}এর উত্তর`, [one]],
    [wrong, []],
    ['BEHALA-26-000123', []],
    [one.slice(0, -2), []],
    ['26-000123-K', []],
    ['Noise at Lake Road', []],
    ['', []],
  ])('%s', (subject, expected) => expect(referencesInSubject(subject)).toEqual(expected));

  it('are at most ten', () => {
    const many = Array.from({ length: 30 }, (_, n) => formatReference('lake', 2026, n + 1)).join(' ');
    expect(referencesInSubject(many)).toHaveLength(10);
  });
});

describe('the subject of a new ticket', () => {
  it.each([
    [`Re: [${one}] noise`, 'Re: noise'],
    [`Re: noise [${one}]`, 'Re: noise'],
    [`${one}: noise`, ': noise'],
    [`Re: ${one}`, 'Re:'],
    [one, ''],
    [`(Ref: ${one}) noise`, 'noise'],
    [`[Ref. no. ${one}] noise`, 'noise'],
    [`noise ${one} and ${other} again`, 'noise and again'],
    [`[${one}][${other}] noise`, 'noise'],
    [`noise (${one}`, 'noise'],
    [`noise ${one})`, 'noise )'],
    [`BEHALA-26-[${other}]000123-${one.slice(-1)}`, `BEHALA-26- 000123-${one.slice(-1)}`],
    [Array(15).fill(`[${one}]`).join(' '), ''],
    [`${one.replaceAll('-', '–')} আওয়াজ`, 'আওয়াজ'],
    ['Noise  at Lake Road [urgent]', 'Noise  at Lake Road [urgent]'],
    [`Flat B-26-000123-4 ${wrong}`, `Flat B-26-000123-4 ${wrong}`],
    ['', ''],
  ])('%s becomes %s', (subject, expected) => expect(cleanSubject(subject)).toBe(expected));

  const pieces = fc.array(
    fc.oneof(
      fc.constantFrom(
        one,
        other,
        one.toLowerCase(),
        wrong,
        '[',
        ']',
        '(',
        ')',
        '-',
        ' ',
        'Re:',
        '২৬',
        '–',
        'A-',
      ),
      fc.string({ unit: 'binary', maxLength: 10 }),
    ),
    { maxLength: 20 },
  );

  it('never brings the next answer to the old ticket', () => {
    fc.assert(
      fc.property(pieces, (words) => {
        const cleaned = cleanSubject(words.join(' '));
        expect(referencesInSubject(cleaned)).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['A-'.repeat(500_000)],
    ['A'.repeat(1_000_000)],
    ['-'.repeat(1_000_000)],
    [`${one} `.repeat(50_000)],
    [`[`.repeat(1_000_000)],
  ])('of any length is looked at', (subject) => {
    expect(cleanSubject(subject).length).toBeLessThanOrEqual(subject.length);
    expect(referencesInSubject(subject).length).toBeLessThanOrEqual(10);
  });
});
