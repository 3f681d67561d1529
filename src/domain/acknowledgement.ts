// May a letter be acknowledged by a machine? Refusing costs the resident a receipt; answering wrongly makes us a
// weapon or a loop. The ticket is opened either way.
import { isSendable, splitAddress } from './address.js';
import { isAutomatic, isBulk } from './classification.js';
import { headerValue, type Message } from './message.js';
import type { MessageKind, Verdict } from './ticket.js';

export type SuppressionReason =
  | 'null-sender'
  | 'loop'
  | 'report'
  | 'auto-submitted'
  | 'suppression-asked'
  | 'mailing-list'
  | 'own-address'
  | 'robot-address'
  | 'unusable-address'
  | 'second-copy'
  | 'postmaster'
  | 'unaligned';

/** Reasons that hold for a person too: there is nobody to write to, or it was answered. */
const FINAL: readonly string[] = [
  'null-sender',
  'loop',
  'report',
  'auto-submitted',
  'own-address',
  'robot-address',
  'unusable-address',
  'second-copy',
  'joined',
  'answered-personally',
];

/** Whether an officer may still send an acknowledgement that was withheld for this reason. */
export function mayBeSentByHand(reason: string | null): boolean {
  return !FINAL.includes(reason ?? '');
}

export interface AcknowledgementFacts {
  message: Pick<Message, 'headers'>;
  kind: MessageKind;
  envelopeFrom: string;
  /** The envelope sender is one of our own addresses. */
  fromOurselves: boolean;
  /** Only postmaster was written to. */
  forPostmaster: boolean;
  /** Whether the sender is who the letter says. */
  verdict: Verdict;
}

export type AcknowledgementDecision = { allowed: true } | { allowed: false; reason: SuppressionReason };

/**
 * RFC 3834 section 2 and RFC 5230 4.6, plus what robots and lists are known to send. The acknowledgement would go
 * to the envelope sender (RFC 3834 section 4), so that is the address judged.
 */
export function mayAcknowledge(facts: AcknowledgementFacts): AcknowledgementDecision {
  const reason = reasonAgainst(facts);
  return reason ? { allowed: false, reason } : { allowed: true };
}

function reasonAgainst(facts: AcknowledgementFacts): SuppressionReason | undefined {
  const { message, kind, envelopeFrom } = facts;
  if (facts.forPostmaster) return 'postmaster';
  if (kind === 'loop') return 'loop';
  if (envelopeFrom === '') return 'null-sender';
  if (kind === 'bounce') return 'report';
  if (isAutomatic(message)) return 'auto-submitted';
  if (asksForSilence(message)) return 'suppression-asked';
  if (isBulk(message)) return 'mailing-list';
  if (facts.fromOurselves) return 'own-address';
  if (isRobot(envelopeFrom)) return 'robot-address';
  if (!isSendable(envelopeFrom)) return 'unusable-address';
  // Probably forged: the receipt would go to somebody who never wrote. An officer can send it by one deed.
  return facts.verdict === 'failed' ? 'unaligned' : undefined;
}

/** MS-OXCMAIL 2.2.3.2.14: a request not to answer. */
function asksForSilence(message: Pick<Message, 'headers'>): boolean {
  return /\b(all|oof|autoreply)\b/i.test(headerValue(message, 'x-auto-response-suppress') ?? '');
}

const ROBOT =
  /^(mailer-daemon|listserv|majordomo|owner-.*|.*-owner|.*-request|.*-bounces?|bounces?([+=-].*)?|no-?reply([+._-].*)?|do-?not-?reply|.*[._-](no-?reply|do-?not-?reply))$/;

function isRobot(address: string): boolean {
  return ROBOT.test((splitAddress(address)?.local ?? '').toLowerCase());
}
