// The word lists that come with the program, on sentences of every language form.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadTriageLists } from '../../src/config/triage-words.js';
import { compileTriage, proposeTriage } from '../../src/domain/triage.js';
import { figuresOf, type LabelledLetter } from '../../src/domain/triage-figures.js';

const root = join(import.meta.dirname, '../..');
const rules = compileTriage(loadTriageLists(join(root, 'config/triage')));
const of = (text: string, subject = '') => proposeTriage(rules, { subject, text });

describe('danger is urgent', () => {
  it.each([
    ['He is beating my mother with a rod', 'EMG'],
    ['Gas is leaking in the kitchen', 'EMG'],
    ['Someone is trying to break the gate', 'EMG'],
    ['She says she does not want to live', 'EMG'],
    ['My son has not come home from school', 'MISS'],
    ['আগুন লেগেছে', 'EMG'],
    ['ছেলেটাকে জোর করে গাড়িতে তুলে নিয়ে গেল', 'EMG'],
    ['তালা ভাঙার চেষ্টা করছে', 'EMG'],
    ['আমার মেয়ে নিখোঁজ', 'MISS'],
    ['आग लगी है, लोग फँसे हैं', 'EMG'],
    ['वह बेहोश है, खून बह रहा है', 'EMG'],
    ['मेरा बेटा लापता है', 'MISS'],
    ['agun legeche', 'EMG'],
    ['amake mere felbe, hate bonduk', undefined],
    ['meye ta bari fereni', 'MISS'],
    ['aag lag gayi hai', 'EMG'],
    ['wo mujhe maar raha hai', undefined],
    ['mera beta lapata hai', 'MISS'],
  ])('%s', (text, category) =>
    expect(of(text)).toMatchObject({ urgency: 'urgent', ...(category && { category }) }),
  );
});

describe('the same words, taken back', () => {
  it.each([
    ['negated', 'There was no fire and nobody is beating her'],
    ['negated', 'আগুন লাগেনি, মারামারি হয়নি'],
    ['negated', 'मारपीट नहीं हुई'],
    ['negated', 'marpit hoyni'],
    ['negated', 'aag nahi lagi'],
    ['past', 'Five years ago he was stabbed'],
    ['past', 'গত বছর আগুন লেগেছিল'],
    ['past', 'पिछले साल आग लगी थी'],
    ['past', 'goto bochor agun legechilo'],
    ['past', 'pichle saal aag lagi thi'],
    ['slogan', 'কৃষক বাঁচাও দেশ বাঁচাও'],
    ['slogan', 'बेटी बचाओ'],
    ['slogan', 'gaach bachao'],
    ['slogan', 'kisan bachao'],
    ['name', 'Fire Brigade Lane'],
    ['name', 'আপৎকালীন নম্বর, গ্যাসের কানেকশন, আগুন দাম'],
    ['licence', 'I hold a revolver licence'],
  ])('%s: %s', (softened, text) => {
    const { urgency, fired } = of(text);
    expect(urgency).not.toBe('urgent');
    expect(fired.map((one) => one.softened)).toContain(softened);
  });
});

describe('a negation that takes nothing back', () => {
  it.each([
    'He does not stop beating her',
    'She is not breathing',
    'রক্ত বন্ধ হচ্ছে না',
    'মারছে, থামছে না',
    'তাড়াতাড়ি আসুন, না হলে মেরে ফেলবে',
    'खून बंद नहीं हो रहा',
    'जल्दी आइए नहीं तो मार देंगे',
    'rokto bondho hocche na',
    'khoon ruk nahi raha',
  ])('%s', (text) => expect(of(text).urgency).toBe('urgent'));
});

describe('time', () => {
  it.each([
    ['Rs 50,000 was debited from my account just now after I gave the OTP', 'urgent', 'CYB'],
    ['Rs 50,000 was debited from my account last year after I gave the OTP', 'semi-urgent', 'CYB'],
    ['The loudspeaker is very loud now', 'semi-urgent', 'NOI'],
    ['The loudspeaker of the temple is very loud', 'non-urgent', 'NOI'],
  ])('%s', (text, urgency, category) => expect(of(text)).toMatchObject({ urgency, category }));
});

describe('what somebody else said', () => {
  it.each([
    [
      'quoted',
      'Thank you, it was settled.\n\nOn Mon, 23 Nov 2026 at 10:00, Rita <r@x.example> wrote:\n> He has a knife',
    ],
    ['a signature', 'The lamp is broken.\n-- \nStop violence NOW. He is beating her'],
    ['an address', 'The lamp is broken, see https://news.example/he-is-beating-her and fire@help.example'],
  ])('%s', (_name, text) => expect(of(text).urgency).toBe('non-urgent'));

  it('the subject of an answer does not count, its text does', () => {
    const text = 'Thank you, the matter is settled and we are fine.';
    expect(of(text, 'Re: He is beating her').fired.some(({ list }) => list === 'attack')).toBe(false);
    expect(of(text, 'He is beating her').fired.some(({ list }) => list === 'attack')).toBe(true);
    expect(of('', 'Re: He is beating her').urgency).toBe('urgent');
  });
});

it('mixed languages are read together', () => {
  expect(of('ek aadmi ke haath me knife hai').urgency).toBe('urgent');
  expect(of('পাশের ফ্ল্যাটে gas leak').urgency).toBe('urgent');
});

it('nothing said is nothing urgent', () => {
  expect(of('')).toEqual({ urgency: 'non-urgent', category: 'OTHER', score: 0, fired: [] });
  expect(of('Good morning')).toEqual({ urgency: 'non-urgent', category: 'OTHER', score: 0, fired: [] });
});

describe('on the letters for tuning', () => {
  const letters = readFileSync(join(root, 'test/triage/letters-tuning.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as LabelledLetter);
  const figures = figuresOf(letters, (letter) => proposeTriage(rules, letter));
  it.each(figures)('$language', ({ urgentRecall, overTriage }) => {
    expect(urgentRecall).toBeGreaterThanOrEqual(0.95);
    expect(overTriage).toBeLessThanOrEqual(0.4);
  });
});
