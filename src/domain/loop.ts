// Letters of ours that come back. The mark each carries is signed: nobody else can make a letter look like ours, and
// one installation does not take the letters of another for its own.
import type { Message } from './message.js';
import { headerValues } from './message.js';
import { letterFromMessageId, type TokenSigner } from './thread-token.js';

/** More Received headers than this mean a loop (RFC 5321 6.3; Postfix says 50). */
export const HOP_LIMIT = 50;
/** Carried by every letter of ours. */
export const LOOP_HEADER = 'X-Thanadak-Loop';

const PURPOSE = 'loop';
const MARK = /^(\S{1,255})\s+([0-9a-z]{1,64})\.([a-z2-7]{26})$/;
/** A letter that passed through more marks than these is a loop anyway, by its hops. */
const LOOKED_AT = 60;

export type LoopSign = 'too-many-hops' | 'own-mark' | 'own-message-id' | 'own-hop';

export interface LoopFacts {
  signer: TokenSigner;
  mailDomain: string;
  /** Names that only we write into a `Received: … by`; never a relay's, through which every letter comes. */
  ownNames?: readonly string[];
}

/** The value of the loop header of one letter: `mail.example <unique>.<code>`; `unique` is its outbox id. */
export function loopHeaderValue(signer: TokenSigner, mailDomain: string, unique: string): string {
  const domain = mailDomain.toLowerCase();
  const id = unique.toLowerCase();
  return `${domain} ${id}.${signer.sign(PURPOSE, `${domain} ${id}`)}`;
}

/** Whether this value of a loop header was made here. */
export function isOwnLoop(signer: TokenSigner, value: string, mailDomain: string): boolean {
  const [, domain, id, code = ''] = MARK.exec(value.trim().toLowerCase().slice(0, 400)) ?? [];
  if (domain === undefined || domain !== mailDomain.toLowerCase()) return false;
  return signer.verify(PURPOSE, `${domain} ${id}`, code);
}

/** What tells that `message` is a letter of ours come back, or has gone through too many hands; undefined when nothing does. */
export function loopSign(
  message: Pick<Message, 'headers' | 'messageId'>,
  { signer, mailDomain, ownNames = [] }: LoopFacts,
): LoopSign | undefined {
  const hops = headerValues(message, 'received');
  if (hops.length > HOP_LIMIT) return 'too-many-hops';
  const marks = headerValues(message, LOOP_HEADER.toLowerCase()).slice(0, LOOKED_AT);
  if (marks.some((value) => isOwnLoop(signer, value, mailDomain))) return 'own-mark';
  const { messageId } = message;
  if (messageId !== null && letterFromMessageId(signer, messageId, mailDomain)) return 'own-message-id';
  return hops.some((hop) => isByUs(hop, ownNames)) ? 'own-hop' : undefined;
}

function isByUs(received: string, ownNames: readonly string[]): boolean {
  const [, name] = /(?:^|\s)by\s+([^\s;()]{1,255})/i.exec(received) ?? [];
  return name !== undefined && ownNames.some((own) => own.toLowerCase() === name.toLowerCase());
}
