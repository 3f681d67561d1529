// The head of a letter (RFC 5322 2.2, 3.6) to the fields of a message, with hard caps. Shared by the parser and by
// the head-only reading of letters that defeat it.
import type { Header, Mailbox, Message } from '../domain/message.js';
import { readMailboxes } from './addresses.js';
import { cleanLine, clip } from './clean.js';
import { readDate } from './date-header.js';
import { decodeRaw, decodeWords } from './header-words.js';

/** One header as received: `key` lower case, `line` the whole folded line, bytes as latin1 characters. */
export interface HeaderLine {
  key: string;
  line: string;
}

export type Head = Pick<
  Message,
  'headers' | 'from' | 'to' | 'subject' | 'messageId' | 'inReplyTo' | 'references' | 'date'
>;

const MAX_HEADERS = 500;
const MAX_HEADERS_LENGTH = 65_536;
const MAX_VALUE = 4_096;
const MAX_RAW_VALUE = 32_768;
const MAX_SUBJECT = 998;
const MAX_MAILBOXES = 200;
const MAX_IDS = 100;
const MAX_REPEATS = 50;
const MAX_RAW_IDS = 131_072;
const MESSAGE_ID = /<[^<>\s\p{Cc}]{1,996}>/gu;
const FIELD_NAME = /^[!-9;-~]{1,128}$/;

/** Whether `line` has the name of a header (RFC 5322 2.2) at all. */
export function isHeader({ key }: HeaderLine): boolean {
  return FIELD_NAME.test(key);
}

/** The message fields that `lines` hold. What exceeds a cap is left out; the letter itself stays whole on disk. */
export function readHead(lines: readonly HeaderLine[]): Head {
  const raw = collectValues(lines);
  return {
    headers: listHeaders(lines),
    from: firstMailbox(raw.get('from') ?? []),
    to: readMailboxes([...(raw.get('to') ?? []), ...(raw.get('cc') ?? [])], MAX_MAILBOXES),
    subject: clip(decodeValue(raw.get('subject')?.[0] ?? ''), MAX_SUBJECT),
    messageId: readIds(raw.get('message-id')?.slice(0, 1))[0] ?? null,
    inReplyTo: readIds(raw.get('in-reply-to')),
    references: readIds(raw.get('references')),
    date: readDate(decodeRaw(raw.get('date')?.[0] ?? '')),
  };
}

const WANTED = new Set(['from', 'to', 'cc', 'subject', 'message-id', 'in-reply-to', 'references', 'date']);

function collectValues(lines: readonly HeaderLine[]): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const { key, line } of lines) {
    if (!WANTED.has(key)) continue;
    const list = values.get(key);
    if (!list) values.set(key, [unfold(line)]);
    else if (list.length < MAX_REPEATS) list.push(unfold(line));
  }
  return values;
}

function unfold(line: string): string {
  const value = line.slice(line.indexOf(':') + 1);
  return value.includes('\n') ? value.replace(/\r?\n/g, '') : value;
}

function decodeValue(value: string): string {
  return cleanLine(decodeWords(decodeRaw(value.slice(0, MAX_RAW_VALUE))));
}

function listHeaders(lines: readonly HeaderLine[]): Header[] {
  const headers: Header[] = [];
  let length = 0;
  for (const { key, line } of lines.filter(isHeader)) {
    if (headers.length >= MAX_HEADERS || length >= MAX_HEADERS_LENGTH) break;
    const value = clip(decodeValue(unfold(line)), Math.min(MAX_VALUE, MAX_HEADERS_LENGTH - length));
    headers.push({ name: key, value });
    length += key.length + value.length;
  }
  return headers;
}

function firstMailbox(values: readonly string[]): Mailbox | null {
  return readMailboxes(values, 1)[0] ?? null;
}

function readIds(values: readonly string[] = []): string[] {
  const ids: string[] = [];
  for (const value of values) {
    for (const [id] of decodeRaw(value.slice(0, MAX_RAW_IDS)).matchAll(MESSAGE_ID)) {
      if (ids.length >= MAX_IDS) return ids;
      ids.push(id);
    }
  }
  return ids;
}
