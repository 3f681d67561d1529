// Whether two letters speak of one incident. A suggestion to a person, never more: nothing is joined by it. Precision
// goes before recall, so whatever contradicts (another place, hour, day or number) outweighs what agrees.

import { daysBefore, daysIn, hoursIn } from './matter-hours.js';
import { placesIn } from './matter-places.js';
import { scriptOf, tokensOf } from './matter-tokens.js';
import { numbersIn, tellingWords } from './matter-words.js';
import type { Attachment } from './message.js';
import {
  differentBits,
  hashText,
  isNearDuplicate,
  type TextFingerprint,
  textFingerprint,
} from './near-text.js';
import { type Instant, millisecondsBetween } from './time.js';

/** What is kept of a letter to find others of its matter: hashes, hours and days; no word of the resident. */
export interface MatterMarks {
  receivedAt: Instant;
  text: TextFingerprint;
  /** Code of a category that tells what happened; null for others and none. */
  category: string | null;
  script: 'bengali' | 'devanagari' | 'latin';
  /** SHA-256 of telling attachments. */
  files: string[];
  places: string[];
  /** 0-23. */
  hours: number[];
  /** `YYYY-MM-DD`. */
  days: string[];
  numbers: string[];
  words: string[];
}

export interface MarkedLetter {
  subject: string;
  /** The resident's own words. */
  own: string;
  attachments: readonly Attachment[];
  category: string | null;
  receivedAt: Instant;
  /** The local day of receipt, `YYYY-MM-DD`. */
  receivedDay: string;
}

export const MATTER_REASONS = [
  'same text',
  'nearly the same text',
  'same photo',
  'same file',
  'same number',
  'same place and hour',
  'same place and words',
] as const;
export type MatterReason = (typeof MATTER_REASONS)[number];

export interface Likeness {
  /** 0-100; a sum of what agrees. */
  score: number;
  reasons: MatterReason[];
}

/** Categories of the offered table that say how bad it is or that it is something else, not what happened. */
const TELLS_NOTHING = new Set(['OTHER', 'INFO', 'HELP', 'EMG', 'SEN']);

/** Letters further apart in time are not held against each other. */
export const MATTER_WINDOW_MS = 48 * 3_600_000;

const MOST_FILES = 8;
/** Bytes; smaller ones are marks, buttons and empty forms. A picture among the text is mostly a signature's. */
const LEAST_FILE = 4_000;
const LEAST_PHOTO = 12_000;
const LEAST_INLINE = 40_000;
const NO_EVIDENCE = /calendar|vcard|pkcs7|pgp|delivery-status|disposition|rfc822|ms-tnef/;

/** The marks of one letter. */
export function matterMarks(letter: MarkedLetter): MatterMarks {
  const tokens = tokensOf(`${letter.subject}\n${letter.own}`);
  const { places, used } = placesIn(tokens);
  const files = letter.attachments.filter(isTelling).map(({ type, sha256 }) => fileMark(type, sha256));
  return {
    receivedAt: letter.receivedAt,
    text: textFingerprint(`${letter.subject} ${letter.own}`),
    category: letter.category === null || TELLS_NOTHING.has(letter.category) ? null : letter.category,
    script: scriptOf(tokens),
    files: [...new Set(files)].slice(0, MOST_FILES),
    places: places.map(short),
    hours: hoursIn(tokens),
    days: daysIn(tokens, letter.receivedDay),
    numbers: numbersIn(tokens).map(short),
    words: tellingWords(tokens, used).map(short),
  };
}

function short(text: string): string {
  return hashText(text).slice(0, 12);
}

function isTelling({ type, size, inline }: Attachment): boolean {
  if (NO_EVIDENCE.test(type)) return false;
  if (inline) return size >= LEAST_INLINE;
  return size >= (type.startsWith('image/') ? LEAST_PHOTO : LEAST_FILE);
}

const PHOTO = 'photo:';

function fileMark(type: string, sha256: string): string {
  return `${type.startsWith('image/') ? PHOTO : 'file:'}${sha256.slice(0, 32)}`;
}

const BANDS = 8;

/**
 * Under what a letter is looked up: strong keys find few letters, the bands of its near mark and its places more.
 * Equal keys are no likeness, only a reason to compare.
 */
export function matterKeys(marks: MatterMarks): { strong: string[]; weak: string[] } {
  const { text, files, numbers, places, hours } = marks;
  const strong = [...files, ...numbers.map((number) => `number:${number}`)];
  if (text.exact !== null) strong.unshift(`text:${text.exact}`);
  const weak = Array.from({ length: text.near === null ? 0 : BANDS }, (_, band) => {
    const from = (band * 16) / BANDS;
    return `band${band}:${text.near?.slice(from, from + 16 / BANDS)}`;
  });
  for (const place of places) {
    weak.push(`place:${place}`);
    for (const hour of hours) weak.push(`at:${place}:${hour}`);
  }
  return { strong, weak };
}

