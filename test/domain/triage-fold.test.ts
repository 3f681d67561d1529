import { describe, expect, it } from 'vitest';
import { foldText, keysOfListed, keysOfWord, type ListedAs } from '../../src/domain/triage-fold.js';
import type { ListForm } from '../../src/domain/triage-lists.js';

function meet(word: string, listed: string, form: ListForm, as: ListedAs = 'alone'): boolean {
  const keys = keysOfListed(listed, form, as);
  return keysOfWord(foldText(word)).some((key) => keys.includes(key));
}

describe('spellings of one word meet', () => {
  it.each<[ListForm, string, string]>([
    ['en', 'Knife', 'knife'],
    ['en', "don't", 'dont'],
    ['en', 'don’t', 'dont'],
    ['bn', 'মেয়ে', 'মেয়ে'],
    ['bn', 'নিখোজ', 'নিখোঁজ'],
    ['bn', 'জরুরী', 'জরুরি'],
    ['bn', 'বাড়ী', 'বাড়ি'],
    ['bn', 'ধর্ষন', 'ধর্ষণ'],
    ['bn', 'ভাঙ্গা', 'ভাঙা'],
    ['bn', 'র‌্যাব', 'র্যাব'],
    ['bn', 'ব্যাথা', 'ব্যথা'],
    ['hi', 'ख़ून', 'खून'],
    ['hi', 'बन्दूक', 'बंदूक'],
    ['hi', 'नहीँ', 'नहीं'],
    ['hi', 'गयी', 'गई'],
    ['hi', 'फँसे', 'फंसे'],
    ['bn-Latn', 'bachchha', 'baccha'],
    ['bn-Latn', 'aagoon', 'agun'],
    ['bn-Latn', 'vangche', 'bhangche'],
    ['bn-Latn', 'nikhoz', 'nikhoj'],
    ['hi-Latn', 'peechha', 'picha'],
    ['hi-Latn', 'jaldee', 'jaldi'],
    ['hi-Latn', 'zabardasti', 'jabardasti'],
    ['hi-Latn', 'shor', 'sor'],
  ])('%s: %s is %s', (form, word, listed) => expect(meet(word, listed, form)).toBe(true));
});

describe('a word in an Indian script is heard in Latin letters too', () => {
  it.each<[ListForm, string, string]>([
    ['bn', 'agun', 'আগুন'],
    ['bn', 'durghotona', 'দুর্ঘটনা'],
    ['bn', 'bhangche', 'ভাঙছে'],
    ['bn', 'vangchhe', 'ভাঙছে'],
    ['bn', 'nikhoj', 'নিখোঁজ'],
    ['bn', 'bank', 'ব্যাঙ্ক'],
    ['bn', 'hoyeche', 'হয়েছে'],
    ['hi', 'aatmahatya', 'आत्महत्या'],
    ['hi', 'darwaza', 'दरवाज़ा'],
    ['hi', 'darvaja', 'दरवाज़ा'],
    ['hi', 'behosh', 'बेहोश'],
    ['hi', 'dhamki', 'धमकी'],
    ['hi', 'zabardasti', 'ज़बरदस्ती'],
  ])('%s: %s is %s', (form, word, listed) => expect(meet(word, listed, form)).toBe(true));

  it.each<[ListForm, string, string, ListedAs]>([
    ['bn', 'na', 'না', 'in-phrase'],
    ['bn', 'lok', 'লোক', 'alone'],
    ['hi', 'sab', 'शव', 'in-phrase'],
    ['hi', 'dhamki', 'धमा', 'stem'],
  ])('%s: but not %s for the short %s', (form, word, listed, as) =>
    expect(meet(word, listed, form, as)).toBe(false),
  );
});

describe('different words stay apart', () => {
  it.each<[ListForm, string, string]>([
    ['en', 'knives', 'knife'],
    ['en', 'khun', 'khoon'],
    ['bn', 'চুরি', 'ছুরি'],
    ['bn', 'churi', '=ছুরি'],
    ['bn-Latn', 'churi', '=chhuri'],
    ['hi-Latn', '66', '6'],
  ])('%s: %s is not %s', (form, word, listed) => expect(meet(word, listed, form)).toBe(false));
});

it('judges the beginning of an endless word', () => {
  const [key = ''] = keysOfWord('a'.repeat(100_000));
  expect(key.length).toBeLessThan(60);
});
