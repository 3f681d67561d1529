// The acknowledgement as a letter (RFC 3834, RFC 5230 5.1): our own words, references and times. Nothing the resident
// wrote is repeated, so nobody can make us carry a text to a third party; only their message ids thread it.
import { LOOP_HEADER } from './classification.js';
import { formatLocalTime } from './local-time.js';
import type { Mailbox } from './message.js';
import type { OutgoingHeader, OutgoingLetter } from './outgoing.js';
import { type Language, nameIn, type Station } from './station.js';
import { fillTemplate, type LetterTemplate, oneLine } from './template.js';
import type { Instant } from './time.js';

/** What the wording of an acknowledgement may name. */
export const ACKNOWLEDGEMENT_PLACEHOLDERS = [
  'emergency_numbers',
  'received_at',
  'references',
  'stations',
  'first_action_due',
] as const;

type Placeholder = (typeof ACKNOWLEDGEMENT_PLACEHOLDERS)[number];

export interface AcknowledgementFacts {
  /** One, or two for a resident who wrote in two or whose language is not clear. */
  languages: readonly Language[];
  templates: { get(name: 'acknowledgement', language: Language): LetterTemplate };
  /** Of every ticket the letter opened; `stations` in the same order. */
  references: readonly string[];
  stations: readonly Station[];
  receivedAt: Instant;
  firstActionDueAt: Instant;
  /** IANA name. */
  timeZone: string;
  emergencyNumbers: readonly string[];
  /** The resident's own Message-ID and References, as they came. */
  message: { messageId: string | null; references: readonly string[] };
  ids: { outboxId: string; messageId: string };
  createdAt: Instant;
  from: Mailbox;
  replyTo: Mailbox;
  /** The envelope sender; not looked at, because a suppressed acknowledgement is composed too. */
  to: string;
  mailDomain: string;
}

/** The acknowledgement, complete and fixed: null return path, marked as automatic, threaded under the resident's letter. */
export function composeAcknowledgement(facts: AcknowledgementFacts): OutgoingLetter {
  const languages: readonly Language[] = facts.languages.length > 0 ? facts.languages.slice(0, 2) : ['en'];
  const written = languages.map((language) => writeIn(language, facts));
  return {
    id: facts.ids.outboxId,
    kind: 'acknowledgement',
    envelopeFrom: '',
    to: facts.to,
    from: plainMailbox(facts.from),
    replyTo: plainMailbox(facts.replyTo),
    subject: written[0]?.subject ?? '',
    text: written.map(({ text }) => text).join(`\n${'-'.repeat(40)}\n\n`),
    messageId: facts.ids.messageId,
    ...threadOf(facts.message),
    headers: headersOf(languages, facts.mailDomain),
    createdAt: facts.createdAt,
  };
}

function writeIn(language: Language, facts: AcknowledgementFacts): LetterTemplate {
  const template = facts.templates.get('acknowledgement', language);
  const values = valuesIn(language, facts);
  return { subject: fillTemplate(template.subject, values), text: fillTemplate(template.text, values) };
}

const OR: Record<Language, string> = { en: ' or ', bn: ' বা ', hi: ' या ' };

/** References and telephone numbers keep international digits in every language: they are typed and dialled. */
function valuesIn(language: Language, facts: AcknowledgementFacts): Record<Placeholder, string> {
  const reader = { timeZone: facts.timeZone, language };
  return {
    emergency_numbers: facts.emergencyNumbers.join(OR[language]),
    received_at: formatLocalTime(facts.receivedAt, reader),
    references: facts.references.join(', '),
    stations: facts.stations.map((station) => nameIn(station.name, language)).join(', '),
    first_action_due: formatLocalTime(facts.firstActionDueAt, reader),
  };
}

function headersOf(languages: readonly Language[], mailDomain: string): OutgoingHeader[] {
  return [
    { name: 'Auto-Submitted', value: 'auto-replied' },
    { name: 'X-Auto-Response-Suppress', value: 'All' },
    { name: LOOP_HEADER, value: mailDomain },
    { name: 'Content-Language', value: languages.join(', ') },
  ];
}

/** A msg-id a stranger gave us and we are willing to repeat: printable ASCII in one pair of brackets (RFC 5322 3.6.4). */
const MESSAGE_ID = /^<[!-;=?-~]{1,250}>$/;
/** Besides the first one: enough for every mail program to thread, too little to make our letter large. */
const REFERENCES_KEPT = 20;

function threadOf(
  message: AcknowledgementFacts['message'],
): Pick<OutgoingLetter, 'inReplyTo' | 'references'> {
  const id = message.messageId ?? '';
  const inReplyTo = MESSAGE_ID.test(id) ? id : null;
  const earlier = message.references.filter((reference) => MESSAGE_ID.test(reference));
  const kept = [...earlier.slice(0, 1), ...earlier.slice(1).slice(-REFERENCES_KEPT)];
  return { inReplyTo, references: inReplyTo ? [...kept, inReplyTo] : kept };
}

function plainMailbox({ address, name }: Mailbox): Mailbox {
  return { address, name: oneLine(name) };
}
