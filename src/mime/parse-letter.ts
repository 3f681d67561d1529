// One letter on disk to one message (RFC 5322, RFC 2045 to 2047), inside a worker thread.
import { once } from 'node:events';
import { closeSync, openSync, readSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { safeAttachmentName } from '../domain/attachment-name.js';
import type { Attachment, Message } from '../domain/message.js';
import { cleanText, clip } from './clean.js';
import { stripTags } from './first-text.js';
import { type HeaderLine, isHeader, readHead } from './head.js';
import { readStart } from './head-only.js';
import { LetterParser } from './letter-parser.js';
import { readPlainLetter } from './plain-letter.js';
import { TEXT_CUT } from './text-decoder.js';

const MAX_TEXT = 1_000_000;
const CHUNK_BYTES = 128 * 1024;
const NOTHING = Buffer.alloc(0);

interface Content {
  text: string;
  html: string;
  conversionFailed: boolean;
  attachments: Attachment[];
}

/** What the parser hands out: contents of attachments while it runs, the text at the end. */
type ParserItem =
  | { type: 'attachment'; content: Readable; release(): void; size?: number; checksum?: string }
  | { type: 'text'; text?: string; html?: string; textConversionError?: Error };

/**
 * The message in the letter at `path`. Rejects with a system error when the file cannot be read, with the parser's
 * error (`EMAXLEN` for too many parts or too long a head) when the letter defeats it.
 */
export async function parseLetter(path: string): Promise<Message> {
  const file = openSync(path, 'r');
  try {
    const start = readChunk(file);
    const plain = start.length < CHUNK_BYTES ? readPlainLetter(start) : undefined;
    return plain ?? (await parseMime(path, file, start));
  } finally {
    closeSync(file);
  }
}

async function parseMime(path: string, file: number, start: Buffer): Promise<Message> {
  const parser = new LetterParser();
  const [content] = await Promise.all([collect(parser), feed(parser, file, start)]);
  return toMessage(parser, content, path);
}

/** Blocking reads: this thread has nothing else to do, and each would otherwise wait for the thread pool. */
async function feed(parser: LetterParser, file: number, start: Buffer): Promise<void> {
  for (let chunk = start; chunk.length > 0; chunk = chunk.length < CHUNK_BYTES ? NOTHING : readChunk(file)) {
    if (!parser.write(chunk)) await once(parser, 'drain');
  }
  parser.end();
}

function readChunk(file: number): Buffer {
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  return buffer.subarray(0, readSync(file, buffer, 0, CHUNK_BYTES, null));
}

function collect(parser: LetterParser): Promise<Content> {
  const content: Content = { text: '', html: '', conversionFailed: false, attachments: [] };
  return new Promise((resolve, reject) => {
    parser.on('error', reject);
    parser.on('end', () => resolve(content));
    parser.on('data', (item: ParserItem) => {
      if (item.type === 'attachment') hashAttachment(parser, item, content.attachments).catch(reject);
      else Object.assign(content, takeText(item));
    });
  });
}

function takeText(item: ParserItem & { type: 'text' }): Omit<Content, 'attachments'> {
  return {
    text: item.text ?? '',
    html: item.html ?? '',
    conversionFailed: item.textConversionError !== undefined,
  };
}

function hashAttachment(
  parser: LetterParser,
  item: ParserItem & { type: 'attachment' },
  attachments: Attachment[],
): Promise<void> {
  return new Promise((resolve, reject) => {
    item.content.on('error', reject);
    item.content.on('end', () => {
      attachments.push(toAttachment(parser, item, attachments.length));
      item.release();
      resolve();
    });
    item.content.resume();
  });
}

function toAttachment(
  parser: LetterParser,
  item: { size?: number; checksum?: string },
  index: number,
): Attachment {
  const { filename = '', type = 'application/octet-stream', part = '1' } = parser.attached[index] ?? {};
  const name = safeAttachmentName(filename, { number: index + 1, type });
  return { name, type, size: item.size ?? 0, sha256: item.checksum ?? '', part };
}

async function toMessage(parser: LetterParser, content: Content, path: string): Promise<Message> {
  const problems = parser.budget.problems;
  const lines: HeaderLine[] = parser.headerLines || [];
  const text = cleanText(await findText(parser, content, path));
  if (text.length > MAX_TEXT) problems.add(TEXT_CUT);
  return {
    parsed: true,
    problem: problems.size > 0 ? [...problems].join(' ') : null,
    ...readHead(lines),
    text: clip(text, MAX_TEXT),
    attachments: content.attachments,
  };
}

async function findText(parser: LetterParser, content: Content, path: string): Promise<string> {
  if (parser.isWithoutParts || !(parser.headerLines || []).some(isHeader)) {
    parser.budget.problems.add(
      'The letter has no headers or no parts that can be told apart; its text is shown as it came.',
    );
    return (await readStart(path)).text;
  }
  if (!content.conversionFailed) return content.text;
  parser.budget.problems.add('The HTML of the letter could not be read as such; its bare words are shown.');
  return [content.text, stripTags(content.html)].filter((text) => /\S/.test(text)).join('\n');
}
