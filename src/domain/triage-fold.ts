// The forms by which a word is looked up in the lists, so that the many spellings of one word meet.
import { foldForSearch } from './search-words.js';
import type { ListForm } from './triage-lists.js';
import { bengaliSound, hindiSound, plainSound } from './triage-sound.js';

/** A word longer than this is no word; its beginning is judged. */
const LONGEST_WORD = 40;
/** By sound, words shorter than this would meet too many others: alone, in a phrase, as the beginning of a word. */
const SHORTEST_ALONE = 4;
const SHORTEST_IN_PHRASE = 3;
const SHORTEST_STEM = 5;
const DIGITS = /^[0-9]+$/;

const BENGALI = /[\u0980-\u09ff]/u;
const DEVANAGARI = /[\u0900-\u097f]/u;

type Rule = readonly [RegExp, string];

/** Spellings that sound alike: long and short vowels, the three s, the two n, j and y, r and its dotted form. */
const BENGALI_RULES: readonly Rule[] = [
  [/\u0981|\u0983/gu, ''],
  [/[\u09a1\u09a2]\u09bc/gu, 'র'],
  [/\u09cd\u09af\u09be/gu, '\u09cd\u09af'],
  [/\u09af(?!\u09bc)/gu, 'জ'],
  [/\u09bc/gu, ''],
  [/\u0999\u09cd\u0997|\u0982/gu, 'ঙ'],
  [/\u09c0/gu, '\u09bf'],
  [/\u09c2/gu, '\u09c1'],
  [/\u0988/gu, 'ই'],
  [/\u098a/gu, 'উ'],
  [/\u09a3/gu, 'ন'],
  [/\u09b6|\u09b7/gu, 'স'],
  [/\u09ce/gu, 'ত'],
];

/** Dots, nasals, the nasal written as a half letter, long and short vowels, the three s. */
const DEVANAGARI_RULES: readonly Rule[] = [
  [/\u093c|\u0901|\u0902|\u0903/gu, ''],
  [/[\u0919\u091e\u0923\u0928\u092e]\u094d(?=[\u0915-\u092d])/gu, ''],
  [/\u092f[\u0940\u093f]/gu, 'इ'],
  [/\u092f\u0947/gu, 'ए'],
  [/\u0940/gu, '\u093f'],
  [/\u0942/gu, '\u0941'],
  [/\u0908/gu, 'इ'],
  [/\u090a/gu, 'उ'],
  [/\u0936|\u0937/gu, 'स'],
  [/\u0923/gu, 'न'],
  [/\u0949/gu, '\u093e'],
];

/** Lower case, NFC, no joiners, digits as 0-9, apostrophes inside words gone. */
export function foldText(text: string): string {
  return foldForSearch(text).replace(/(?<=[a-z])['’](?=[a-z])/g, '');
}

/** The keys under which a word of a letter is looked up; the word went through `foldText`. */
export function keysOfWord(word: string): string[] {
  const cut = word.slice(0, LONGEST_WORD);
  if (BENGALI.test(cut)) return [`script ${apply(cut, BENGALI_RULES)}`];
  if (DEVANAGARI.test(cut)) return [`script ${apply(cut, DEVANAGARI_RULES)}`];
  if (DIGITS.test(cut)) return [`spelt ${cut}`];
  const sounds = [`sound ${plainSound(cut)}`, `bn ${bengaliSound(cut)}`, `hi ${hindiSound(cut)}`];
  return [`spelt ${cut}`, ...sounds];
}

/** Where a listed word stands: alone, in a phrase, or as the beginning of words. */
export type ListedAs = 'alone' | 'in-phrase' | 'stem';

/**
 * The keys of a word (or of the beginning of one) in a list of `form`: English as spelt, words in an Indian script by
 * their script and by their sound, romanised ones by their sound. `=word` means exactly this spelling.
 */
export function keysOfListed(written: string, form: ListForm, as: ListedAs): string[] {
  const exact = written.startsWith('=');
  const cut = foldText(exact ? written.slice(1) : written).slice(0, LONGEST_WORD);
  const script = BENGALI.test(cut) ? 'bn' : DEVANAGARI.test(cut) ? 'hi' : undefined;
  if (!script) {
    const spelt = `spelt ${cut}`;
    return exact || form === 'en' || DIGITS.test(cut) ? [spelt] : [spelt, `sound ${plainSound(cut)}`];
  }
  const own = `script ${apply(cut, script === 'bn' ? BENGALI_RULES : DEVANAGARI_RULES)}`;
  const sound = script === 'bn' ? bengaliSound(cut) : hindiSound(cut);
  const shortest = { alone: SHORTEST_ALONE, 'in-phrase': SHORTEST_IN_PHRASE, stem: SHORTEST_STEM }[as];
  return exact || sound.length < shortest ? [own] : [own, `${script} ${sound}`];
}

function apply(word: string, rules: readonly Rule[]): string {
  return rules.reduce((folded, [pattern, by]) => folded.replace(pattern, by), word);
}
