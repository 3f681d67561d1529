// The head of a letter (RFC 5322 2.2) as it was received, byte for byte: signatures are about these bytes.
import { closeSync, openSync, readSync } from 'node:fs';

/** One field: bytes as latin1 characters. */
export interface HeadLine {
  /** Lower case, without space at its ends. */
  name: string;
  /** The whole field with its folds, lines joined by CRLF, none at the end. */
  raw: string;
}

export interface Head {
  lines: HeadLine[];
  /** Where the body begins in the file. */
  bodyStart: number;
  /** False when the head is longer than we read; the last lines are then missing. */
  whole: boolean;
}

const FIRST_BYTES = 16 * 1024;
const MAX_BYTES = 256 * 1024;
const MAX_LINES = 2_000;

/**
 * Reads the head of the letter at `path`. Throws a system error when the file cannot be read. Waits for the disk, which
 * is none: the letter was read a moment ago by its parser, and three trips to another thread cost ten times the reading.
 */
export function readLetterHead(path: string): Head {
  const file = openSync(path, 'r');
  try {
    const first = readStart(file, FIRST_BYTES);
    if (first.length < FIRST_BYTES || endOf(first)) return splitLetterHead(first, first.length < FIRST_BYTES);
    const more = readStart(file, MAX_BYTES);
    return splitLetterHead(more, more.length < MAX_BYTES);
  } finally {
    closeSync(file);
  }
}

function readStart(file: number, bytes: number): string {
  const buffer = Buffer.allocUnsafe(bytes);
  return buffer.toString('latin1', 0, readSync(file, buffer, 0, bytes, 0));
}

/** Splits the beginning of a letter; `all` says that nothing comes after it. */
export function splitLetterHead(start: string, all: boolean): Head {
  const end = endOf(start);
  const text = end ? start.slice(0, end.length) : start;
  const lines: HeadLine[] = [];
  let folds: string[] = [];
  const finish = () => {
    const raw = folds.join('\r\n');
    if (raw !== '') lines.push({ name: nameOf(raw), raw });
    folds = [];
  };
  for (const line of text.split(/\r?\n/)) {
    // Whatever other programs take for a fold, so that they do not read more into a field than was signed.
    if (!/^\s/.test(line)) finish();
    folds.push(line);
  }
  finish();
  return {
    lines: lines.slice(0, MAX_LINES),
    bodyStart: end?.bodyStart ?? start.length,
    whole: (end !== undefined || all) && lines.length <= MAX_LINES,
  };
}

/** The first empty line; `length` counts what stands before it. */
function endOf(start: string): { length: number; bodyStart: number } | undefined {
  const opening = /^\r?\n/.exec(start);
  if (opening) return { length: 0, bodyStart: opening[0].length };
  const found = /\r?\n\r?\n/.exec(start);
  return found ? { length: found.index, bodyStart: found.index + found[0].length } : undefined;
}

function nameOf(raw: string): string {
  const colon = raw.indexOf(':');
  return (colon < 0 ? raw : raw.slice(0, colon)).trim().toLowerCase();
}

/** The value of a field, unfolded. */
export function fieldValue({ raw }: HeadLine): string {
  return raw
    .slice(raw.indexOf(':') + 1)
    .replaceAll('\r\n', '')
    .trim();
}

export function linesOf(head: Head, name: string): HeadLine[] {
  return head.lines.filter((line) => line.name === name);
}
