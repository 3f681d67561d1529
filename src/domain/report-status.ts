// What a mail system's words mean as a status (RFC 3463): its own code where it gives one, else what the words say.
import type { RecipientAction, ReportKind, ReportRecipient } from './report.js';

/** Enhanced codes; no part of an IP address or of a version. */
const ENHANCED = /(?<![\d.])([245])\.([0-7])\.(\d{1,3})(?!\d|\.\d)/;
/** RFC 5321 4.2 replies as mail systems repeat them. */
const REPLY = /(?:^|[\s:;,'"#(-])([45])[0-5]\d(?=[\s:;,'")-]|$)/;
const LOOKED_AT = 8_000;

/** Words of mail systems that give no code; `x` is the class. */
const MEANINGS: readonly (readonly [RegExp, string])[] = [
  [
    /(?:user|mailbox|recipient|account|address|e-?mail|alias|person)\b.{0,60}\b(?:unknown|not (?:be )?found|not exist|n't exist|not recogni[sz]ed|not listed|disabled|unavailable|inactive|no longer)/,
    'x.1.1',
  ],
  [/(?:unknown|no such|invalid|non-?existent) (?:user|recipient|mailbox|address|local|person)/, 'x.1.1'],
  [/no mailbox here|couldn't be found|could not be found/, 'x.1.1'],
  [/(?:doesn't|does not) have an? .{0,60}\b(?:account|mailbox)/, 'x.1.1'],
  [/(?:mailbox|inbox|quota).{0,40}\b(?:full|exceed|over)|(?:over|exceed\w*).{0,20}\bquota/, 'x.2.2'],
  [
    /(?:host|domain).{0,40}\b(?:unknown|not found|not exist|n't exist)|(?:unknown|no such) (?:host|domain)/,
    'x.1.2',
  ],
  [/couldn't find any host|unrouteable|name service error|no mail exchanger/, 'x.1.2'],
  [/too (?:large|big)|size limit|exceeds the maximum/, 'x.3.4'],
  [
    /spam|block(?:ed|list)|blacklist|rejected for policy|not authori[sz]ed|relay(?:ing)? (?:access )?denied/,
    'x.7.1',
  ],
  [/timed? ?out|time limit|expired|retry time|too long|connection refused|no route/, 'x.4.7'],
];

/** Status in `text`: its most telling code, of class `wanted` when one is asked for; undefined when there is none. */
export function statusIn(text: string, wanted?: '2' | '4' | '5'): string | undefined {
  const looked = text.slice(0, LOOKED_AT);
  const codes = [...looked.matchAll(new RegExp(ENHANCED, 'g'))]
    .map(([, group, subject, detail]) => `${group}.${Number(subject)}.${Number(detail)}`)
    .filter((code) => wanted === undefined || code.startsWith(wanted));
  const telling = codes.find((code) => !code.endsWith('.0.0')) ?? codes[0];
  if (telling) return telling;
  const group = REPLY.exec(looked)?.[1];
  return group && (wanted === undefined || group === wanted) ? `${group}.0.0` : undefined;
}

/** Class and what the words of `text` mean; `<class>.0.0` when they mean nothing we know. */
export function statusByWords(text: string, group: '4' | '5'): string {
  const words = text.slice(0, LOOKED_AT).replace(/\s+/g, ' ').toLowerCase();
  const meaning = MEANINGS.find(([pattern]) => pattern.test(words))?.[1] ?? 'x.0.0';
  return meaning.replace('x', group);
}

/** The better of a code without meaning (`5.0.0`) and what else is known; they agree in class. */
export function refined(status: string | undefined, text: string): string | undefined {
  if (status !== undefined && !/\.0\.0$/.test(status)) return status;
  const group = status?.charAt(0);
  const wanted = group === '2' || group === '4' || group === '5' ? group : undefined;
  return statusIn(text, wanted) ?? status;
}

/** What one recipient's fate makes of the report: a class of 4 is a delay, also where the system says `failed`. */
export function kindOfRecipient({ action, status }: Pick<ReportRecipient, 'action' | 'status'>): ReportKind {
  if (action === 'delivered' || action === 'relayed' || action === 'expanded') return 'delivered';
  return action === 'delayed' || status?.startsWith('4') ? 'delay' : 'bounce';
}

/** The worst that befell any of `recipients`. */
export function worstKind(recipients: readonly ReportRecipient[]): ReportKind {
  const kinds = recipients.map(kindOfRecipient);
  if (kinds.includes('bounce')) return 'bounce';
  return kinds.includes('delay') ? 'delay' : 'delivered';
}

/** The action that a status stands for where the system names none. */
export function actionOf(status: string | undefined): RecipientAction {
  if (status?.startsWith('2')) return 'delivered';
  return status?.startsWith('4') ? 'delayed' : 'failed';
}
