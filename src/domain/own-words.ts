// The resident's own words: the text without what it quotes, forwards and signs. Only triage and answers go by them;
// the whole text is kept and shown.
import { headField, isForeignHead, writtenHead } from './own-words-head.js';
import {
  holdsDate,
  introducesQuoted,
  introducesUnmarked,
  isForwardedMark,
  isOriginalMark,
  isQuoted,
  isRule,
  runsOn,
} from './own-words-marks.js';
import { endOfArmour, isArmour, markTails } from './own-words-tails.js';

export type TextKind = 'own' | 'quoted' | 'signature' | 'forwarded';

/** Every line of the text that is not blank stands in exactly one of these, unchanged and in its order. */
export type SplitText = Record<TextKind, string>;

/** The lines of a text in NFC, and what each is. */
export interface SortedLines {
  lines: readonly string[];
  kinds: TextKind[];
  /** No line before this one is own and has words; only ever grows. */
  firstOwn: number;
}

const NOT_ASCII = /[^\p{ASCII}]/u;
const INTRODUCTION_LINES = 4;
const BLANK_LINES = 2;
/** HTML letters draw a line or two of their own above a head. */
const MAX_RULES = 10;
/** A signature below `-- `, and below a bare `--`, which people also draw between two halves of a letter. */
const SIGNATURE = { lines: 40, characters: 3_000 };
const BARE_SIGNATURE = { lines: 12, characters: 600 };

/**
 * Sorts the lines of `text` by who speaks: the writer (`own`), letters answered (`quoted`) or passed on (`forwarded`),
 * and what program or office adds below (`signature`). In doubt a line is own. Answers between and below lines quoted
 * by `>` are own.
 */
export function splitText(text: string): SplitText {
  const { kinds } = sortLines(text);
  if (kinds.every((kind) => kind === 'own'))
    return { own: text.trim(), quoted: '', signature: '', forwarded: '' };
  const lines = text.split('\n');
  const pick = (kind: TextKind) =>
    lines
      .filter((_line, at) => kinds[at] === kind)
      .join('\n')
      .trim();
  return {
    own: pick('own'),
    quoted: pick('quoted'),
    signature: pick('signature'),
    forwarded: pick('forwarded'),
  };
}

/**
 * The writer's own words; of a letter that was passed on without any, the words passed on. Empty when `text` holds
 * only a quotation.
 */
export function ownWords(text: string): string {
  const { own, forwarded } = splitText(text);
  return own === '' ? forwarded : own;
}

/** What each line of `text` is. */
export function sortLines(text: string): SortedLines {
  const lines = normalized(text).split('\n');
  const sorted: SortedLines = { lines, kinds: lines.map(() => 'own'), firstOwn: 0 };
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    at = mayBeMark(line) ? markFrom(sorted, at) : at + 1;
  }
  markTails(sorted);
  return sorted;
}

function normalized(text: string): string {
  return NOT_ASCII.test(text) ? text.normalize('NFC') : text;
}

const FIRST_SIGNS = '>-_=*';
const LAST_SIGNS = ':：ঃ';
const MAX_MARK = 400;

/** Cheap, because nearly every line of a letter is none. */
function mayBeMark(line: string): boolean {
  let first = 0;
  while (isSpace(line.charCodeAt(first))) first += 1;
  if (first === line.length) return false;
  if (FIRST_SIGNS.includes(line.charAt(first))) return line.length <= MAX_MARK || isQuoted(line);
  if (line.length > MAX_MARK) return false;
  let last = line.length - 1;
  while (isSpace(line.charCodeAt(last))) last -= 1;
  return LAST_SIGNS.includes(line.charAt(last)) || headField(line)?.field === 'from';
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0xa0;
}

/** Marks what begins at line `at`, if anything; returns the line at which to go on. */
function markFrom(sorted: SortedLines, at: number): number {
  const line = sorted.lines[at] ?? '';
  if (isQuoted(line)) return markQuoted(sorted, at, 'quoted');
  if (line === '-- ' || line.trim() === '--') return markSignature(sorted, at);
  if (isArmour(line)) return fill(sorted, { from: at, to: endOfArmour(sorted.lines, at), kind: 'signature' });
  if (isForwardedMark(line)) return markBelow(sorted, at, 'forwarded');
  if (isOriginalMark(line)) return markBelow(sorted, at, 'quoted');
  return markUnmarked(sorted, at);
}

/** A head without a word above it, a rule with a head below it, and introductions of quotations without `>`. */
function markUnmarked(sorted: SortedLines, at: number): number {
  const { lines } = sorted;
  const line = lines[at] ?? '';
  if (beginsHead(lines, at)) {
    return markBelow(sorted, at, hasOwnAbove(sorted, at) ? 'quoted' : 'forwarded');
  }
  const below = lines[nextWithWords(lines, at + 1)] ?? '';
  if (!LAST_SIGNS.includes(line.trimEnd().slice(-1)) || isQuoted(below)) return at + 1;
  const from = introductionAt(sorted, at, introducesUnmarked);
  if (from === undefined) return at + 1;
  return fill(sorted, { from, to: lines.length, kind: 'quoted' });
}

