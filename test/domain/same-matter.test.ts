import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysIn, hoursIn } from '../../src/domain/matter-hours.js';
import { placesIn } from '../../src/domain/matter-places.js';
import { consonantsOf, stemOf, tokensOf } from '../../src/domain/matter-tokens.js';
import { numbersIn } from '../../src/domain/matter-words.js';
import { likeness, type MarkedLetter, matterMarks } from '../../src/domain/same-matter.js';

describe('hours', () => {
  it.each<[string, number[]]>([
    ['at 8 pm', [20]],
    ['at 8 p.m. sharp', [20]],
    ['about 8:30pm', [20]],
    ['8.30 pm', [20]],
    ['at 20:15 the bus', [20]],
    ['at 12 am', [0]],
    ['at 12 noon', [12]],
    ["at 9 o'clock at night", [21]],
    ['at 7 in the evening', [19]],
    ['রাত ৯টা', [21]],
    ['রাত প্রায় ৯টা নাগাদ', [21]],
    ['সন্ধ্যা সাড়ে সাতটায়', [19]],
    ['রাত পৌনে আটটায়', [19]],
    ['ভোর ৪টে থেকে', [4]],
    ['দুপুর দুটো', [14]],
    ['রাত ১২টা', [0]],
    ['शाम 7 बजे', [19]],
    ['रात को लगभग दस बजे', [22]],
    ['सुबह साढ़े छह बजे', [6]],
    ['raat 10 baje', [22]],
    ['raat ko 10 baje', [22]],
    ['10 baje raat ko', [22]],
    ['raat 9 ta theke', [21]],
    ['sokal 6 tay', [6]],
    ['from 9 pm to 2 am', [2, 21]],
    ['house 14', []],
    ['at night two boys came', []],
    ['রাতে তিনজন লোক', []],
    ['সন্ধ্যায় একটা গাড়ি', []],
    ['I am 8 years old', []],
    ['since 7 days', []],
    ['do not come at night', []],
    ['', []],
  ])('of "%s"', (text, hours) => expect(hoursIn(tokensOf(text))).toEqual(hours));
});

describe('days', () => {
  it.each<[string, string[]]>([
    ['yesterday', ['2026-11-23']],
    ['last night', ['2026-11-23']],
    ['আজ সকালে', ['2026-11-24']],
    ['गत कल', ['2026-11-23']],
    ['on 21 November', ['2026-11-21']],
    ['on 21st Nov', ['2026-11-21']],
    ['২১শে নভেম্বর', ['2026-11-21']],
    ['31 December', ['2025-12-31']],
    ['for 3 days', []],
  ])('of "%s"', (text, days) => expect(daysIn(tokensOf(text), '2026-11-24')).toEqual(days));
});

describe('places', () => {
  it.each<[string, string[]]>([
    ['at Lake Road', ['road:lk']],
    ['লেক রোডে', ['road:lk']],
    ['लेक रोड पर', ['road:lk']],
    ['near Rathtala More', ['crossing:rtl']],
    ['রথতলা মোড়ের কাছে', ['crossing:rtl']],
    ['S. N. Roy Road', ['road:nr']],
    ['Nutan Bazar', ['market:ntn']],
    ['নতুন বাজারে', ['market:ntn']],
    ['Kalighat Metro Station', ['station:klgt']],
    ['on the road', []],
    ['our lane', []],
    ['আমাদের পাড়ায়', []],
    ['हमारी गली में', []],
    ['the police station', []],
    ['no more', []],
    ['we request more patrols', []],
    ['the main road', []],
  ])('of "%s"', (text, places) => expect(placesIn(tokensOf(text)).places).toEqual(places));

  it('below the closing formula are the writer’s, not the matter’s', () => {
    const { places } = placesIn(tokensOf('Noise at Lake Road.\n\nYours faithfully,\nA. Sen\n3 Chetla Road'));
    expect(places).toEqual(['road:lk']);
  });
});

it.each([
  ['car WB 02 AB 4417', ['wb02ab4417']],
  ['WB02AB4417 and wb-02-ab-4417', ['wb02ab4417']],
  ['call 98300 12345', ['9830012345']],
  ['+91 9830012345', ['9830012345']],
  ['৯৮৩০০১২৩৪৫ নম্বর', ['9830012345']],
  ['pin 700034, dial 100', []],
])('numbers of "%s"', (text, numbers) => expect(numbersIn(tokensOf(text))).toEqual(numbers));

