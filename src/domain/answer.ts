// What a resident answers to a closure: not solved, thanks, or something an officer must read. Read from the first words
// only, because a letter with news is never an answer that a machine may act on.
import {
  BENIGN,
  CUSTOMARY,
  GREETING,
  NO,
  NO_GOES_ON,
  NOT_SOLVED,
  NOT_SURE,
  ONLY_IF_SHORT,
  OPEN_MATTER,
  SHORT_NO,
  SIGNING_OFF,
  SOLVED,
  THANKS,
  UNDECIDED,
  WITHOUT_MEANING,
} from './answer-words.js';
import { ownWords } from './own-words.js';
import { foldForSearch } from './search-words.js';

export type Answer = 'not-solved' | 'thanks' | 'other';

/** Characters of the letter that are looked at. */
const LOOKED_AT = 6_000;
/** Words up to which a whole letter can be an answer; of a longer one only the beginning can. */
const ANSWER_LENGTH = 40;
const BEGINNING = 15;
/** Up to so many words "again" and "still" are about this matter and not part of a story. */
const SHORT = 25;
/** Up to so many, any negation is. */
const VERY_SHORT = 10;
/** Words besides the usual ones that thanks may hold: names. "Solved" without thanks may hold fewer. */
const UNKNOWN_IN_THANKS = { names: 4, others: 1 };
const UNKNOWN_IN_SOLVED = { names: 2, others: 1 };

/** The meaning of a reply to a closure letter; `other` when in doubt. Never throws, whatever the text. */
export function readAnswer(text: string): Answer {
  const own = unsigned(ownWords(unquoted(text.slice(0, LOOKED_AT))));
  const tokens = tokensOf(own);
  const length = tokens.filter(isWord).length;
  if (length === 0) return 'other';
  const opening = length > ANSWER_LENGTH ? firstWords(tokens, BEGINNING) : tokens;
  const words = meaningIn(sentence(opening));
  if (saysNotSolved(words, length)) return 'not-solved';
  if (length > ANSWER_LENGTH || tokens.includes('?')) return 'other';
  return saysThanks(words, namesIn(own)) ? 'thanks' : 'other';
}

/** The introduction of a quotation that a mail program broke in two, or the head of the quoted letter. */
const QUOTATION =
  /^(?:[^\n]{5,200}\n)?[^\n]{0,200}(?:wrote|লিখেছেন|লিখেছে|लिखा)[ \t]?[:ঃ][ \t]*$|^(?:from|প্রেরক|থেকে|प्रेषक|द्वारा)[ \t]?:[^\n]{1,200}\n[^\n]{1,80}:/imu;

function unquoted(text: string): string {
  const at = text.search(QUOTATION);
  return at < 0 ? text : text.slice(0, at);
}

const FROM_A_TELEPHONE = /^\s*(?:sent from|sent via|get outlook for|sent with)\b/i;
/** A name, a post, an address: few words, or each with a capital or a digit. */
const FEW_WORDS = 3;
const CAPITALS = /^(?:[\p{Lu}\d(+]\S*(?:\s+|$)){1,7}$/u;
const SIGNED_LINES = 6;

/** Without what follows a line like "Regards," or "Thanks", when that reads like a name and an address. */
function unsigned(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !FROM_A_TELEPHONE.test(line));
  const at = lines.findIndex((line) => SIGNING_OFF.test(sentence(tokensOf(line))));
  const after = lines.slice(at + 1);
  const isSigned = at >= 0 && after.length <= SIGNED_LINES && after.every(isNamelike);
  return (isSigned ? lines.slice(0, at + 1) : lines).join('\n');
}

function isNamelike(line: string): boolean {
  const tokens = tokensOf(line);
  if (tokens.filter(isWord).length > FEW_WORDS && !CAPITALS.test(line.trim())) return false;
  const words = meaningIn(sentence(tokens));
  return !saysNotSolved(words, VERY_SHORT) && !OPEN_MATTER.test(words);
}

const TOKEN = /[\p{L}\p{M}\p{N}]+|[.!?।॥…;\n,:–—-]|👍|👎|🙏|👏/gu;
const PAUSES = ',:–—-';

