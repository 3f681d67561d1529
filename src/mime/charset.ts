// Bytes to text where the label is missing, wrong or unknown: what the bytes prove wins over what the label says.
import { isAscii, isUtf8 } from 'node:buffer';
import libmime from 'libmime';
import { decode } from 'libmime/lib/charset.js';
import { cleanLine, clip } from './clean.js';

export interface Decoded {
  text: string;
  /** A sentence when the label was no use, null otherwise. */
  problem: string | null;
}

const UTF8_LABEL = /^utf-?8$/;
const WESTERN_LABEL =
  /^(?:us-ascii|ascii|latin-?[19]|iso-?8859-?(?:1|15)|windows-?1252|cp-?1252|ansi_x3\.4-1968)$/;

/**
 * Decodes `bytes` labelled `label` (empty when there was none): UTF-8 when they are valid UTF-8 and the label is
 * missing, UTF-8, Western or unknown; windows-1252 when they are not; by the label in every other case. Never throws.
 */
export function decodeBytes(bytes: Buffer, label: string): Decoded {
  const name = label.trim().toLowerCase();
  if (name === '' || UTF8_LABEL.test(name)) return { text: decodeUnlabelled(bytes), problem: null };
  if (WESTERN_LABEL.test(name)) return { text: decodeWestern(bytes), problem: null };
  if (isKnown(name)) return { text: decode(bytes, name), problem: null };
  return { text: decodeUnlabelled(bytes), problem: unknownLabel(label) };
}

function decodeUnlabelled(bytes: Buffer): string {
  const proven = decodeAsUtf8(bytes);
  if (proven !== undefined) return proven;
  const text = bytes.toString('utf8');
  return isMostlyUtf8(text) ? text : decode(bytes, 'windows-1252');
}

function decodeWestern(bytes: Buffer): string {
  return decodeAsUtf8(bytes) ?? decode(bytes, 'windows-1252');
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
