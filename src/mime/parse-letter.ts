// One letter on disk to one message (RFC 5322, RFC 2045 to 2047), inside a worker thread.
import { closeSync, createReadStream, fstatSync, openSync, readSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { safeAttachmentName } from '../domain/attachment-name.js';
import type { Attachment, Message } from '../domain/message.js';
import { cleanText, clip } from './clean.js';
import { readFirstText } from './first-text.js';
import { type HeaderLine, readHead } from './head.js';
import { LetterParser } from './letter-parser.js';

const MAX_TEXT = 1_000_000;
const CHUNK_BYTES = 64 * 1024;

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
  const parser = new LetterParser();
  const content = collect(parser);
  feed(parser, path);
  return toMessage(parser, await content, path);
}

function feed(parser: LetterParser, path: string): void {
  const file = openSync(path, 'r');
  if (fstatSync(file).size > CHUNK_BYTES) {
    const stream = createReadStream(path, { fd: file, start: 0, highWaterMark: CHUNK_BYTES });
    stream.on('error', (error) => parser.destroy(error)).pipe(parser);
    return;
  }
  try {
    parser.end(readSmall(file));
  } finally {
    closeSync(file);
  }
}

function readSmall(file: number): Buffer {
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  return buffer.subarray(0, readSync(file, buffer, 0, CHUNK_BYTES, 0));
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
  return { text: item.text ?? '', html: item.html ?? '', conversionFailed: item.textConversionError !== undefined };
}
