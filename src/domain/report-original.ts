// What a report says about the letter it reports on: its ids, its return path, its recipient.
import type { Message } from './message.js';
import { addressIn } from './report-address.js';
import { fieldValue, type ReportField, readFields } from './report-fields.js';

export interface OriginalLetter {
  /** With its angle brackets. */
  originalMessageId: string | null;
  /** The first recipient in the head of the letter. */
  originalTo: string | null;
  /** Envelope senders that the report names. */
  returnPaths: string[];
  /** RFC 3461 4.4. */
  envelopeId: string | null;
  /** All Message-IDs the report mentions anywhere, the likeliest first; at most 40. */
  mentionedIds: string[];
}

const LOOKED_AT = 65_536;
const MOST_IDS = 40;
const MESSAGE_ID = /<[^<>\s\p{Cc}]{1,250}@[^<>\s\p{Cc}]{1,255}>/gu;
/** Lines by which systems set apart the copy of the letter. What sendmail calls "the original message was received at" is none. */
const COPY =
  /^[ \t]{0,20}(?:-{2,}[^\n]{0,80}(?:copy of (?:the|your|this) (?:original )?(?:message|mail)|original (?:message|mail)|unsent message|returned message|message header|headers? follow|message follows)|original message (?:headers?|details)\b|below is a copy of the original|the (?:headers of the )?original message (?:headers |text )?follows)/im;

/** `told` is what the report's own fields say; the rest is read from the copy that came along, or from the text. */
export function aboutOriginal(
  message: Pick<Message, 'report' | 'text' | 'inReplyTo' | 'references'>,
  told: Partial<OriginalLetter> = {},
): OriginalLetter {
  const head = readFields(message.report?.originalHeaders ?? splitCopy(message.text).copy);
  const originalMessageId = told.originalMessageId ?? idsIn(fieldValue(head, 'message-id') ?? '')[0] ?? null;
  const inText = idsIn(message.text.slice(0, LOOKED_AT));
  const ids = [originalMessageId, ...message.inReplyTo, ...message.references.slice(-MOST_IDS), ...inText];
  const returnPaths = [...(told.returnPaths ?? []), ...returnPathsIn(head)];
  return {
    originalMessageId,
    originalTo: told.originalTo ?? addressIn(fieldValue(head, 'to') ?? '') ?? null,
    returnPaths: [...new Set(returnPaths)].slice(0, MOST_IDS),
    envelopeId: told.envelopeId ?? null,
    mentionedIds: [...new Set(ids.filter((id) => id !== null))].slice(0, MOST_IDS),
  };
}

/** A report's text before the copy of the letter, and that copy; empty when there is none. */
export function splitCopy(text: string): { said: string; copy: string } {
  const looked = text.slice(0, LOOKED_AT);
  const mark = COPY.exec(looked);
  if (!mark) return { said: looked, copy: '' };
  const below = looked.slice(mark.index);
  const lineEnd = below.indexOf('\n');
  const copy = lineEnd < 0 ? '' : below.slice(lineEnd + 1).replace(/^\s*\n/, '');
  return { said: looked.slice(0, mark.index), copy };
}

/** Message-IDs in `text`, each with its angle brackets; at most 40. */
export function idsIn(text: string): string[] {
  const ids: string[] = [];
  for (const [id] of text.matchAll(MESSAGE_ID)) {
    if (ids.length >= MOST_IDS) break;
    ids.push(id);
  }
  return ids;
}

function returnPathsIn(head: readonly ReportField[]): string[] {
  return head
    .filter(({ name }) => name === 'return-path' || name === 'x-envelope-from')
    .map(({ value }) => addressIn(value))
    .filter((address) => address !== undefined);
}
