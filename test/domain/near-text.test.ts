import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differentBits, hashText, isNearDuplicate, textFingerprint } from '../../src/domain/near-text.js';

const NOISE =
  'Respected Sir, I want to complain about very loud music near my house at 14 Lake Road since last night. The club plays it until three in the morning and nobody can sleep. Please take action.';
const SOUND =
  'গতকাল রাত এগারোটা থেকে আমাদের পাড়ায় খুব জোরে মাইক বাজছে। ক্লাবের লোকেরা কারও কথা শুনছে না। আমার মা অসুস্থ, ঘুমাতে পারছেন না। দয়া করে ব্যবস্থা নিন।';
const SHOR =
  'कल रात ग्यारह बजे से हमारी गली में बहुत तेज़ आवाज़ में गाना बज रहा है। क्लब वाले किसी की बात नहीं सुनते। मेरी माँ बीमार हैं और सो नहीं पातीं। कृपया कार्रवाई करें।';

const near = (one: string, other: string) => isNearDuplicate(textFingerprint(one), textFingerprint(other));

describe('letters that say the same', () => {
  it.each([
    ['the same again', NOISE, NOISE],
    ['in capitals and without stops', NOISE, NOISE.toUpperCase().replace(/[.,]/g, '')],
    ['wrapped elsewhere', NOISE, NOISE.replace(/ /g, '\n')],
    ['to another reader', NOISE, NOISE.replace('Respected Sir', 'Dear Officer')],
    ['with a name below', NOISE, `${NOISE} Thanking you, Rita Basu, mobile 98300`],
    ['in another order', NOISE, NOISE.split('. ').reverse().join('. ')],
    ['with another house number', NOISE, NOISE.replace('14', '22')],
    [
      'by a neighbour',
      NOISE,
      NOISE.replace('club', 'hall').replace('nobody can sleep', 'my children cannot sleep'),
    ],
    ['in Bengali with a name below', SOUND, `${SOUND} রীতা বসু`],
    ['in Bengali, joiners written or not', SOUND, SOUND.replace('ক্লাবের', 'ক্\u200cলাবের')],
    ['in Hindi to another reader', SHOR, `श्रीमान, ${SHOR}`],
    ['in few words, word for word', 'Please call me today', 'please CALL me, today!'],
    ['with digits of another script', 'House 14 near the gate', 'House ১৪ near the gate'],
  ])('%s', (_name, one, other) => {
    expect(near(one, other)).toBe(true);
    expect(near(other, one)).toBe(true);
  });

  it.each([
    [
      'another matter in the same words of politeness',
      NOISE,
      'Respected Sir, I want to complain about garbage thrown near my house at 14 Lake Road since last week. The shop leaves it until the evening and nobody can walk. Please take action.',
    ],
    [
      'a theft',
      NOISE,
      'My telephone was snatched by two boys on a red motor cycle near the metro station yesterday evening about seven. The number plate ended with 4412. Kindly look at the camera.',
    ],
    ['the same in another language', NOISE, SOUND],
    ['Bengali and Hindi', SOUND, SHOR],
    [
      'a letter in a letter several times as long',
      NOISE,
      `${NOISE} ${SHOR} ${SOUND} ${NOISE.split(' ').reverse().join('x ')}`,
    ],
    ['few words, nearly the same', 'Please call me today', 'Please call me tomorrow'],
    ['words too few to tell', 'Please call', 'Please call'],
    ['nothing', '', ''],
    ['signs', '!!!', '???'],
  ])('are not %s', (_name, one, other) => expect(near(one, other)).toBe(false));
});

describe('a fingerprint', () => {
  it('is two marks of 64 bits and the number of words', () => {
    expect(textFingerprint(NOISE)).toEqual({
      exact: expect.stringMatching(/^[0-9a-f]{16}$/),
      near: expect.stringMatching(/^[0-9a-f]{16}$/),
      words: 36,
    });
    expect(textFingerprint('Please call')).toEqual({ exact: null, near: null, words: 2 });
  });

  // Marks are stored: another formula would make every letter in the store unlike every new one.
  it('stays what it is', () => {
    expect(textFingerprint(NOISE)).toMatchInlineSnapshot(`
      {
        "exact": "8feb486f16940c87",
        "near": "056ab251094477e0",
        "words": 36,
      }
    `);
  });

  it('tells texts apart', () => {
    const marks = new Set(Array.from({ length: 20_000 }, (_, n) => hashText(`letter ${n}`)));
    expect(marks.size).toBe(20_000);
    expect(differentBits('0000000000000000', 'ffffffffffffffff')).toBe(64);
    expect(differentBits('8000000080000000', '0000000000000000')).toBe(2);
  });

  it('is made of anything, and two of one text are equal', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
        const one = textFingerprint(text);
        expect(textFingerprint(text)).toEqual(one);
        expect(isNearDuplicate(one, one)).toBe(one.exact !== null);
      }),
    );
  });

  it.each([['a '.repeat(500_000)], ['a'.repeat(1_000_000)], [`${NOISE} `.repeat(5_000)]])(
    'of a text of any length is made of its beginning',
    (text) => expect(textFingerprint(text).words).toBeLessThanOrEqual(5_000),
  );
});
