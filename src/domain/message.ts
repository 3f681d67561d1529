// A message: what we understood of a letter (RFC 5322). Every value comes from a stranger.
import type { Instant } from './time.js';

export interface Mailbox {
  address: string;
  /** Display name, may be empty, may lie. */
  name: string;
}

/** One part of the letter that is not its text. Its bytes are read out of the letter on demand. */
export interface Attachment {
  /** Safe to show and to use as a file name; never empty. */
  name: string;
  /** Media type as declared, lower case. */
  type: string;
  /** Decoded bytes. */
  size: number;
  /** SHA-256 of the decoded bytes, lower-case hex. */
  sha256: string;
  /** IMAP part number (RFC 9051 6.4.5), by which the part is found again in the letter. */
  part: string;
}

export interface Header {
  /** Lower case. */
  name: string;
  /** Unfolded, encoded words decoded, no control characters. */
  value: string;
}

export interface Message {
  /** False when the letter could not be read; the other fields then hold what little was found. */
  parsed: boolean;
  /** Why it could not be read, or what was cut or repaired; null when all went well. */
  problem: string | null;
  headers: Header[];
  from: Mailbox | null;
  to: Mailbox[];
  subject: string;
  /** The text as the resident wrote it, or made from HTML when there was no other; `\n` line ends. */
  text: string;
  /** Each with its angle brackets. */
  messageId: string | null;
  inReplyTo: string[];
  references: string[];
  /** The Date header when valid, null otherwise: never "now". */
  date: Instant | null;
  attachments: Attachment[];
}

/** The values of all headers called `name` (lower case), in their order. */
export function headerValues(message: Pick<Message, 'headers'>, name: string): string[] {
  return message.headers.filter((header) => header.name === name).map((header) => header.value);
}

/** The first header called `name` (lower case). */
export function headerValue(message: Pick<Message, 'headers'>, name: string): string | undefined {
  return message.headers.find((header) => header.name === name)?.value;
}
