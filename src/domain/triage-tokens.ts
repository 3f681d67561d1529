// A letter as words with the clause and sentence each stands in.
import { ownWords } from './own-words.js';
import { foldText } from './triage-fold.js';

/** The beginning of a letter tells its matter. */
export const JUDGED = 10_000;
/** An answer's subject is the subject of what it answers, unless the answer says next to nothing. */
const ANSWER = /^\s*(re|aw|fwd?|উত্তর|उत्तर)\s*[:：]/iu;
const WORDS_OF_AN_ANSWER = 3;

export interface Word {
  text: string;
  /** Counted through the letter; a phrase never crosses a sentence, a negation never a clause. */
  sentence: number;
  clause: number;
  /** Stands in quotation marks with so few others that it is a title rather than speech. */
  titled: boolean;
}

const ADDRESS = /[^\s@]{1,64}@\S+|\b(?:https?:\/\/|www\.)\S+/gu;
/** Words; then what ends a sentence; then what ends a clause; then quotation marks. */
const PIECE =
  /[0-9a-z\u00c0-\u024f\u0600-\u0963\u0966-\u1fff]+|([.](?=\s|$)|[!?।॥…]+|\n\s*\n)|[,;:()–—]|["“”„«»]/g;
const QUOTES = '"“”„«»';
const LONGEST_TITLE = 4;
/** Their full stop ends no sentence; that of the second only before a number. */
const TITLES = new Set('mr mrs ms dr st md smt sri shri prof govt pvt ltd'.split(' '));
const NUMBERED = new Set('no rs re sl ps ph nos'.split(' '));

/** The words of subject and text without quotation, signature and addresses; at most the first 10,000 characters. */
export function wordsOf(message: { subject: string; text: string }): Word[] {
  const text = ownWords(message.text.slice(0, 2 * JUDGED));
  const answer = ANSWER.test(message.subject) && text.split(/\s+/, 9).length > WORDS_OF_AN_ANSWER;
  const judged = answer ? text : `${message.subject.slice(0, JUDGED)}\n\n${text}`;
  return splitWords(withoutAddresses(foldText(judged.slice(0, JUDGED))));
}

function withoutAddresses(text: string): string {
  return /@|:\/\/|www/.test(text) ? text.replace(ADDRESS, ',') : text;
}

function splitWords(text: string): Word[] {
  const words: Word[] = [];
  const at = { sentence: 0, clause: 0, quote: -1 };
  for (const match of text.matchAll(PIECE)) {
    const piece = match[0];
    const ends = match[1] !== undefined;
    if (QUOTES.includes(piece)) at.quote = closeQuote(words, at.quote);
    else if (!ends && !',;:()–—'.includes(piece)) {
      words.push({ text: piece, sentence: at.sentence, clause: at.clause, titled: false });
    } else if (piece !== '.' || !isAbbreviated(words.at(-1)?.text ?? '', text, match.index)) {
      at.clause += 1;
      if (ends) at.sentence += 1;
    }
  }
  return words;
}

/** Marks the words since `opened` as a title if they are few; answers where a quotation that begins here begins. */
function closeQuote(words: readonly Word[], opened: number): number {
  if (opened < 0) return words.length;
  if (words.length - opened <= LONGEST_TITLE) {
    for (const word of words.slice(opened)) word.titled = true;
  }
  return -1;
}

function isAbbreviated(word: string, text: string, stop: number): boolean {
  return TITLES.has(word) || (NUMBERED.has(word) && /^\.\s{0,3}[0-9]/.test(text.slice(stop, stop + 6)));
}
