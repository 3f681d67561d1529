// The letter inside a forwarded letter: who wrote it, when, about what. An officer decides what becomes of it.
import type { Attachment, Mailbox } from './message.js';
import { writtenHead } from './own-words-head.js';
import { isForwardedMark, isOriginalMark, isQuoted, isRule } from './own-words-marks.js';

/** Everything here is told by who forwarded it, and proves nothing. */
export interface ForwardedLetter {
  /** Null when the head names no address. */
  from: Mailbox | null;
  /** The sender as written, with or without an address. */
  sender: string;
  /** As written, in the language and zone of the program that wrote it; empty when it is not told. */
  date: string;
  subject: string;
  /** What stands below the head, without the `>` that all of its lines had; empty when the letter is a part. */
  body: string;
  /** The part that holds the letter itself when it was attached as one; null when it stands in the text. */
  part: string | null;
}

interface Level {
  /** Whether a mark says that this one was forwarded, not answered. */
  forwarded: boolean;
  fields: { from?: string; date?: string; subject?: string };
  /** Lines between which it stands. */
  head: number;
  body: number;
}

const MAX_LEVELS = 50;

/**
 * The innermost letter that `message` forwards: an attached letter before one in the text. Null when it forwards none.
 * Levels of forwarding are gone down as long as nobody but a forwarder speaks in between; letters answered in the
 * innermost one stay in its body.
 */
export function forwardedLetter(message: {
  text: string;
  attachments: readonly Attachment[];
}): ForwardedLetter | null {
  return attachedLetter(message.attachments) ?? writtenLetter(message.text);
}

function attachedLetter(attachments: readonly Attachment[]): ForwardedLetter | null {
  const attached = attachments.find(({ type, letter }) => type === 'message/rfc822' && letter !== undefined);
  if (!attached?.letter) return null;
  const { from, date, subject } = attached.letter;
  const sender = from ? `${from.name} <${from.address}>`.trim() : '';
  return { from, sender, date: date ?? '', subject, body: '', part: attached.part };
}

function writtenLetter(text: string): ForwardedLetter | null {
  const lines = text.normalize('NFC').split('\n').map(withoutMarks);
  const level = innermost(lines, findLevels(lines));
  if (!level) return null;
  const { from = '', date = '', subject = '' } = level.fields;
  const body = lines.slice(level.body).join('\n').trim();
  return { from: readMailbox(from), sender: from, date, subject, body, part: null };
}

/** Without the `>` of the programs that quote what they forward. */
function withoutMarks(line: string): string {
  return isQuoted(line) ? line.replace(/^(?:\s{0,3}>\s?)+/u, '') : line;
}

function findLevels(lines: readonly string[]): Level[] {
  const levels: Level[] = [];
  let at = 0;
  while (at < lines.length && levels.length < MAX_LEVELS) {
    const level = levelAt(lines, at);
    if (level) levels.push(level);
    at = level ? level.body : at + 1;
  }
  return levels;
}

function levelAt(lines: readonly string[], at: number): Level | undefined {
  const line = lines[at] ?? '';
  const forwarded = isForwardedMark(line);
  const marked = forwarded || isOriginalMark(line) || isRule(line);
  const headAt = marked ? firstWithWords(lines, at + 1) : at;
  const head = writtenHead(lines, headAt, marked);
  return head && { forwarded, fields: head.fields, head: at, body: head.end };
}

function firstWithWords(lines: readonly string[], from: number): number {
  let at = from;
  while (at < from + 3 && (lines[at] ?? '').trim() === '') at += 1;
  return at;
}

const FORWARDING_SUBJECT = /^\s*(?:fwd?|wg|ফরওয়ার্ড|ফরোয়ার্ড|अग्रेषित)\s*[:：]/iu;

function innermost(lines: readonly string[], levels: readonly Level[]): Level | undefined {
  const first = levels[0];
  if (!first) return undefined;
  const goesOn = (level: Level, next: Level): boolean =>
    next.forwarded ||
    FORWARDING_SUBJECT.test(level.fields.subject ?? '') ||
    lines.slice(level.body, next.head).every((line) => line.trim() === '');
  let deepest = 0;
  while (deepest + 1 < levels.length) {
    const next = levels[deepest + 1];
    const level = levels[deepest];
    if (!level || !next || !goesOn(level, next)) break;
    deepest += 1;
  }
  return levels[deepest];
}

const IN_BRACKETS =
  /[<([]\s*(?:mailto:)?([^\s<>()[\]"]{1,64}@[^\s<>()[\]"]{1,250}?)\s*(?:\[[^\]]*\])?\s*[>)\]]/iu;
const BARE = /(?:mailto:)?([^\s<>()[\]"',;]{1,64}@[^\s<>()[\]"',;]{1,250})/iu;

function readMailbox(written: string): Mailbox | null {
  const line = written.slice(0, 500).replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/[*]/g, '');
  const found = IN_BRACKETS.exec(line) ?? BARE.exec(line);
  const address = found?.[1];
  if (!found || address === undefined) return null;
  const name = line.slice(0, found.index).replace(/["']/g, '').trim();
  return { address, name: name.slice(0, 200) };
}
