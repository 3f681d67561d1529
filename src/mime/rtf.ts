// The text of a letter that Outlook wrote as compressed RTF (MS-OXRTFCP) with HTML folded into it (MS-OXRTFEX).
import { decodeBytes } from './charset.js';

const MAX_RTF = 4_000_000;
const COMPRESSED = 0x75465a4c;
const PLAIN = 0x414c454d;
const HEADER = 16;
const WINDOW = 4_096;
/** What both sides begin with. */
const DICTIONARY = Buffer.from(
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx',
  'latin1',
);

/** RTF out of its compressed form, at most 4 MB; empty when `bytes` are not that. */
export function decompressRtf(bytes: Buffer): string {
  if (bytes.length < HEADER) return '';
  const kind = bytes.readUInt32LE(8);
  if (kind === PLAIN) return bytes.toString('latin1', HEADER, HEADER + MAX_RTF);
  return kind === COMPRESSED ? inflate(bytes, Math.min(bytes.readUInt32LE(4), MAX_RTF)) : '';
}

interface Inflating {
  window: Buffer;
  out: Buffer;
  written: number;
  /** Where the next byte goes in the window. */
  place: number;
}

function inflate(bytes: Buffer, length: number): string {
  const window = Buffer.alloc(WINDOW);
  DICTIONARY.copy(window);
  const state: Inflating = { window, out: Buffer.alloc(length), written: 0, place: DICTIONARY.length };
  let at = HEADER;
  while (at < bytes.length && state.written < length) {
    const used = inflateRun(state, bytes, at);
    if (used === undefined) break;
    at += used;
  }
  return state.out.toString('latin1', 0, state.written);
}

/** Eight bytes or references after a byte of flags; returns the bytes used, undefined at the end mark. */
function inflateRun(state: Inflating, bytes: Buffer, from: number): number | undefined {
  const flags = bytes[from] ?? 0;
  let at = from + 1;
  for (let bit = 0; bit < 8 && at < bytes.length; bit++) {
    const first = bytes[at] ?? 0;
    if ((flags & (1 << bit)) === 0) {
      put(state, first);
      at += 1;
      continue;
    }
    const second = bytes[at + 1] ?? 0;
    const offset = (first << 4) | (second >> 4);
    if (offset === state.place) return undefined;
    for (let step = 0; step < (second & 15) + 2; step++)
      put(state, state.window[(offset + step) % WINDOW] ?? 0);
    at += 2;
  }
  return at - from;
}

function put(state: Inflating, byte: number): void {
  if (state.written >= state.out.length) return;
  state.out[state.written] = byte;
  state.written += 1;
  state.window[state.place] = byte;
  state.place = (state.place + 1) % WINDOW;
}

/** A control word with its number, a control sign, a byte in hex, a brace, or text. */
const PIECE = /\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([\da-f]{2})|\\([^a-z])|([{}])|([^\\{}\r\n]+)/gi;
const SILENT = new Set(
  'fonttbl colortbl stylesheet info pict object themedata datastore generator listtable listoverridetable'.split(
    ' ',
  ),
);
const BREAKS = new Map([
  ['par', '\n'],
  ['line', '\n'],
  ['sect', '\n'],
  ['row', '\n'],
  ['cell', '\t'],
  ['tab', '\t'],
  ['emdash', '\u2014'],
  ['endash', '\u2013'],
  ['lquote', '\u2018'],
  ['rquote', '\u2019'],
  ['ldblquote', '\u201c'],
  ['rdblquote', '\u201d'],
  ['bullet', '\u2022'],
]);
const MAX_DEPTH = 500;

interface Group {
  silent: boolean;
  /** Characters that stand for one of `\u` in programs that know no Unicode. */
  substitutes: number;
}

interface Reading {
  groups: Group[];
  text: string[];
  pending: number[];
  codePage: number;
  /** Substitutes still to be passed over. */
  skip: number;
  /** Inside what only programs without HTML show. */
  folded: boolean;
}

/** The words of `rtf`; formatting, pictures and folded HTML tags are left out. */
export function rtfText(rtf: string): string {
  const reading: Reading = {
    groups: [{ silent: false, substitutes: 1 }],
    text: [],
    pending: [],
    codePage: 1252,
    skip: 0,
    folded: false,
  };
  for (const match of rtf.slice(0, MAX_RTF).matchAll(PIECE)) readPiece(reading, match);
  flush(reading);
  return reading.text
    .join('')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function readPiece(reading: Reading, [, word, number, hex, sign, brace, words]: RegExpMatchArray): void {
  if (hex !== undefined) takeByte(reading, hex);
  else if (words !== undefined) say(reading, passOver(reading, words));
  else {
    flush(reading);
    if (brace !== undefined) changeGroup(reading, brace);
    else if (word !== undefined) obey(reading, word.toLowerCase(), number);
    else if (sign !== undefined) readSign(reading, sign);
  }
}

function takeByte(reading: Reading, hex: string): void {
  if (reading.skip > 0) reading.skip -= 1;
  else if (isShown(reading)) reading.pending.push(Number.parseInt(hex, 16));
}

function readSign(reading: Reading, sign: string): void {
  if (sign === '*') silence(reading);
  else if (sign === '~') say(reading, '\u00a0');
  else if ('\\{}'.includes(sign)) say(reading, sign);
}

function passOver(reading: Reading, words: string): string {
  const skipped = Math.min(reading.skip, words.length);
  reading.skip -= skipped;
  return words.slice(skipped);
}

function changeGroup(reading: Reading, brace: string): void {
  const { groups } = reading;
  reading.skip = 0;
  const group = groups.at(-1) ?? { silent: false, substitutes: 1 };
  if (brace === '{' && groups.length < MAX_DEPTH) groups.push({ ...group });
  if (brace === '}' && groups.length > 1) groups.pop();
}

function obey(reading: Reading, word: string, number: string | undefined): void {
  const group = reading.groups.at(-1);
  const value = Number(number ?? 0);
  if (SILENT.has(word)) silence(reading);
  else if (word === 'htmlrtf') reading.folded = number === undefined || value !== 0;
  else if (word === 'ansicpg') reading.codePage = value;
  else if (word === 'uc' && group) group.substitutes = Math.min(value, 8);
  else if (word === 'u') {
    say(reading, String.fromCharCode((value + 0x10000) & 0xffff));
    reading.skip = group?.substitutes ?? 1;
  } else say(reading, BREAKS.get(word) ?? '');
}

function silence(reading: Reading): void {
  const group = reading.groups.at(-1);
  if (group) group.silent = true;
}

function isShown({ groups, folded }: Reading): boolean {
  return !folded && groups.at(-1)?.silent !== true;
}

function say(reading: Reading, words: string): void {
  if (words === '') return;
  flush(reading);
  if (isShown(reading)) reading.text.push(words);
}

/** Bytes written in hex, gathered because one character may take several. */
function flush(reading: Reading): void {
  if (reading.pending.length === 0) return;
  reading.text.push(decodeBytes(Buffer.from(reading.pending), `windows-${reading.codePage}`).text);
  reading.pending = [];
}
