// Letters that a service sends when somebody signs up with an address of ours to read the code in it (the "ticket trick").
// Such a letter opens a ticket like any other, but its text goes to nobody but officers.
import type { Message } from './message.js';
import { isRobotAddress } from './report-machine.js';

const SUBJECT_LOOKED_AT = 300;
const TEXT_LOOKED_AT = 5_000;

/** What services ask for: that an address or a sign-in be confirmed. */
const ASKS = new RegExp(
  [
    String.raw`\b(?:verify|confirm|validate|activate)\b.{0,40}\b(?:e-?mail|address|account|identity|registration|sign[- ]?(?:up|in)|log[- ]?in|subscription)\b`,
    String.raw`\b(?:e-?mail|address|account|registration)\b.{0,20}\b(?:verification|confirmation|activation)\b`,
    String.raw`\b(?:verification|confirmation|activation|security|sign[- ]?in|log[- ]?in|access|one[- ]?time)\b.{0,20}\b(?:code|link|pin|password|passcode)\b`,
    String.raw`\b(?:your|the) (?:\w+ )?(?:otp|one[- ]time (?:password|pin|code))\b`,
    String.raw`\breset (?:your|the) (?:\w+ )?password\b`,
    String.raw`\b(?:finish|complete) (?:setting up|your (?:registration|sign[- ]?up|account))\b`,
    String.raw`\b(?:you(?:'ve| have) been )?invited (?:you )?to (?:join|collaborate)\b`,
    'যাচাই(?:করণ)? (?:কোড|লিঙ্ক)|(?:ইমেল|ইমেইল|অ্যাকাউন্ট).{0,20}(?:যাচাই|নিশ্চিত)',
    'सत्यापन (?:कोड|लिंक)|(?:ईमेल|खाते?).{0,20}(?:सत्यापित|पुष्टि)',
  ].join('|'),
  'iu',
);
/** What the intruder is after. */
const CODE = /(?<![\p{N}.,/-])(?:\p{Nd}{4,8}|\p{Nd}{3}[ -]\p{Nd}{3})(?![\p{N}/-]|[.,]\p{Nd})/u;
const LINK = /\bhttps?:\/\//i;

/**
 * Whether a machine asks for a sign-up or sign-in to be confirmed: sent from an address that nobody reads or marked as
 * automatic (`isAutomatic`), it says so in its subject or at its beginning, and holds a code or a link. A person's letter
 * about such codes is none.
 */
export function isSignUp(
  message: Pick<Message, 'from' | 'subject' | 'text'>,
  sent: { envelopeFrom: string; isAutomatic: boolean },
): boolean {
  const author = message.from?.address ?? '';
  if (!sent.isAutomatic && !isRobotAddress(author) && !isRobotAddress(sent.envelopeFrom)) return false;
  const subject = message.subject.slice(0, SUBJECT_LOOKED_AT);
  const text = message.text.slice(0, TEXT_LOOKED_AT);
  if (!CODE.test(subject) && !CODE.test(text) && !LINK.test(text)) return false;
  return ASKS.test(oneLine(subject)) || ASKS.test(oneLine(text));
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/’/g, "'");
}
