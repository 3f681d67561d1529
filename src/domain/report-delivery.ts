// Delivery status notifications (RFC 3464), with addresses in any script (RFC 6533), and with what mail systems leave out.
import { headerValue, type ReportParts } from './message.js';
import type { Finding, RecipientAction, ReportedMessage, ReportRecipient } from './report.js';
import { addressesIn, addressIn } from './report-address.js';
import { fieldValue, oneLineOf, type ReportField, readFields } from './report-fields.js';
import type { OriginalLetter } from './report-original.js';
import { actionOf, refined, statusByWords, statusIn, worstKind } from './report-status.js';

const MOST_RECIPIENTS = 100;
const LONGEST_DIAGNOSTIC = 500;
const ABOUT_RECIPIENT = new Set([
  'final-recipient',
  'original-recipient',
  'action',
  'status',
  'diagnostic-code',
]);
const ACTIONS = new Map<string, RecipientAction>([
  ['failed', 'failed'],
  ['failure', 'failed'],
  ['delayed', 'delayed'],
  ['delivered', 'delivered'],
  ['relayed', 'relayed'],
  ['expanded', 'expanded'],
]);

/** What the notification says; undefined when it names no recipient. */
export function readDelivery(message: ReportedMessage, parts: ReportParts): Finding | undefined {
  if (parts.deliveryStatus === null) return undefined;
  const fields = readFields(parts.deliveryStatus);
  const fallback = addressesIn(headerValue(message, 'x-failed-recipients') ?? '')[0];
  const recipients = groupByRecipient(fields)
    .map((group) => recipientOf(group, { fallback, text: message.text }))
    .filter((recipient) => recipient !== undefined);
  if (recipients.length === 0) return undefined;
  return { kind: worstKind(recipients), recipients, detail: '', told: toldBy(fields) };
}

/** A blank line or a second Final-Recipient begins the next one; systems forget either. */
function groupByRecipient(fields: readonly ReportField[]): ReportField[][] {
  const groups: ReportField[][] = [];
  let open: { at: number; fields: ReportField[] } | undefined;
  for (const field of fields) {
    if (!ABOUT_RECIPIENT.has(field.name)) continue;
    const isNext = open === undefined || open.at !== field.group || isSecond(open.fields, field);
    if (isNext) {
      if (groups.length >= MOST_RECIPIENTS) break;
      open = { at: field.group, fields: [] };
      groups.push(open.fields);
    }
    open?.fields.push(field);
  }
  return groups;
}

function isSecond(group: readonly ReportField[], { name }: ReportField): boolean {
  return name === 'final-recipient' && group.some((field) => field.name === name);
}

function recipientOf(
  group: readonly ReportField[],
  { fallback, text }: { fallback: string | undefined; text: string },
): ReportRecipient | undefined {
  const original = addressIn(fieldValue(group, 'original-recipient') ?? '');
  const address = addressIn(fieldValue(group, 'final-recipient') ?? '') ?? original ?? fallback;
  const named = ACTIONS.get((fieldValue(group, 'action') ?? '').toLowerCase().split(/[\s(;]/)[0] ?? '');
  const diagnostic = oneLineOf(fieldValue(group, 'diagnostic-code') ?? '', LONGEST_DIAGNOSTIC);
  const given = statusIn(fieldValue(group, 'status') ?? '');
  if (address === undefined || (named === undefined && given === undefined && diagnostic === ''))
    return undefined;
  const status = refined(given, diagnostic);
  const action = named ?? actionOf(status);
  return {
    address,
    original: original ?? null,
    action,
    status: status ?? statusFor(action, diagnostic === '' ? text : diagnostic),
    diagnostic,
  };
}

function statusFor(action: RecipientAction, words: string): string {
  if (action === 'failed') return statusByWords(words, '5');
  return action === 'delayed' ? statusByWords(words, '4') : '2.0.0';
}

function toldBy(fields: readonly ReportField[]): Partial<OriginalLetter> {
  const sender = addressIn(fieldValue(fields, 'x-postfix-sender') ?? '');
  const id = /<[^<>\s]{3,500}>/.exec(fieldValue(fields, 'x-original-message-id') ?? '')?.[0];
  const envelopeId = fieldValue(fields, 'original-envelope-id');
  return {
    ...(id === undefined ? {} : { originalMessageId: id }),
    ...(sender === undefined ? {} : { returnPaths: [sender] }),
    ...(envelopeId === undefined ? {} : { envelopeId: envelopeId.slice(0, 100) }),
  };
}
