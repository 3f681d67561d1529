import { describe, expect, it } from 'vitest';
import { compileTone, learnTone, toneKey } from '../../src/domain/triage-tone.js';

const letter = (text: string, urgency: string) => ({ subject: '', text, urgency });

describe('the tone that is learnt', () => {
  const learnt = learnTone([
    letter('She is downstairs now', 'urgent'),
    letter('she is on the roof, 2 men too', 'urgent'),
    letter('Kindly send the form', 'non-urgent'),
    letter('kindly inform us of the 5 forms', 'semi-urgent'),
    letter('kindlee', 'non-urgent'),
  ]);

  it('leans by how much likelier a word is in urgent letters', () =>
    expect(learnt).toEqual({ she: 1.3, is: 1.3, the: -0.2, number: 0.2, kindly: -1.2 }));

  it('of no letters is empty', () => expect(learnTone([])).toEqual({}));
});

describe('the key of a word', () => {
  it.each([
    ['kindlee', 'kindly'],
    ['নিখোজ', 'নিখোঁজ'],
    ['12', 'number'],
    ['1234', '5'],
  ])('of %s is that of %s', (a, b) => expect(toneKey(a)).toBe(toneKey(b)));

  it('keeps scripts apart', () => expect(toneKey('আজ')).not.toBe(toneKey('aj')));
});

it('the words of a list are found however they are spelt', () => {
  const tone = compileTone({ Kindly: -1, number: 0.2 });
  expect(tone.get(toneKey('kindlee'))).toBe(-1);
  expect(tone.get(toneKey('7'))).toBe(0.2);
});
