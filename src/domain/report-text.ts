// Reports that mail systems write for people only, each in its own words. Judged only when a mail system wrote them.
import { addressKey } from './address.js';
import { headerValues } from './message.js';
import type { Finding, ReportedMessage, ReportRecipient } from './report.js';
import { ADDRESS, addressesIn, tidy } from './report-address.js';
import { oneLineOf } from './report-fields.js';
import { isMachineAddress } from './report-machine.js';
import { isReportSubject, outcomeSaid, type SaidOutcome } from './report-marks.js';
import { splitCopy } from './report-original.js';
import { statusByWords, statusIn, worstKind } from './report-status.js';

const JUDGED = 16_384;
const MOST_LINES = 400;
const LONGEST_LINE = 1_000;
const MOST_RECIPIENTS = 100;
const LONGEST_DIAGNOSTIC = 500;
/** Lines of explanation below an address. */
const EXPLAINED = 8;

/** How a line begins that is about one recipient; the address, and the rest of the line. */
const ABOUT_ONE: readonly RegExp[] = [
  new RegExp(String.raw`^\s{0,20}<(${ADDRESS})>(.*)$`, 'u'),
  new RegExp(
    String.raw`^\s{0,20}["']?(${ADDRESS})["']?(?:<mailto:[^>]{1,320}>)?\s{0,4}((?::|,|\.\.\.|$|on\s|\(|->|;).*)$`,
    'u',
  ),
  new RegExp(`^[^<]{0,80}<mailto:(${ADDRESS})>(.*)$`, 'u'),
  new RegExp(
    String.raw`\b(?:delivered to|(?:your|the) message to|(?:mail|message) for|recipient(?: address)?:|unknown user:|to:)\s{0,4}<?(${ADDRESS})>?(.*)$`,
    'iu',
  ),
  new RegExp(String.raw`^\s{0,20}\d{3}[ -](?:\d\.\d\.\d{1,3}\s)?<(${ADDRESS})>(.*)$`, 'u'),
];

/** What the letter says about a letter of ours; undefined when its words are none that mail systems use for that. */
export function readTextBounce(message: ReportedMessage): Finding | undefined {
  const { said, copy } = splitCopy(message.text);
  const judged = said.slice(0, JUDGED);
  const outcome = outcomeSaid(judged.replace(/\s+/g, ' ').toLowerCase());
  const recipients = recipientsIn(message, judged, outcome ?? 'failed');
  if (outcome === undefined && !(isReportSubject(message.subject) && hasWhat(message, recipients, copy))) {
    return undefined;
  }
  const fallback = outcome === 'delayed' ? 'delay' : outcome === 'delivered' ? 'delivered' : 'bounce';
  return { kind: recipients.length > 0 ? worstKind(recipients) : fallback, recipients, detail: '' };
}

/** A subject alone proves nothing: there must also be somebody it was for, or the letter itself. */
function hasWhat(message: ReportedMessage, recipients: readonly ReportRecipient[], copy: string): boolean {
  return recipients.length > 0 || copy !== '' || (message.report?.originalHeaders ?? null) !== null;
}

interface Explained {
  address: string;
  words: string;
}

function recipientsIn(message: ReportedMessage, text: string, outcome: SaidOutcome): ReportRecipient[] {
  const explained = explainedIn(text);
  const named = headerValues(message, 'x-failed-recipients').slice(0, MOST_RECIPIENTS).flatMap(addressesIn);
  const addresses = named.length > 0 ? named : explained.map(({ address }) => address);
  const own = addressKey(message.from?.address ?? '');
  const seen = new Set([own]);
  const isOnly = new Set(addresses.map(addressKey)).size === 1;
  const recipients: ReportRecipient[] = [];
  for (const address of addresses) {
    const key = addressKey(address);
    if (seen.has(key) || isMachineAddress(address) || recipients.length >= MOST_RECIPIENTS) continue;
    seen.add(key);
    const about = explained.filter((one) => addressKey(one.address) === key).map(({ words }) => words);
    recipients.push(judged({ address, words: about.join(' '), text: isOnly ? text : '' }, outcome));
  }
  return recipients;
}

/** `text` is what the whole report says, for the only recipient; empty when there are several. */
function judged(
  { address, words, text }: { address: string; words: string; text: string },
  action: SaidOutcome,
): ReportRecipient {
  const diagnostic = oneLineOf(words.replace(/^[\s:.,;>-]+/, ''), LONGEST_DIAGNOSTIC);
  const code = codeIn(diagnostic, action) ?? codeIn(text, action);
  const isTelling = code !== undefined && !code.endsWith('.0.0');
  const status = isTelling ? code : worded(code, `${diagnostic} ${text}`, action);
  return { address, original: null, action, status, diagnostic };
}

function codeIn(text: string, action: SaidOutcome): string | undefined {
  if (action === 'delivered') return statusIn(text, '2');
  if (action === 'delayed') return statusIn(text, '4');
  return statusIn(text, '5') ?? statusIn(text, '4');
}

function worded(code: string | undefined, text: string, action: SaidOutcome): string {
  if (action === 'delivered') return '2.0.0';
  return statusByWords(text, action === 'delayed' || code?.startsWith('4') ? '4' : '5');
}

/** Every address that a line is about, with what stands behind and below it. */
function explainedIn(text: string): Explained[] {
  const found: (Explained & { indent: number })[] = [];
  let open: (typeof found)[number] | undefined;
  let lines = 0;
  for (const line of text.split('\n').slice(0, MOST_LINES)) {
    const looked = line.slice(0, LONGEST_LINE);
    const start = startIn(looked);
    const indent = looked.length - looked.trimStart().length;
    if (start && (!open || indent <= open.indent)) {
      open = { ...start, indent };
      found.push(open);
      lines = 0;
    } else if (looked.trim() === '' || lines >= EXPLAINED) {
      if (open?.words.trim()) open = undefined;
    } else if (open) {
      open.words += ` ${looked.trim()}`;
      lines += 1;
    }
    if (found.length >= MOST_RECIPIENTS) break;
  }
  return found;
}

function startIn(line: string): Explained | undefined {
  if (!line.includes('@') || /^\s{0,20}(?:sender|from)\b/i.test(line)) return undefined;
  for (const pattern of ABOUT_ONE) {
    const [, found, words = ''] = pattern.exec(line) ?? [];
    const address = tidy(found);
    if (address !== undefined) return { address, words };
  }
  return undefined;
}
