// Header values to text: raw 8-bit bytes and encoded words (RFC 2047, RFC 2231) by our own rule for character sets.
import { Libmime } from 'libmime';
import { decodeBytes } from './charset.js';

/** Encoded words decoded by what their bytes prove, as bodies are. */
class HeaderWords extends Libmime {
  override decodeWord(charset: string, encoding: string, word: string): string {
    const bytes = Buffer.from(super.decodeWord('binary', encoding, word), 'latin1');
    return decodeBytes(bytes, charset.replace(/\*.*$/, '')).text;
  }
}

const words = new HeaderWords();
const NOT_ASCII = /[^\p{ASCII}]/u;

/** Text of bytes that came as latin1 characters. */
export function decodeRaw(raw: string): string {
  return NOT_ASCII.test(raw) ? decodeBytes(Buffer.from(raw, 'latin1'), '').text : raw;
}

/** `text` with its encoded words decoded. */
export function decodeWords(text: string): string {
  return text.includes('=?') ? words.decodeWords(text) : text;
}

/** The value and parameters of a structured header such as Content-Type, comments dropped. */
export function parseParameters(value: string): { value: string; params: ReadonlyMap<string, string> } {
  const parsed = words.parseHeaderValue(value, { stripComments: true });
  return { value: parsed.value.trim().toLowerCase(), params: new Map(Object.entries(parsed.params)) };
}