const SCORES: Record<MatterReason, number> = {
  'same text': 100,
  'nearly the same text': 85,
  'same photo': 80,
  'same file': 75,
  'same number': 75,
  'same place and hour': 70,
  'same place and words': 65,
};
const LEAST_WORDS_ALIKE = 18;
const LEAST_WORDS_WITH_PLACE = 10;
/** Of the words of the shorter letter. */
const SHARE_OF_WORDS = 0.3;

/** What two letters have in common, undefined when that is too little or something contradicts. Symmetrical. */
export function likeness(one: MatterMarks, other: MatterMarks): Likeness | undefined {
  if (Math.abs(millisecondsBetween(one.receivedAt, other.receivedAt)) > MATTER_WINDOW_MS) return undefined;
  const pair: Pair = { one, other, common: inCommon(one, other), clash: contradictions(one, other) };
  const reasons = [...alikeInText(pair), ...alikeInFiles(pair), ...alikeInMatter(pair)];
  if (reasons.length === 0) return undefined;
  const scores = reasons.map((reason) => SCORES[reason]).sort((a, b) => b - a);
  const [best = 0, ...more] = scores;
  return { score: Math.min(100, best + 5 * more.length), reasons };
}

interface Pair {
  one: MatterMarks;
  other: MatterMarks;
  common: Common;
  clash: Clash;
}

interface Common {
  places: number;
  numbers: number;
  words: number;
  /** Of the words of the letter with fewer. */
  shareOfWords: number;
}

function inCommon(one: MatterMarks, other: MatterMarks): Common {
  const words = shared(one.words, other.words).length;
  return {
    places: shared(one.places, other.places).length,
    numbers: shared(one.numbers, other.numbers).length,
    words,
    shareOfWords: words / Math.max(1, Math.min(one.words.length, other.words.length)),
  };
}

interface Clash {
  place: boolean;
  hour: boolean;
  day: boolean;
  number: boolean;
  category: boolean;
}

/** Both say it, and nothing of it is the same. What only one of them says contradicts nothing. */
function contradictions(one: MatterMarks, other: MatterMarks): Clash {
  const apart = (mine: readonly string[], theirs: readonly string[]) =>
    mine.length > 0 && theirs.length > 0 && shared(mine, theirs).length === 0;
  return {
    place: apart(one.places, other.places),
    hour: one.hours.length > 0 && other.hours.length > 0 && !hoursMeet(one.hours, other.hours),
    day: apart(withNights(one), withNights(other)),
    number: apart(one.numbers, other.numbers),
    category: one.category !== null && other.category !== null && one.category !== other.category,
  };
}

/** Around midnight two people mean the same night by two days. */
function withNights({ days, hours }: MatterMarks): string[] {
  const isNight = hours.some((hour) => hour >= 22 || hour < 5);
  return isNight ? days.flatMap((day) => [day, daysBefore(day, 1), daysBefore(day, -1)]) : days;
}

/** People see the clock differently by up to an hour. */
function hoursMeet(one: readonly number[], other: readonly number[]): boolean {
  return one.some((mine) => other.some((theirs) => [0, 1, 23].includes(Math.abs(mine - theirs))));
}

function shared(one: readonly string[], other: readonly string[]): string[] {
  return one.filter((value) => other.includes(value));
}

/** Word for word, or nearly; a few words of no place are said by many. */
function alikeInText({ one, other, common, clash }: Pair): MatterReason[] {
  const words = Math.min(one.text.words, other.text.words);
  const enough = common.places > 0 ? LEAST_WORDS_WITH_PLACE : LEAST_WORDS_ALIKE;
  if (words < enough || !isNearDuplicate(one.text, other.text)) return [];
  if (one.text.exact === other.text.exact) return ['same text'];
  return clash.place || clash.hour || clash.day || clash.number ? [] : ['nearly the same text'];
}

function alikeInFiles({ one, other, clash }: Pair): MatterReason[] {
  const files = shared(one.files, other.files);
  // A picture of another kind of matter in another place is a mark of whoever sends it.
  if (files.length === 0 || (clash.place && clash.category)) return [];
  return [files.some((file) => file.startsWith(PHOTO)) ? 'same photo' : 'same file'];
}

function alikeInMatter(pair: Pair): MatterReason[] {
  const { one, other, common, clash } = pair;
  if (clash.hour || clash.day) return [];
  const reasons: MatterReason[] = [];
  if (common.numbers > 0) reasons.push('same number');
  if (common.places === 0 || clash.number) return reasons;
  const bothHours = one.hours.length > 0 && other.hours.length > 0;
  if (bothHours && speakAlike(pair)) reasons.push('same place and hour');
  else if (common.words >= (clash.category ? 5 : 4) && common.shareOfWords >= SHARE_OF_WORDS)
    reasons.push('same place and words');
  return reasons;
}

/** Of one kind of matter, or in the same words; between two scripts few words can be the same. */
function speakAlike({ one, other, common, clash }: Pair): boolean {
  const isAcross = one.script !== other.script;
  if (clash.category) return common.words >= 3;
  if (one.category === null || other.category === null) return common.words >= (isAcross ? 1 : 2);
  return isAcross || common.words >= 1;
}

/** Whether the near marks are close enough for a comparison to be worth it. */
export function mayBeNear(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && differentBits(one, other) <= 14;
}
