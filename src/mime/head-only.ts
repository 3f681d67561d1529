// The little that can be known of a letter that defeats the parser: its head and its first lines, within 256 KB.
import { open } from 'node:fs/promises';
import type { Message } from '../domain/message.js';
import { findFirstText, splitHead } from './first-text.js';
import { type Head, isHeader, readHead } from './head.js';

const MAX_START = 256 * 1024;

/** Reads the beginning of the letter at `path`. Rejects with a system error when the file cannot be read. */
export async function readStart(path: string): Promise<Head & { text: string }> {
  return startOf(await readBytes(path));
}

/** Head and first words of a letter that begins with `raw` (bytes as latin1 characters). */
export function startOf(raw: string): Head & { text: string } {
  const { lines, body } = splitHead(raw);
  return { ...readHead(lines), text: findFirstText(lines, body) };
}

/** The text of a letter that begins with `raw` and has no empty line above it; undefined when it has one, or no text. */
export function textWithoutGap(raw: string): string | undefined {
  const { lines, body, gapless } = splitHead(raw);
  return gapless ? findFirstText(lines, body) : undefined;
}

/** The unread message of the letter at `path`, with `problem` as the reason. Rejects as `readStart` does. */
export async function readHeadOnly(path: string, problem: string): Promise<Message> {
  const start = await readStart(path);
  return { parsed: false, problem, repairs: [], ...start, attachments: [], protection: null, report: null };
}

/** One header as it was received. */
export interface RawHeader {
  /** Lower case. */
  name: string;
  /** The whole field, folding and encoded words as they came, each byte one character (latin1). Not safe to show. */
  raw: string;
}

/**
 * The headers of the letter at `path` exactly as received, of its first 256 KB. They are read when somebody asks, so
 * that they are not kept twice. Rejects with a system error when the file cannot be read.
 */
export async function rawHeaders(path: string): Promise<RawHeader[]> {
  const { lines } = splitHead(await readBytes(path));
  return lines.filter(isHeader).map(({ key, line }) => ({ name: key, raw: line }));
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
