// Every reply of the front door: SMTP code, enhanced status code (RFC 3463, RFC 2034) and text, in one table.
import type { SMTPServerError } from 'smtp-server';
import { DiskFull, LetterTooLarge } from '../domain/errors.js';

export interface Reply {
  code: number;
  /** Begins with its enhanced status code. */
  text: string;
}

export const REPLIES = {
  'unknown-recipient': { code: 550, text: '5.1.1 No police station has this address, please check it' },
  'recipient-too-long': { code: 553, text: '5.1.3 This recipient address is too long' },
  'sender-too-long': { code: 553, text: '5.1.7 This sender address is too long' },
  'too-many-recipients': { code: 452, text: '4.5.3 Too many recipients, send the rest in another letter' },
  'too-many-failures': { code: 421, text: '4.7.0 Too many unknown recipients, closing' },
  'too-large': { code: 552, text: '5.3.4 The letter is larger than we can take' },
  'too-large-and-more': { code: 421, text: '4.3.4 The letter was refused as too large and went on, closing' },
  'disk-low': { code: 452, text: '4.3.1 No room for this letter at the moment, please try again later' },
  'rate-exceeded': {
    code: 450,
    text: '4.7.0 Too many letters from your address, please try again in a minute',
  },
  'crowded-address': {
    code: 421,
    text: '4.7.0 Too many connections from your address, please try again later',
  },
  'crowded-house': { code: 421, text: '4.3.2 Too many connections, please try again later' },
  'early-talker': { code: 421, text: '4.7.0 You spoke before the greeting, closing' },
  'not-mail': { code: 421, text: '4.7.0 This is a mail server, closing' },
  junk: { code: 421, text: '4.7.0 Too many commands that bring no letter, closing' },
  'line-too-long': { code: 421, text: '4.5.2 Your command line is too long, closing' },
  idle: { code: 421, text: '4.4.2 Nothing heard from you for too long, closing' },
  'session-over': { code: 421, text: '4.4.2 Your session has lasted too long, closing' },
  closing: { code: 421, text: '4.3.2 We are closing for a moment, please try again later' },
  'handover-late': { code: 451, text: '4.3.0 The letter could not be kept in time, please try again later' },
  'not-kept': { code: 451, text: '4.3.0 The letter could not be kept, please try again later' },
  fault: { code: 451, text: '4.3.0 A fault on our side, please try again later' },
} as const satisfies Record<string, Reply>;

export type ReplyName = keyof typeof REPLIES;

/** The text of the 250 after DATA. */
export function keptReply(letterId: string): string {
  return `2.0.0 Kept as ${letterId}`;
}

const NAMES = new Map<string, ReplyName>(
  (Object.keys(REPLIES) as ReplyName[]).map((name) => [REPLIES[name].text, name]),
);

const REFUSALS = new Map<ReplyName, SMTPServerError>(
  (Object.keys(REPLIES) as ReplyName[]).map((name) => [name, makeRefusal(REPLIES[name])]),
);

function makeRefusal({ code, text }: Reply): SMTPServerError {
  return Object.assign(new Error(text), { responseCode: code });
}

/** The reply as the error that makes smtp-server send it; one object a reply, since a flood of refusals is normal. */
export function refusal(name: ReplyName): SMTPServerError {
  return REFUSALS.get(name) ?? makeRefusal(REPLIES[name]);
}

/** Whether `text` brings its own enhanced status code. */
export function bringsEnhancedCode(text: string): boolean {
  return /^[245]\.\d{1,3}\.\d{1,3} /.test(text);
}

/** What smtp-server says of its own accord where its wording or enhanced code is not ours. */
const LIBRARY_PHRASES: readonly (readonly [code: number, phrase: RegExp, name: ReplyName])[] = [
  [552, /maximum message size/, 'too-large'],
  [452, /too many recipients/, 'too-many-recipients'],
  [451, /internal server error/, 'fault'],
  [421, /^Timeout/, 'idle'],
  [421, /shutting down/, 'closing'],
  [421, /Too many connected clients/, 'crowded-house'],
  [421, /talk too soon/, 'early-talker'],
  [421, /HTTP requests/, 'not-mail'],
  [421, /Command line too long/, 'line-too-long'],
  [421, /too many unrecognized commands/, 'junk'],
];

/** The name of a reply: of ours by its text, or of ours that stands for one of smtp-server's own. */
export function nameReply(code: number, text: string): ReplyName | undefined {
  const own = NAMES.get(text);
  if (own) return own;
  return LIBRARY_PHRASES.find(([known, phrase]) => known === code && phrase.test(text))?.[2];
}

/** The reply for an error of the spool. Whatever is not known to be permanent is temporary: the sender tries again. */
export function nameError(error: unknown): ReplyName {
  if (error instanceof LetterTooLarge) return 'too-large';
  if (error instanceof DiskFull) return 'disk-low';
  return 'not-kept';
}
