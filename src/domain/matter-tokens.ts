// The words of a letter as the marks of a matter need them: as written, folded, and by their consonants, by which
// "Lake Road" and "লেক রোড" are one.
import { foldForSearch } from './search-words.js';
import { bengaliSound, hindiSound, plainSound } from './triage-sound.js';

export interface Token {
  /** As the letter has it. */
  raw: string;
  /** Folded, digits as 0-9. */
  folded: string;
}

const LOOKED_AT = 20_000;
const MOST_TOKENS = 1_500;
/** Below these words stand name, address and telephone of the writer, which say nothing of the matter. */
const CLOSING =
  /^[ \t]*(?:yours\s+(?:faithfully|sincerely|truly)|thanking\s+you|thanks\s*(?:and|&)\s*regards|(?:with\s+)?(?:best\s+|kind\s+)?regards|sincerely|বিনীত|নিবেদক|ইতি|ধন্যবাদান্তে|भवदीय|प्रार्थी|निवेदक|সাদর)/imu;

/** The words above the closing formula. */
export function tokensOf(text: string): Token[] {
  const shown = text.slice(0, LOOKED_AT);
  const closing = CLOSING.exec(shown);
  const body = closing && closing.index > 0 ? shown.slice(0, closing.index) : shown;
  const words = body.normalize('NFC').match(/[\p{L}\p{N}\p{M}\u200c\u200d]+(?:[:.]\d{2}(?![\d.]))?/gu) ?? [];
  return words.slice(0, MOST_TOKENS).map((raw) => ({ raw, folded: foldForSearch(raw) }));
}

const BENGALI = /[\u0980-\u09ff]/u;
const DEVANAGARI = /[\u0900-\u097f]/u;

/** The script of most of what is written. */
export function scriptOf(tokens: readonly Token[]): 'bengali' | 'devanagari' | 'latin' {
  const count = (script: RegExp) => tokens.filter(({ folded }) => script.test(folded)).length;
  const [bengali, devanagari] = [count(BENGALI), count(DEVANAGARI)];
  if (bengali * 2 > tokens.length) return 'bengali';
  return devanagari * 2 > tokens.length ? 'devanagari' : 'latin';
}

const ENDING = /(?:গুলোর|গুলি|গুলো|টাকে|দের|য়ের|টার|ের|তে|টা|টি|কে|য়|র|ে)$/u;

/** A Bengali word without the ending of its case; any other word as it is. */
export function stemOf(folded: string): string {
  if (!BENGALI.test(folded)) return folded;
  const stem = folded.normalize('NFC').replace(ENDING, '');
  return stem.length < 2 ? folded : stem;
}

/** The consonants a word is spoken with: the same for one name in three scripts, and often for its misspellings. */
export function consonantsOf(folded: string): string {
  const spoken = BENGALI.test(folded)
    ? bengaliSound(folded)
    : DEVANAGARI.test(folded)
      ? hindiSound(folded)
      : plainSound(folded.replace(/c(?=[eiy])/g, 's').replace(/c(?!h)/g, 'k'));
  return spoken.replace(/[aeiouyh]/g, '').replace(/(.)\1+/g, '$1');
}
