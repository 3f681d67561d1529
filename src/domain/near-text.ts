// Letters that say the same: word for word, or nearly, in whatever order. Both are marks of 64 bits; a match is a
// suggestion to a person or a reason to stay silent, never proof.
import { foldForSearch } from './search-words.js';

/** Hex digits; null where the text is too short to tell by it. */
export interface TextFingerprint {
  /** Equal for texts whose words are the same but for case, punctuation, white space and the script of digits. */
  exact: string | null;
  /** Near for texts that share most of their words and pairs of words (a simhash). */
  near: string | null;
  words: number;
}

const LOOKED_AT = 50_000;
const MOST_WORDS = 5_000;
/** "Please call me" is said by many. */
const LEAST_EXACT = 4;
const LEAST_NEAR = 12;
/** Of 64; two unrelated texts differ in about 32, and hardly ever in fewer than 19. */
const MOST_DIFFERENT_BITS = 14;
/** A text and one several times as long are not the same matter told twice. */
const LONGEST_RATIO = 2;

/** Marks of the resident's own words (`ownWords`), with the subject in front where that says something. */
export function textFingerprint(ownWords: string): TextFingerprint {
  const words = wordsOf(ownWords);
  return {
    exact: words.length < LEAST_EXACT ? null : hashText(words.join(' ')),
    near: words.length < LEAST_NEAR ? null : simhash(words),
    words: words.length,
  };
}

/** Whether two letters say the same, word for word or nearly. */
export function isNearDuplicate(one: TextFingerprint, other: TextFingerprint): boolean {
  if (one.exact !== null && one.exact === other.exact) return true;
  if (one.near === null || other.near === null) return false;
  const [short, long] = [Math.min(one.words, other.words), Math.max(one.words, other.words)];
  if (long > short * LONGEST_RATIO) return false;
  return differentBits(one.near, other.near) <= MOST_DIFFERENT_BITS;
}

function wordsOf(text: string): string[] {
  const words = foldForSearch(text.slice(0, LOOKED_AT)).match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  return words.slice(0, MOST_WORDS);
}

/** In how many of their 64 bits two marks differ. */
export function differentBits(one: string, other: string): number {
  return bitsIn(part(one, 0) ^ part(other, 0)) + bitsIn(part(one, 8) ^ part(other, 8));
}

function part(hex: string, at: number): number {
  return Number.parseInt(hex.slice(at, at + 8), 16) | 0;
}

function bitsIn(value: number): number {
  let rest = value >>> 0;
  let bits = 0;
  while (rest !== 0) {
    rest &= rest - 1;
    rest >>>= 0;
    bits += 1;
  }
  return bits;
}

const BITS = 64;

function simhash(words: readonly string[]): string {
  const sums = new Int32Array(BITS);
  for (const shingle of shinglesOf(words)) {
    const halves = hashHalves(shingle);
    for (let bit = 0; bit < BITS; bit += 1) sums[bit] = (sums[bit] ?? 0) + (hasBit(halves, bit) ? 1 : -1);
  }
  const halves: [number, number] = [0, 0];
  for (let bit = 0; bit < BITS; bit += 1) {
    if ((sums[bit] ?? 0) > 0) halves[half(bit)] |= 1 << (bit & 31);
  }
  return hexOf(halves);
}

/** Words and pairs of neighbours, each once: their order in the text is lost but for the pairs. */
function shinglesOf(words: readonly string[]): Set<string> {
  const pairs = words.slice(1).map((word, index) => `${words[index]} ${word}`);
  return new Set([...words, ...pairs]);
}

function hasBit(halves: readonly [number, number], bit: number): boolean {
  return ((halves[half(bit)] >>> (bit & 31)) & 1) === 1;
}

function half(bit: number): 0 | 1 {
  return bit < 32 ? 0 : 1;
}

/** 64 bits of `text` as 16 hex digits. Not for secrets. */
export function hashText(text: string): string {
  return hexOf(hashHalves(text));
}

function hexOf(halves: readonly number[]): string {
  return halves.map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}

/** Two halves of 32 bits (cyrb53's mixing, whole). */
function hashHalves(text: string): [number, number] {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, 2_654_435_761);
    low = Math.imul(low ^ code, 1_597_334_677);
  }
  const mixed = mix(high, low);
  return [mixed, mix(low, mixed)];
}

function mix(one: number, other: number): number {
  const first = Math.imul(one ^ (one >>> 16), 2_246_822_507);
  const second = Math.imul(other ^ (other >>> 13), 3_266_489_909);
  return (first ^ second) | 0;
}