it.each([
  ['lake', 'লেক'],
  ['rashbehari', 'রাসবিহারী'],
  ['chetla', 'চেতলা'],
  ['club', 'ক্লাব'],
  ['behala', 'बेहाला'],
])('%s and %s are spoken with the same consonants', (one, other) => {
  expect(consonantsOf(one)).toBe(consonantsOf(stemOf(other)));
});

const AT = '2026-11-24T16:00:00.000Z';
const PHOTO = { name: 'a.jpg', type: 'image/jpeg', size: 400_000, sha256: 'a1'.repeat(32), part: '2' };
const NOISE =
  'Sir, the club at Lake Road plays very loud music since 10 pm. My mother is ill and cannot sleep at all.';

function marks(own: string, more: Partial<MarkedLetter> = {}) {
  const base = { subject: '', attachments: [], category: null, receivedAt: AT, receivedDay: '2026-11-24' };
  return matterMarks({ ...base, own, ...more });
}

const alike = (...[one, other]: [Parameters<typeof marks>, Parameters<typeof marks>]) =>
  likeness(marks(...one), marks(...other));

describe('two letters', () => {
  it.each<[string, Parameters<typeof marks>, Parameters<typeof marks>, string[]]>([
    ['word for word', [NOISE], [NOISE.toUpperCase()], ['same text', 'same place and hour']],
    [
      'with one photo',
      ['See this.', { attachments: [PHOTO] }],
      ['Look!', { attachments: [PHOTO] }],
      ['same photo'],
    ],
    [
      'of one kind at one place and hour in two scripts',
      [NOISE, { category: 'NOI' }],
      ['লেক রোডে রাত ১০টা থেকে খুব জোরে মাইক বাজছে।', { category: 'NOI' }],
      ['same place and hour'],
    ],
  ])('%s are one matter', (_name, one, other, reasons) => {
    expect(alike(one, other)?.reasons).toEqual(reasons);
    expect(alike(other, one)).toEqual(alike(one, other));
  });

  it.each<[string, Parameters<typeof marks>, Parameters<typeof marks>]>([
    ['three days apart', [NOISE], [NOISE, { receivedAt: '2026-11-27T17:00:00.000Z' }]],
    ['in the same words about two places', [NOISE], [NOISE.replace('Lake', 'Chetla')]],
    ['in the same words about two hours', [NOISE], [NOISE.replace('10 pm', '4 pm')]],
    [
      'in the same words about two days',
      [`${NOISE} yesterday 8 pm`.replace('since 10 pm', '')],
      [`${NOISE} today 8 pm`.replace('since 10 pm', '')],
    ],
    [
      'short and generic, word for word',
      ['Please help me sir, my phone is lost'],
      ['Please help me sir, my phone is lost'],
    ],
    [
      'at one place and hour of two kinds',
      [NOISE, { category: 'NOI' }],
      ['Chain snatched in Lake Road at 10 pm', { category: 'THF' }],
    ],
    [
      'with one small picture',
      ['One.', { attachments: [{ ...PHOTO, size: 3_000 }] }],
      ['Two.', { attachments: [{ ...PHOTO, size: 3_000 }] }],
    ],
    [
      'with one signature’s picture',
      ['One.', { attachments: [{ ...PHOTO, size: 20_000, inline: true }] }],
      ['Two.', { attachments: [{ ...PHOTO, size: 20_000, inline: true }] }],
    ],
    [
      'with one calendar entry',
      ['One.', { attachments: [{ ...PHOTO, type: 'text/calendar' }] }],
      ['Two.', { attachments: [{ ...PHOTO, type: 'text/calendar' }] }],
    ],
    ['that say nothing', [''], ['']],
  ])('%s are not', (_name, one, other) => {
    expect(alike(one, other)).toBeUndefined();
    expect(alike(other, one)).toBeUndefined();
  });
});

it('whatever is written, marks hold no word of it and are bounded', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
      const made = marks(text);
      expect(JSON.stringify(made).length).toBeLessThan(2_500);
      for (const value of [...made.places, ...made.words, ...made.numbers])
        expect(value).toMatch(/^[0-9a-f]{12}$/);
    }),
  );
});

it.each([
  ['one word without end', 'a'.repeat(200_000)],
  ['digits without end', '9'.repeat(200_000)],
  ['places without end', 'Lake Road '.repeat(20_000)],
  ['hours without end', 'রাত ৯টা '.repeat(20_000)],
  ['blanks without end', `x${' '.repeat(200_000)}y`],
])('%s is marked in bounded time', (_name, text) => {
  const from = performance.now();
  marks(text);
  expect(performance.now() - from).toBeLessThan(500);
});