/** A head without a mark, or rules with a head below them. */
function beginsHead(lines: readonly string[], at: number): boolean {
  let head = at;
  while (isRule(lines[head] ?? '') && head < at + MAX_RULES) head = nextWithWords(lines, head + 1);
  const isMarked = head > at;
  return writtenHead(lines, head, isMarked) !== undefined || (isMarked && isForeignHead(lines, head));
}

/** A run of lines quoted by `>` with its introduction; what follows it is own again. */
function markQuoted(sorted: SortedLines, at: number, kind: TextKind): number {
  const { lines } = sorted;
  let end = at;
  while (end < lines.length && isQuoted(lines[end] ?? '')) end += 1;
  if (kind === 'quoted' && end - at === 1 && isNoQuotation(lines[at] ?? '')) return end;
  const above = lastWithWords(lines, at - 1);
  const from = above === undefined ? undefined : introductionAt(sorted, above, introducesQuoted);
  return fill(sorted, { from: from ?? at, to: end, kind });
}

/** Programs put `>` before a line of one's own that begins with "From "; and people write "> 500". */
function isNoQuotation(line: string): boolean {
  return /^>From |^\s*>=?\s?[\d০-৯०-९₹]/u.test(line);
}

/** From a mark on: the head below it, then the lines quoted by `>`, or else the rest of the text. */
function markBelow(sorted: SortedLines, at: number, kind: TextKind): number {
  const { lines } = sorted;
  const headAt = nextWithWords(lines, at + 1);
  const head = writtenHead(lines, headAt, true);
  const content = nextWithWords(lines, head?.end ?? at + 1);
  if (!isQuoted(lines[content] ?? '')) return fill(sorted, { from: at, to: lines.length, kind });
  fill(sorted, { from: at, to: content, kind });
  let next = content;
  while (isQuoted(lines[next] ?? '')) {
    next = fill(sorted, { from: next, to: next + 1, kind });
    const further = nextWithWords(lines, next);
    if (isQuoted(lines[further] ?? '')) next = further;
  }
  return next;
}

/** The first line of the introduction that ends at line `last`; undefined when it is none. */
function introductionAt(
  { lines, kinds }: SortedLines,
  last: number,
  introduces: (joined: string) => boolean,
): number | undefined {
  let joined = '';
  let found: number | undefined;
  for (let at = last; at >= 0 && at > last - INTRODUCTION_LINES; at--) {
    const line = lines[at] ?? '';
    if (kinds[at] !== 'own' || line.trim() === '' || line.length > MAX_MARK) break;
    joined = `${line.trim()} ${joined}`.trim();
    if (!introduces(joined)) continue;
    // A line is never divided, and in doubt it is own.
    if (runsOn(line)) return at + 1;
    found ??= at;
    if (holdsDate(joined)) return at;
  }
  return found;
}

function markSignature(sorted: SortedLines, at: number): number {
  const { lines } = sorted;
  const limit = lines[at] === '-- ' ? SIGNATURE : BARE_SIGNATURE;
  let end = at + 1;
  let characters = 0;
  let next: number | undefined;
  while (end < lines.length && end - at <= limit.lines) {
    next = beginningAt(sorted, end);
    if (next !== undefined) break;
    characters += lines[end]?.length ?? 0;
    end += 1;
  }
  const isShort = end - at <= limit.lines && characters <= limit.characters;
  if (!isShort || !hasOwnAbove(sorted, at)) return at + 1;
  return fill(sorted, { from: at, to: Math.max(next ?? end, at + 1), kind: 'signature' });
}

/** Where the quotation or forwarded letter begins that line `at` gives away; undefined when it gives away none. */
function beginningAt(sorted: SortedLines, at: number): number | undefined {
  const { lines } = sorted;
  const line = lines[at] ?? '';
  if (!mayBeMark(line) || line.trim() === '--') return undefined;
  if (isQuoted(line) || isForwardedMark(line) || isOriginalMark(line) || beginsHead(lines, at)) return at;
  const below = lines[nextWithWords(lines, at + 1)] ?? '';
  return introductionAt(sorted, at, isQuoted(below) ? introducesQuoted : introducesUnmarked);
}

function hasOwnAbove(sorted: SortedLines, at: number): boolean {
  const { lines, kinds } = sorted;
  while (sorted.firstOwn < at) {
    const isOwn = kinds[sorted.firstOwn] === 'own' && (lines[sorted.firstOwn] ?? '').trim() !== '';
    if (isOwn) return true;
    sorted.firstOwn += 1;
  }
  return false;
}

function nextWithWords(lines: readonly string[], from: number): number {
  let at = from;
  while (at < lines.length && at < from + BLANK_LINES + 1 && (lines[at] ?? '').trim() === '') at += 1;
  return at;
}

function lastWithWords(lines: readonly string[], from: number): number | undefined {
  for (let at = from; at >= 0 && at >= from - BLANK_LINES; at--) {
    if ((lines[at] ?? '').trim() !== '') return at;
  }
  return undefined;
}

function fill({ kinds }: SortedLines, run: { from: number; to: number; kind: TextKind }): number {
  kinds.fill(run.kind, run.from, run.to);
  return run.to;
}
