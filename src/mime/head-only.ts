// The little that can be known of a letter that defeats the parser: its head and its first lines, within 256 KB.
import { open } from 'node:fs/promises';
import type { Message } from '../domain/message.js';
import { findFirstText, splitHead } from './first-text.js';
import { type Head, readHead } from './head.js';

const MAX_START = 256 * 1024;

/** Reads the beginning of the letter at `path`. Rejects with a system error when the file cannot be read. */
export async function readStart(path: string): Promise<Head & { text: string }> {
  const { lines, body } = splitHead(await readBytes(path));
  return { ...readHead(lines), text: findFirstText(lines, body) };
}

/** The unread message of the letter at `path`, with `problem` as the reason. Rejects as `readStart` does. */
export async function readHeadOnly(path: string, problem: string): Promise<Message> {
  return { parsed: false, problem, ...(await readStart(path)), attachments: [] };
}

async function readBytes(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(MAX_START), 0, MAX_START, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
}
