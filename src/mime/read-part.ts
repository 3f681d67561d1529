// What is read out of a letter when somebody asks for it: the bytes of one attachment, the HTML made safe.
import type { Message } from '../domain/message.js';
import { cleanText } from './clean.js';
import { gatherLetter, parseBytes } from './parse-letter.js';
import { safeHtml } from './safe-html.js';
import { readTnef } from './tnef.js';
import { takeWrittenFiles } from './uuencode.js';

/**
 * The decoded bytes of the attachment that the letter at `path` lists as `part` (`2`, `2.1`; `2/1` inside a
 * winmail.dat; `text/1` inside the text); null when it has none. Holds the whole part in memory. Rejects with a system
 * error when the file cannot be read, with the parser's error when the letter defeats it.
 */
export async function readPart(path: string, part: string): Promise<Buffer | null> {
  const [outer = '', inner] = part.split('/');
  const chunks: Buffer[] = [];
  let isFound = false;
  const { text, attachments } = await gatherLetter(path, (found, chunk) => {
    if (found.part !== outer) return;
    isFound = true;
    chunks.push(chunk);
  });
  if (outer === 'text') return takeWrittenFiles(cleanText(text)).files[Number(inner) - 1]?.bytes ?? null;
  // An empty part has no bytes to see.
  if (!isFound && !attachments.some((attachment) => attachment.part === outer)) return null;
  const bytes = Buffer.concat(chunks);
  return inner === undefined ? bytes : insideTnef(bytes, Number(inner));
}

function insideTnef(bytes: Buffer, number: number): Buffer | null {
  const tnef = readTnef(bytes);
  if (!tnef) return null;
  if (number === 0) return Buffer.from(cleanText(tnef.text));
  return tnef.files[number - 1]?.bytes ?? null;
}

/** The message of a letter attached as `part` to the letter at `path`; null when there is none. Rejects as `readPart`. */
export async function readAttachedLetter(path: string, part: string): Promise<Message | null> {
  const bytes = await readPart(path, part);
  return bytes && (await parseBytes(bytes));
}

/**
 * The HTML parts of the letter at `path`, made safe to show; null when it has none. Rejects as `readPart`.
 */
export async function readSafeHtml(path: string): Promise<string | null> {
  const { html } = await gatherLetter(path, () => undefined, { forText: false });
  return /\S/.test(html) ? safeHtml(html) : null;
}
