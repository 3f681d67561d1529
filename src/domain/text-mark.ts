// A short mark of what a letter says, by which a letter that says the same again is known.
import { addressKey } from './address.js';
import { foldForSearch } from './search-words.js';

/** Letters shorter than this say the same by chance ("Hello", "Please call"). */
const LEAST_WORDS = 4;

/**
 * Equal for two letters of one sender whose own words (`ownWords`) differ only in case, punctuation and white space; null when they
 * are too few to tell. Not a proof: whoever compares it with care for evidence compares the letters.
 */
export function textMark(letter: { sender: string; subject: string; own: string }): string | null {
  const words = foldForSearch(`${letter.subject} ${letter.own}`).match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  if (words.length < LEAST_WORDS || letter.sender === '') return null;
  const text = `${addressKey(letter.sender)} ${words.join(' ')}`;
  return `${hash(text, 0)}${hash(text, 1)}`;
}

/** 53 bits of a multiplicative hash (cyrb53), as 14 hexadecimal digits. */
function hash(text: string, seed: number): string {
  let high = 0xdeadbeef ^ seed;
  let low = 0x41c6ce57 ^ seed;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, 2_654_435_761);
    low = Math.imul(low ^ code, 1_597_334_677);
  }
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
  return (4_294_967_296 * (2_097_151 & low) + (high >>> 0)).toString(16).padStart(14, '0');
}
