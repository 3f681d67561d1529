// One letter on disk to one message (RFC 5322, RFC 2045 to 2047), inside a worker thread.
import { once } from 'node:events';
import { closeSync, openSync, readSync } from 'node:fs';
import type { Attachment, Message, Protection, ReportParts } from '../domain/message.js';
import { givingBack } from '../machine/memory.js';
import { cleanText, clip } from './clean.js';
import { stripTags } from './first-text.js';
import { type Content, gather } from './gather.js';
import { type HeaderLine, isHeader, readHead } from './head.js';
import { startOf, textWithoutGap } from './head-only.js';
import { listInnerFiles } from './inner-files.js';
import { type AttachedPart, LetterParser } from './letter-parser.js';
import { readPlainLetter } from './plain-letter.js';
import { protectionInText, strongest } from './protection.js';
import { TEXT_CUT } from './text-decoder.js';
import { takeWrittenFiles } from './uuencode.js';

const MAX_TEXT = 1_000_000;
const CHUNK_BYTES = 128 * 1024;
const NOTHING = Buffer.alloc(0);
const SEALED = {
  'smime-encrypted': 'The letter is encrypted (S/MIME); we hold no key for it and cannot read it.',
  'pgp-encrypted': 'The letter is encrypted (PGP); we hold no key for it and cannot read it.',
  'smime-signed': 'The letter is signed in one piece (S/MIME); its text is inside the attached file.',
  'pgp-signed': 'The letter is signed in one piece (PGP); its text is inside the attached file.',
};

/** Where the bytes of a letter come from: its beginning, and what follows, empty at the end. */
interface Source {
  start: Buffer;
  next(): Buffer;
}

/**
 * The message in the letter at `path`. Rejects with a system error when the file cannot be read, with the parser's
 * error (`EMAXLEN` for too many parts or too long a head) when the letter defeats it.
 */
export async function parseLetter(path: string): Promise<Message> {
  const file = openSync(path, 'r');
  try {
    return await parseSource({ start: readChunk(file), next: () => readChunk(file) });
  } finally {
    closeSync(file);
  }
}

/** The message in a letter that lies in memory. Rejects with the parser's error as `parseLetter` does. */
export function parseBytes(bytes: Buffer): Promise<Message> {
  let at = Math.min(bytes.length, CHUNK_BYTES);
  const next = () => {
    const chunk = bytes.subarray(at, at + CHUNK_BYTES);
    at += chunk.length;
    return chunk;
  };
  return parseSource({ start: bytes.subarray(0, at), next });
}

/**
 * Runs the parser over the letter at `path`; `onBytes` sees the decoded bytes of every attachment. With `forText: false`
 * its HTML stays as it came and is not made into text.
 */
export async function gatherLetter(
  path: string,
  onBytes: (part: AttachedPart, chunk: Buffer) => void,
  options = { forText: true },
): Promise<Content> {
  const file = openSync(path, 'r');
  const parser = new LetterParser(options);
  try {
    const source = { start: readChunk(file), next: () => readChunk(file) };
    const [content] = await Promise.all([gather(parser, onBytes), feed(parser, source)]);
    return content;
  } finally {
    closeSync(file);
  }
}

async function parseSource(source: Source): Promise<Message> {
  const plain = source.start.length < CHUNK_BYTES ? readPlainLetter(source.start) : undefined;
  return plain ?? (await parseMime(source));
}

async function parseMime(source: Source): Promise<Message> {
  const parser = new LetterParser();
  const [content] = await Promise.all([gather(parser), feed(parser, source)]);
  return toMessage(parser, content, source.start);
}

/** Blocking reads: this thread has nothing else to do, and each would otherwise wait for the thread pool. */
async function feed(parser: LetterParser, { start, next }: Source): Promise<void> {
  const giveBack = givingBack();
  for (let chunk = start; chunk.length > 0; chunk = chunk.length < CHUNK_BYTES ? NOTHING : next()) {
    if (!parser.write(chunk)) await once(parser, 'drain');
    giveBack(chunk.length);
  }
  parser.end();
}

function readChunk(file: number): Buffer {
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  return buffer.subarray(0, readSync(file, buffer, 0, CHUNK_BYTES, null));
}

function toMessage(parser: LetterParser, content: Content, start: Buffer): Message {
  const { problems, repairs } = parser.budget;
  const lines: HeaderLine[] = parser.headerLines || [];
  const { text, attachments } = settleText(content, findText(parser, content, start));
  const protection = strongest([...parser.protections, protectionInText(text)]);
  const sealed = sealedProblem(protection, text);
  for (const problem of content.problems) problems.add(problem);
  if (sealed) problems.add(sealed);
  if (text.length > MAX_TEXT) problems.add(TEXT_CUT);
  return {
    parsed: true,
    problem: problems.size > 0 ? [...problems].join(' ') : null,
    repairs: [...repairs],
    ...readHead(lines),
    text: clip(text, MAX_TEXT),
    attachments,
    protection,
    report: reportOf(parser, content.report),
  };
}

function findText(parser: LetterParser, content: Content, start: Buffer): string {
  if (parser.isWithoutParts || !(parser.headerLines || []).some(isHeader)) {
    parser.budget.problems.add(
      'The letter has no headers or no parts that can be told apart; its text is shown as it came.',
    );
    return startOf(start.toString('latin1')).text;
  }
  if (!content.conversionFailed) {
    return /\S/.test(content.text) ? content.text : wordsElsewhere(content, start);
  }
  parser.budget.problems.add('The HTML of the letter could not be read as such; its bare words are shown.');
  return [content.text, stripTags(content.html)].filter((text) => /\S/.test(text)).join('\n');
}

/** Words of a letter that has no text where a text belongs. */
function wordsElsewhere({ attachments, namedText }: Content, start: Buffer): string {
  return attachments.length > 0 ? namedText : (textWithoutGap(start.toString('latin1')) ?? '');
}

/** The text with what winmail.dat adds to it and without the files written into it. */
function settleText(content: Content, found: string): { text: string; attachments: Attachment[] } {
  const { packed } = content;
  const isBlank = !/\S/.test(found);
  const written = takeWrittenFiles(cleanText(packed && isBlank ? packed.text : found));
  const attachments = [...content.attachments];
  attachments.push(...listInnerFiles(written.files, { part: 'text', before: attachments.length }));
  if (packed && !isBlank && !sameWords(packed.text, found)) {
    const file = { name: 'winmail.txt', type: 'text/plain', bytes: Buffer.from(cleanText(packed.text)) };
    const [listed] = listInnerFiles([file], { part: packed.part, before: attachments.length });
    if (listed) attachments.push({ ...listed, part: `${packed.part}/0` });
  }
  return { text: written.text, attachments };
}

function sameWords(one: string, other: string): boolean {
  const words = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, '');
  return words(other).includes(words(one));
}

function sealedProblem(protection: Protection | null, text: string): string | null {
  if (protection === null) return null;
  const isReadable = protection.endsWith('signed') && /\S/.test(text);
  return isReadable ? null : SEALED[protection];
}

function reportOf({ isReport }: LetterParser, found: Partial<ReportParts>): ReportParts | null {
  const { deliveryStatus = null, feedbackReport = null, dispositionNotification = null } = found;
  if (!isReport && (deliveryStatus ?? feedbackReport ?? dispositionNotification) === null) return null;
  return {
    deliveryStatus,
    originalHeaders: found.originalHeaders ?? null,
    feedbackReport,
    dispositionNotification,
  };
}
