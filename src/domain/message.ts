// A message: what we understood of a letter (RFC 5322). Every value comes from a stranger.
import type { Instant } from './time.js';

export interface Mailbox {
  address: string;
  /** Display name, may be empty, may lie. */
  name: string;
  /** Characters that turn or hide their neighbours were taken out of the name. */
  hidden?: true;
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
  /**
   * IMAP part number (RFC 9051 6.4.5), by which the part is found again in the letter. `2/1` is the first file inside
   * part 2, a winmail.dat; `text/1` the first uuencoded file in the letter's text.
   */
  part: string;
  /** A picture that the letter shows among its text. */
  inline?: true;
  /** Where a photo says it was taken, for officers only. Absent when it says nothing. */
  position?: Position;
  /** What a calendar entry says, in one line. */
  summary?: string;
  /** The head of an attached letter. */
  letter?: AttachedLetter;
  /** The virus that is in it, or may be; absent when none is known. */
  infected?: string;
}

/** Degrees of WGS 84, north and east positive. */
export interface Position {
  lat: number;
  lon: number;
}

export interface AttachedLetter {
  from: Mailbox | null;
  subject: string;
  date: Instant | null;
}

/** How the letter is sealed. What is signed is readable; whether the signature holds was not tested. */
export type Protection = 'smime-encrypted' | 'smime-signed' | 'pgp-encrypted' | 'pgp-signed';

/**
 * What was mended in the character set of the text: bytes of UTF-8, UTF-16 or windows-1252 that were labelled as
 * something else or not at all, UTF-8 that was encoded twice, ISCII by its table.
 */
export type Repair = 'utf-8' | 'utf-16' | 'windows-1252' | 'encoded-twice' | 'iscii';

/** Texts for machines out of a report (RFC 3462); each cleaned and at most 32,768 characters, null when the report has none. */
export interface ReportParts {
  /** message/delivery-status (RFC 3464). */
  deliveryStatus: string | null;
  /** The head of the letter reported on: text/rfc822-headers, or the beginning of message/rfc822. */
  originalHeaders: string | null;
  /** message/feedback-report (RFC 5965). */
  feedbackReport: string | null;
  /** message/disposition-notification (RFC 8098). */
  dispositionNotification: string | null;
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
  /** Why it could not be read, or what was cut; null when all went well. */
  problem: string | null;
  /** What was mended silently in the character set of the text. */
  repairs: Repair[];
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
  protection: Protection | null;
  /** Set for multipart/report, and for any letter with a machine-readable report in it. */
  report: ReportParts | null;
}

/** The values of all headers called `name` (lower case), in their order. */
export function headerValues(message: Pick<Message, 'headers'>, name: string): string[] {
  return message.headers.filter((header) => header.name === name).map((header) => header.value);
}

/** The first header called `name` (lower case). */
export function headerValue(message: Pick<Message, 'headers'>, name: string): string | undefined {
  return message.headers.find((header) => header.name === name)?.value;
}
