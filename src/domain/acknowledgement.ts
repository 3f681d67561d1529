// May a letter be acknowledged by a machine? Refusing costs the resident a receipt; answering wrongly makes us a
// weapon or a loop. The ticket is opened either way.
import { domainKey, isSendable, splitAddress } from './address.js';
import { isAutomatic, isBulk, isMultipartReport } from './classification.js';
import { LOOP_HEADER } from './loop.js';
import { headerValue, type Message } from './message.js';
import { isRobotAddress } from './report-machine.js';
import type { MessageKind, Verdict } from './ticket.js';

export type SuppressionReason =
  | 'null-sender'
  | 'loop'
  | 'report'
  | 'auto-submitted'
  | 'sign-up'
  | 'suppression-asked'
  | 'mailing-list'
  | 'mass-mail'
  | 'loop-mark'
  | 'own-address'
  | 'robot-address'
  | 'unusable-address'
  | 'second-copy'
  | 'postmaster'
  | 'unaligned'
  | 'sender-differs'
  | 'junk'
  | 'not-addressed'
  | 'paused';

/** What is known about a letter besides itself. */
export interface Circumstances {
  /** Whether the sender is who the letter says. */
  verdict: Verdict;
  /** Called junk by whoever judges that. */
  junk: boolean;
  /** One of our addresses stands in its head (RFC 5230 4.5); true where the operator does not ask for that. */
  addressed: boolean;
  /** Automatic letters are stopped by a person. */
  stopped: 'paused' | null;
}

export interface AcknowledgementFacts {
  message: Pick<Message, 'headers'> & Partial<Pick<Message, 'from'>>;
  kind: MessageKind;
  envelopeFrom: string;
  /** The envelope sender is one of our own addresses. */
  fromOurselves: boolean;
  /** Only postmaster was written to. */
  forPostmaster: boolean;
  /** Without them nothing is held against the letter that they would tell. */
  circumstances?: Circumstances;
}

export type AcknowledgementDecision =
  /** `to` is the address it goes to. */
  { allowed: true; to: string } | { allowed: false; reason: SuppressionReason };

/**
 * RFC 3834 section 2 and RFC 5230 4.5 and 4.6, what robots and lists are known to send, and what is known of the sender.
 * It goes to the envelope sender (RFC 3834 section 4), so that is the address judged; where the author's domain is
 * another, only to an author proven by it, who then is the recipient. What no officer can mend is told first.
 */
export function mayAcknowledge(facts: AcknowledgementFacts): AcknowledgementDecision {
  const reason = againstLetter(facts) ?? againstAddresses(facts) ?? againstCircumstances(facts);
  return reason ? { allowed: false, reason } : { allowed: true, to: recipientOf(facts) };
}

/** Reasons for which an officer may still send it by hand: a person may well be waiting for it. */
const RELEASABLE: ReadonlySet<SuppressionReason> = new Set<SuppressionReason>([
  'suppression-asked',
  'mailing-list',
  'mass-mail',
  'loop-mark',
  'postmaster',
  'unaligned',
  'sender-differs',
  'junk',
  'not-addressed',
  'paused',
]);

/** Whether an officer may still send an acknowledgement that was withheld for `reason`. */
export function isReleasable(reason: SuppressionReason): boolean {
  return RELEASABLE.has(reason);
}

function againstLetter({ message, kind, envelopeFrom, ...facts }: AcknowledgementFacts) {
  if (facts.forPostmaster) return 'postmaster';
  if (kind === 'loop') return 'loop';
  if (envelopeFrom === '') return 'null-sender';
  if (kind === 'bounce' || isMultipartReport(message)) return 'report';
  if (kind === 'sign-up') return 'sign-up';
  if (kind === 'auto-reply' || isAutomatic(message)) return 'auto-submitted';
  if (asksForSilence(message)) return 'suppression-asked';
  if (kind === 'bulk' || isBulk(message)) return 'mailing-list';
  if (hasForeignLoopMark(message)) return 'loop-mark';
  return isMassMail(message) ? 'mass-mail' : undefined;
}