/** Folded words, and marks: `.` for the end of a sentence, `,` for a pause, `?`. */
function tokensOf(text: string): string[] {
  const folded = foldForSearch(text)
    .replace(/['’`"“”]/g, '')
    .replace(/(?<=\p{L})-(?=\p{L})/gu, ' ')
    .replace(/([a-z])\1{2,}/g, '$1');
  return (folded.match(TOKEN) ?? []).map(markOf);
}

function markOf(token: string): string {
  if (PAUSES.includes(token)) return ',';
  return /^[.!।॥…;\n]$/u.test(token) ? '.' : token;
}

function isWord(token: string): boolean {
  return token !== '.' && token !== ',' && token !== '?';
}

function firstWords(tokens: readonly string[], count: number): string[] {
  let left = count;
  const end = tokens.findIndex((token) => {
    left -= isWord(token) ? 1 : 0;
    return left < 0;
  });
  return end < 0 ? [...tokens] : tokens.slice(0, end);
}

/** A space around every word and mark, so that patterns need no word boundaries (Indian scripts have none). */
function sentence(tokens: readonly string[]): string {
  return ` ${tokens.join(' ')} `;
}

/** Without greeting; what sounds like a no and is none stands as `✓`, what decides nothing as `¿`. */
function meaningIn(words: string): string {
  return words
    .replace(GREETING, '')
    .replace(WITHOUT_MEANING, '')
    .replace(UNDECIDED, '¿')
    .replace(BENIGN, '✓')
    .replace(/ {2,}/g, ' ');
}

function saysNotSolved(words: string, length: number): boolean {
  if (NOT_SOLVED.test(words)) return true;
  const isWell = finds(SOLVED, words);
  if (!isWell && (answersNo(words) || isOnlyNo(words))) return true;
  if (length <= SHORT && ONLY_IF_SHORT.test(words)) return true;
  return length <= VERY_SHORT && SHORT_NO.test(words) && !isWell && !finds(THANKS, words);
}

const WORD_NO = foldForSearch(NO);
const TITLES = '(?: (?:sir|madam|maam|স্যার|সার|ম্যাডাম|सर|मैडम|जी|ji))*';
/** "No", "no.", "no, …"; and a "no" that begins a sentence of its own. */
const FIRST_NO = new RegExp(
  `^ (?:[.,] )*(?:${WORD_NO}(?: ${WORD_NO})*${TITLES}(?= [.,?]| $)|no (?=${foldForSearch(NO_GOES_ON)} )|(?!no |nope )${WORD_NO} )`,
  'u',
);
const BEGINS_WITH_NO = new RegExp(`^ (?:[.,] )*${WORD_NO} `, 'u');
const LONE_NO = new RegExp(`(?<=[.?] )${WORD_NO}(?: ${WORD_NO})*${TITLES}(?= [.?]| $)`, 'u');

/** The answer begins with the word we asked for. "No, thank you" in one breath says too little. */
function answersNo(words: string): boolean {
  const match = FIRST_NO.exec(words);
  if (!match) return false;
  const breath = words.slice(match[0].length).split(/[.?]/, 1)[0] ?? '';
  return !finds(THANKS, ` ${breath.replace(/^[ ,]+/, '')}`);
}

function isOnlyNo(words: string): boolean {
  return LONE_NO.test(words);
}

/** Nothing but thanks, or that it is solved: a line with news among the thanks is for an officer. */
function saysThanks(words: string, names: ReadonlySet<string>): boolean {
  const thanks = finds(THANKS, words);
  const isWell = finds(SOLVED, words);
  if (NOT_SURE.test(words) || !(thanks || isWell)) return false;
  if (BEGINS_WITH_NO.test(words) && !isWell) return false;
  const rest = words.replace(SOLVED, '').replace(THANKS, '');
  if (OPEN_MATTER.test(rest)) return false;
  const unknown = rest
    .replace(CUSTOMARY, '')
    .split(' ')
    .filter((word) => word !== '' && isWord(word));
  const others = unknown.filter((word) => !names.has(word)).length;
  const allowed = thanks ? UNKNOWN_IN_THANKS : UNKNOWN_IN_SOLVED;
  return others <= allowed.others && unknown.length - others <= allowed.names;
}

/** Words that may be names, folded: those with a capital; in scripts without capitals any may. */
function namesIn(text: string): ReadonlySet<string> {
  const found = text.match(/(?:\p{Lu}|\p{Lo})[\p{L}\p{M}]*/gu) ?? [];
  return new Set(found.map(foldForSearch));
}

/** `test` of a global pattern remembers where it was; this does not. */
function finds(pattern: RegExp, words: string): boolean {
  return words.search(pattern) >= 0;
}
