// Bytes to text where the label is missing, wrong or unknown: what the bytes prove wins over what the label says.
import { isAscii, isUtf8 } from 'node:buffer';
import libmime from 'libmime';
import { decode } from 'libmime/lib/charset.js';
import { decodeIscii, isciiScript } from '../domain/charset-iscii.js';
import type { Repair } from '../domain/message.js';
import { decodedOnce } from './charset-twice.js';
import { decodeUtf16, utf16Order } from './charset-wide.js';
import { cleanLine, clip } from './clean.js';

export interface Decoded {
  text: string;
  /** A sentence when the label was no use, null otherwise. */
  problem: string | null;
  /** What was mended, null when the label was right or missing from a text that needs none. */
  repair: Repair | null;
}

const UTF8_LABEL = /^utf-?8$/;
const UTF16_LABEL = /^(?:utf-?16|ucs-?2|iso-10646-ucs-2)(?:le|be)?$/;
const WESTERN_LABEL =
  /^(?:us-ascii|ascii|latin-?[19]|iso-?8859-?(?:1|15)|windows-?1252|cp-?1252|ansi_x3\.4-1968)$/;
const WINDOWS_1252 = /^(?:windows-?1252|cp-?1252)$/;
const ONE_BYTE_LABEL =
  /^(?:windows-?125\d|cp-?125\d|iso-?8859-?\d{1,2}|koi8-?[ru]|macintosh|x-mac-\w{1,20})$/;
/** Characters that one byte each would have to spell by accident. */
const BEYOND_ACCIDENT = 8;
const NOT_ASCII = /[^\p{ASCII}]/u;
/** What windows-1252 has and ISO 8859-1 lacks. */
const WINDOWS_ONLY = /[\u0080-\u009f]/;

/**
 * Decodes `bytes` labelled `label` (empty when there was none): UTF-8 when they are valid UTF-8 and the label is
 * missing, UTF-8, Western or unknown; UTF-16 when they can be nothing else; windows-1252 when they are neither; by the
 * label in every other case. What was encoded twice is decoded twice. Never throws.
 */
export function decodeBytes(bytes: Buffer, label: string): Decoded {
  const decoded = decodeLabelled(bytes, label.trim().toLowerCase(), label);
  if (!NOT_ASCII.test(decoded.text)) return decoded;
  const once = decodedOnce(decoded.text);
  return once === undefined ? decoded : { ...decoded, text: once, repair: 'encoded-twice' };
}

function decodeLabelled(bytes: Buffer, name: string, label: string): Decoded {
  if (name === '' || UTF8_LABEL.test(name)) return decodeUnlabelled(bytes);
  if (WESTERN_LABEL.test(name)) return decodeWestern(bytes, name);
  if (UTF16_LABEL.test(name)) return decodeWide(bytes, name);
  const script = isciiScript(name);
  if (script) return { text: decodeIscii(bytes, script), problem: null, repair: 'iscii' };
  if (!isKnown(name)) return { ...decodeUnlabelled(bytes), problem: unknownLabel(label) };
  const proven = ONE_BYTE_LABEL.test(name) ? provenUtf8(bytes) : undefined;
  return proven ?? sound(decode(bytes, name));
}

function sound(text: string, repair: Repair | null = null): Decoded {
  return { text, problem: null, repair };
}

function decodeUnlabelled(bytes: Buffer): Decoded {
  const order = utf16Order(bytes);
  if (order) return sound(decodeUtf16(bytes, order), 'utf-16');
  const proven = decodeAsUtf8(bytes);
  if (proven !== undefined) return sound(proven);
  const text = bytes.toString('utf8');
  return isMostlyUtf8(text) ? sound(text) : sound(decode(bytes, 'windows-1252'), 'windows-1252');
}

function decodeWestern(bytes: Buffer, name: string): Decoded {
  const order = utf16Order(bytes);
  if (order) return sound(decodeUtf16(bytes, order), 'utf-16');
  const proven = decodeAsUtf8(bytes);
  if (proven !== undefined) return sound(proven, isAscii(bytes) ? null : 'utf-8');
  const isWindows = !WINDOWS_1252.test(name) && WINDOWS_ONLY.test(bytes.toString('latin1'));
  return sound(decode(bytes, 'windows-1252'), isWindows ? 'windows-1252' : null);
}

/** UTF-16 as labelled, unless the bytes say another order or that they are UTF-8. */
function decodeWide(bytes: Buffer, name: string): Decoded {
  const order = utf16Order(bytes);
  if (order) {
    const labelled = name.endsWith('be') ? 'be' : name.endsWith('le') ? 'le' : order;
    return sound(decodeUtf16(bytes, order), labelled === order ? null : 'utf-16');
  }
  if (isUtf8(bytes) && !bytes.includes(0)) return sound(bytes.toString('utf8'), 'utf-8');
  // RFC 2781 4.3: without a mark and a name, high byte first; but what mail programs write is low byte first.
  return sound(decodeUtf16(bytes, name.endsWith('be') ? 'be' : 'le'));
}

function provenUtf8(bytes: Buffer): Decoded | undefined {
  if (isAscii(bytes) || !isUtf8(bytes)) return undefined;
  const text = bytes.toString('utf8');
  const beyond = text.match(/[^\p{ASCII}]/gu)?.length ?? 0;
  return beyond >= BEYOND_ACCIDENT ? sound(text, 'utf-8') : undefined;
}

/** The text when the bytes are UTF-8, a last character cut in two aside; undefined when they are not. */
function decodeAsUtf8(bytes: Buffer): string | undefined {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  const whole = withoutCutCharacter(bytes);
  return isUtf8(whole) && !isAscii(whole) ? whole.toString('utf8') : undefined;
}

/** One damaged byte must not turn a Bengali letter into Western gibberish. */
function isMostlyUtf8(text: string): boolean {
  const broken = text.match(/\ufffd/g)?.length ?? 0;
  const sound = text.match(/[^\p{ASCII}\ufffd]/gu)?.length ?? 0;
  return sound > broken;
}

/** Drops a UTF-8 sequence that the end of `bytes` cut in two. */
function withoutCutCharacter(bytes: Buffer): Buffer {
  const from = Math.max(bytes.length - 3, 0);
  for (let at = bytes.length - 1; at >= from; at--) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) return bytes;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return at > 0 && at + length > bytes.length ? bytes.subarray(0, at) : bytes;
  }
  return bytes;
}

function isKnown(label: string): boolean {
  return libmime.createDecodeStream(label).supported;
}

function unknownLabel(label: string): string {
  return `The letter named the unknown character set "${clip(cleanLine(label), 40)}".`;
}
