// What a letter is, judged from its envelope and headers alone (RFC 3834, 5230, 3464, 2919). Every kind still opens
// or joins a ticket; the kind decides only whether a machine may answer.
import { headerValue, headerValues, type Message } from './message.js';
import type { MessageKind } from './ticket.js';

/** More Received headers than this mean a loop (RFC 5321 6.3; Postfix says 50). */
export const HOP_LIMIT = 50;
/** Carried by every letter of ours; its value is the mail domain it came from. */
export const LOOP_HEADER = 'X-Thanadak-Loop';

type Headers = Pick<Message, 'headers'>;

export function classify(message: Headers, envelopeFrom: string, mailDomain: string): MessageKind {
  if (isLoop(message, mailDomain)) return 'loop';
  if (isReport(message)) return 'bounce';
  if (isAutomatic(message) || envelopeFrom === '') return 'auto-reply';
  if (isBulk(message)) return 'bulk';
  return 'letter';
}

/** It came through us before, or through too many hands. */
function isLoop(message: Headers, mailDomain: string): boolean {
  if (headerValues(message, 'received').length > HOP_LIMIT) return true;
  return headerValues(message, LOOP_HEADER.toLowerCase()).some(
    (value) => value.trim().toLowerCase() === mailDomain,
  );
}

function isReport(message: Headers): boolean {
  return /^multipart\/report\b/i.test(headerValue(message, 'content-type') ?? '');
}

/** `Auto-Submitted` with anything but `no` (RFC 3834 5), or the older signs of a robot. */
export function isAutomatic(message: Headers): boolean {
  const submitted = headerValue(message, 'auto-submitted');
  if (submitted !== undefined && submitted.split(';')[0]?.trim().toLowerCase() !== 'no') return true;
  return ['x-autoreply', 'x-autorespond', 'x-autoresponder'].some(
    (name) => headerValue(message, name) !== undefined,
  );
}

/** A mailing list or mass mail. */
export function isBulk(message: Headers): boolean {
  if (
    message.headers.some(({ name }) => /^list-(id|help|subscribe|unsubscribe|post|owner|archive)$/.test(name))
  ) {
    return true;
  }
  return /^(bulk|junk|list|auto_reply)\b/i.test(headerValue(message, 'precedence')?.trim() ?? '');
}