function againstAddresses({ message, envelopeFrom, fromOurselves }: AcknowledgementFacts) {
  if (fromOurselves) return 'own-address';
  const author = message.from?.address ?? '';
  if (isRobotAddress(envelopeFrom) || isRobotAddress(author)) return 'robot-address';
  return isSendable(envelopeFrom) ? undefined : 'unusable-address';
}

function againstCircumstances(facts: AcknowledgementFacts) {
  const { circumstances } = facts;
  if (!circumstances) return undefined;
  // Probably forged: the receipt would go to somebody who never wrote.
  if (circumstances.verdict === 'failed') return 'unaligned';
  if (differs(facts) && !isProvenAuthor(facts)) return 'sender-differs';
  if (circumstances.junk) return 'junk';
  if (!circumstances.addressed) return 'not-addressed';
  return circumstances.stopped ?? undefined;
}

/** The author writes under another domain than the one it was sent from. */
function differs({ message, envelopeFrom }: AcknowledgementFacts): boolean {
  const author = domainOf(message.from?.address ?? '');
  const sender = domainOf(envelopeFrom);
  if (author === '') return false;
  return author !== sender && !author.endsWith(`.${sender}`) && !sender.endsWith(`.${author}`);
}

function isProvenAuthor({ message, circumstances }: AcknowledgementFacts): boolean {
  return circumstances?.verdict === 'aligned' && isSendable(message.from?.address ?? '');
}

function recipientOf(facts: AcknowledgementFacts): string {
  const author = facts.message.from?.address;
  return author !== undefined && differs(facts) && isProvenAuthor(facts) ? author : facts.envelopeFrom;
}

function domainOf(address: string): string {
  return domainKey(splitAddress(address.trim())?.domain ?? '');
}

/** MS-OXCMAIL 2.2.3.2.14: a request not to answer. */
function asksForSilence(message: Pick<Message, 'headers'>): boolean {
  return /\b(all|oof|autoreply)\b/i.test(headerValue(message, 'x-auto-response-suppress') ?? '');
}

/** `X-Loop`, `X-…-Loop`, `X-…-Loop-Prevention`: another desk, which may well answer our answer. */
const LOOP_MARK = /^x-(?:[a-z0-9]{1,30}-)?loop(?:-prevention)?$/;

function hasForeignLoopMark({ headers }: Pick<Message, 'headers'>): boolean {
  const own = LOOP_HEADER.toLowerCase();
  return headers.some(({ name }) => name !== own && LOOP_MARK.test(name));
}

/** Headers of services that send to many; one alone may come from a form or a petition that a person filled in. */
const MASS_MAIL =
  /^(?:feedback-id|x-campaign(?:-?id)?|x-csa-complaints|x-report-abuse|x-mailgun-sid|x-sg-eid|x-ses-outgoing|x-mc-user|x-sfmc-stack|bounces-to|errors-to)$/;

function isMassMail({ headers }: Pick<Message, 'headers'>): boolean {
  return new Set(headers.map(({ name }) => name).filter((name) => MASS_MAIL.test(name))).size > 1;
}

const ADDRESS_HEADERS = new Set(['to', 'cc', 'bcc', 'resent-to', 'resent-cc', 'resent-bcc', 'apparently-to']);
const ADDRESS = /[^\s<>()[\]",;:\\@]{1,128}@[^\s<>()[\]",;:\\@]{1,255}/gu;
const MOST_LOOKED_AT = 300;

/** Whether one of our addresses stands in the head of the letter, as far as its first 300 addresses go. */
export function isAddressedToUs(
  message: Pick<Message, 'headers' | 'to'>,
  isOurs: (address: string) => boolean,
): boolean {
  if (message.to.some(({ address }) => isOurs(address))) return true;
  const values = message.headers.filter(({ name }) => ADDRESS_HEADERS.has(name)).map(({ value }) => value);
  return (values.join(', ').match(ADDRESS) ?? []).slice(0, MOST_LOOKED_AT).some((address) => isOurs(address));
}
