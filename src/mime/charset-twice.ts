// UTF-8 that some program on the way took for windows-1252 and encoded once more: `à¦°` for `র`.
import { isUtf8 } from 'node:buffer';

/** The characters of windows-1252 from 80 to 9F; where it has none, the control of that byte stands. */
const SPECIALS =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';
const BYTE_OF = new Map([...SPECIALS].map((character, index) => [character, 0x80 + index]));
const FOLLOWING = `[\\u0080-\\u00bf${SPECIALS}]`;
const SUSPECT = new RegExp(`[\\u00c2\\u00c3\\u00e0\\u00e2]${FOLLOWING}`);
/** Bengali and Devanagari, and the quotation marks that programs put between their words. */
const INDIAN_RUNS = new RegExp(
  `(?:\\u00e0[\\u00a4-\\u00a7]${FOLLOWING}|\\u00e2(?:\\u20ac|\\u0080)${FOLLOWING})+`,
  'g',
);
const MAX_ROUNDS = 2;

/** The text as it was written when `text` was encoded twice (or thrice); undefined when it was not. */
export function decodedOnce(text: string): string | undefined {
  let current = text;
  for (let round = 0; round < MAX_ROUNDS && SUSPECT.test(current); round++) {
    const once = wholly(current) ?? current.replace(INDIAN_RUNS, (run) => wholly(run) ?? run);
    if (once === current) break;
    current = once;
  }
  return current === text ? undefined : current;
}

function wholly(text: string): string | undefined {
  const bytes = bytesOf(text);
  return bytes && isUtf8(bytes) ? bytes.toString('utf8') : undefined;
}

function bytesOf(text: string): Buffer | undefined {
  const bytes = Buffer.allocUnsafe(text.length);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const byte = code < 0x80 ? code : (BYTE_OF.get(text.charAt(at)) ?? code);
    if (byte > 0xff) return undefined;
    bytes[at] = byte;
  }
  return bytes;
}
