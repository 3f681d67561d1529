// A letter on the page: who, when, its words, what is attached, and whether it is from whom it says.
import type { TicketMessage } from '../../desk/whole-ticket.js';
import type { Attachment } from '../../domain/message.js';
import type { OutboxRecord } from '../../domain/outbox-record.js';
import { MOST_PREVIEW_BYTES, maybePicture } from '../../domain/picture.js';
import { senderSummary } from '../../domain/sender-summary.js';
import type { Language } from '../../domain/station.js';
import type { Ticket } from '../../domain/ticket.js';
import type { Instant } from '../../domain/time.js';
import type { PhraseKey } from '../words/words.js';
import { languageOfText, piecesOf, type TextPiece } from './letter-text.js';

export interface AttachmentLine {
  name: string;
  /** As the letter declares it. */
  type: string;
  size: number;
  /** Null: it is not handed out. */
  href: string | null;
  /** Null: it is no picture that is shown. */
  picture: string | null;
  virus: string | null;
  /** A calendar entry or an attached letter, in one line. */
  about: string | null;
  /** `22.49870, 88.31040`; where a photo says it was taken. */
  place: string | null;
}

export interface SenderLine {
  verdict: PhraseKey;
  isGood: boolean;
  isBad: boolean;
  /** Why, and what each method found, for whoever wants to know. */
  details: string[];
  flags: PhraseKey[];
}

export interface LetterLine {
  id: string;
  kind: PhraseKey;
  direction: 'in' | 'out';
  /** Name and address of the other side. */
  who: { name: string; address: string };
  subject: string;
  at: Instant;
  language: Language | null;
  pieces: TextPiece[];
  /** Reference of the ticket on which it lies, when it is not the one shown. */
  on: string | null;
  /** Null for our own. */
  sender: SenderLine | null;
  attachments: AttachmentLine[];
  isParsed: boolean;
  virus: string | null;
  /** Where its layout is shown; null where there is none to show. */
  layout: string | null;
  /** Where it is had as it came. */
  raw: string | null;
  /** How far a letter of ours has come. */
  sending: PhraseKey | null;
  reply: string | null;
}

export interface Shown {
  ticket: Pick<Ticket, 'reference' | 'junk'>;
  /** Of this ticket, as far as they are known. */
  outbox: readonly OutboxRecord[];
}

/** Letters that are junk or infected are shown as text and nothing else. */
export function letterLine({ message, reference }: TicketMessage, shown: Shown): LetterLine {
  const { ticket } = shown;
  const base = `/tickets/${ticket.reference}/letters/${message.id}`;
  const isIn = message.direction === 'in';
  const hasLetter = message.letterId !== null;
  const isSafe = message.infected === null && ticket.junk !== 'junk' && ticket.junk !== 'suspected';
  const sent = isIn ? undefined : shown.outbox.find(({ letter }) => letter.messageId === message.messageId);
  return {
    id: message.id,
    kind: `letters.kind.${message.kind}`,
    direction: message.direction,
    who: isIn ? otherSide(message.from) : { name: '', address: message.to.join(', ') },
    subject: message.subject,
    at: message.receivedAt,
    language: languageOfText(message.text),
    pieces: piecesOf(message.text),
    on: reference === ticket.reference ? null : reference,
    sender: isIn ? senderLine(message) : null,
    attachments: message.attachments.map((attachment, index) =>
      attachmentLine(attachment, { base: `${base}/${index + 1}`, hasLetter, isSafe }),
    ),
    isParsed: message.parsed,
    virus: message.infected,
    layout: isIn && hasLetter && isSafe ? `${base}/layout` : null,
    raw: isIn && hasLetter && message.infected === null ? `${base}/raw` : null,
    sending: sent ? `letters.sending.${sent.state}` : null,
    reply: sent && (sent.state === 'failed' || sent.state === 'deferred') ? sent.lastReply : null,
  };
}

function otherSide(from: TicketMessage['message']['from']): LetterLine['who'] {
  return { name: from?.name ?? '', address: from?.address ?? '' };
}

function senderLine({ verdict, sender, senderFlags }: TicketMessage['message']): SenderLine {
  const summary = sender ? senderSummary(sender) : '';
  return {
    verdict: `ticket.verdict.${verdict}`,
    isGood: verdict === 'aligned',
    isBad: verdict === 'failed',
    details: [sender?.why ?? '', summary].filter((text) => text !== ''),
    flags: senderFlags.map((flag) => `ticket.flag.${flag}` as const),
  };
}

interface Place {
  base: string;
  hasLetter: boolean;
  isSafe: boolean;
}

function attachmentLine(attachment: Attachment, { base, hasLetter, isSafe }: Place): AttachmentLine {
  const { name, type, size, infected = null, position, summary, letter } = attachment;
  const isHad = hasLetter && infected === null;
  const isPicture = type !== 'application/octet-stream' && maybePicture(type) && size <= MOST_PREVIEW_BYTES;
  return {
    name,
    type,
    size,
    href: isHad ? base : null,
    picture: isHad && isSafe && isPicture ? `${base}/picture` : null,
    virus: infected,
    about: summary ?? (letter ? [letter.from?.address ?? '', letter.subject].join(' – ') : null),
    place: position ? `${position.lat.toFixed(5)}, ${position.lon.toFixed(5)}` : null,
  };
}
