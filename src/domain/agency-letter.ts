// Letters that pass a matter on: to another police force, which takes it over, and to an agency, which is asked for
// something. The answer comes back to the signed address and joins the ticket.

import type { LetterMarks } from './letter-marks.js';
import { formatLocalTime } from './local-time.js';
import type { Mailbox } from './message.js';
import type { OutgoingKind, OutgoingLetter } from './outgoing.js';
import { headersFor, markedText, plainMailbox } from './outgoing-parts.js';
import { OFFICIAL_WORDING } from './outgoing-wording.js';
import type { Language } from './station.js';
import { fillSubject, fillTemplate, type LetterTemplate, oneLine, plainLines } from './template.js';
import type { Instant } from './time.js';

type AgencyTemplate = 'transfer-foreign' | 'referral';

export interface AgencyLetterFacts {
  to: string;
  reference: string;
  stationName: string;
  /** The resident's own words; null or empty: they must not leave the house. */
  letter: string | null;
  receivedAt: Instant;
  from: Mailbox;
  /** The signed address of the ticket. */
  replyTo: Mailbox;
  /** Not null: a hand-over that did not arrive must come back to us. */
  envelopeFrom: string;
  marks: LetterMarks;
  createdAt: Instant;
  /** IANA name. */
  timeZone: string;
  templates: { get(name: AgencyTemplate, language: Language): LetterTemplate };
}

export interface ForeignTransferFacts extends AgencyLetterFacts {
  /** Why it is theirs, in the officer's words. */
  reason: string;
  /** Null: must not leave the house. */
  resident: Mailbox | null;
}

export interface ReferralFacts extends AgencyLetterFacts {
  agencyName: string;
  /** What is asked, in the officer's words. */
  request: string;
}

/** Hands the matter over to another force, with the resident's name and address, because that force answers them now. */
export function composeForeignTransfer(facts: ForeignTransferFacts): OutgoingLetter {
  return compose(facts, {
    kind: 'transfer',
    template: 'transfer-foreign',
    values: { ...common(facts), reason: facts.reason, resident: residentLine(facts.resident) },
  });
}

/** Asks an agency for something. It never learns who the resident is: its answer goes through us. */
export function composeReferral(facts: ReferralFacts): OutgoingLetter {
  return compose(facts, {
    kind: 'referral',
    template: 'referral',
    values: { ...common(facts), request: facts.request, agency: facts.agencyName },
  });
}

interface Writing {
  kind: OutgoingKind;
  template: AgencyTemplate;
  values: Readonly<Record<string, string>>;
}

function compose(facts: AgencyLetterFacts, { kind, template, values }: Writing): OutgoingLetter {
  const { subject, text } = facts.templates.get(template, 'en');
  return {
    id: facts.marks.outboxId,
    kind,
    envelopeFrom: facts.envelopeFrom,
    to: facts.to,
    from: plainMailbox(facts.from),
    replyTo: plainMailbox(facts.replyTo),
    subject: fillSubject(subject, values),
    text: markedText(fillTemplate(text, values, OFFICIAL_WORDING[template].blocks), facts.marks),
    messageId: facts.marks.messageId,
    inReplyTo: null,
    references: [],
    headers: headersFor({ submitted: null, marks: facts.marks, languages: ['en'] }),
    createdAt: facts.createdAt,
  };
}

function common(facts: AgencyLetterFacts): Record<string, string> {
  return {
    reference: facts.reference,
    station: facts.stationName,
    received_at: formatLocalTime(facts.receivedAt, { timeZone: facts.timeZone, language: 'en' }),
    reply_address: facts.replyTo.address,
    letter: quoted(facts.letter),
  };
}

const NOT_ENCLOSED = "The resident's words are not enclosed. Please ask us for them by an official channel.";
/** Characters: some ten pages. */
const ENCLOSED = 20_000;

/** Every line marked as a quotation, so that nothing in it can pass for words of the police. */
function quoted(letter: string | null): string {
  const text = plainLines(letter ?? '');
  if (text === '') return NOT_ENCLOSED;
  const lines = text
    .slice(0, ENCLOSED)
    .replace(/[\ud800-\udbff]$/, '')
    .split('\n')
    .map((line) => `> ${line}`);
  if (text.length > ENCLOSED) lines.push('', 'The letter is longer; the whole of it is with us.');
  return lines.join('\n');
}

function residentLine(resident: Mailbox | null): string {
  if (resident === null) return 'not named here; please ask us';
  const name = oneLine(resident.name).trim();
  return name === '' ? resident.address : `${name}, ${resident.address}`;
}
