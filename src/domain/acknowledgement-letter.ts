// The acknowledgement as a letter (RFC 3834, RFC 5230 5.1): our own words, references and times. Nothing the resident
// wrote is repeated, so nobody can make us carry a text to a third party; only their message ids thread it.

import type { LetterMarks } from './letter-marks.js';
import { formatLocalTime } from './local-time.js';
import type { Mailbox } from './message.js';
import type { OutgoingLetter } from './outgoing.js';
import {
  headersFor,
  markedText,
  numbersIn,
  plainMailbox,
  threadUnder,
  writeEach,
  writtenLanguages,
} from './outgoing-parts.js';
import { type Language, nameIn, type Station } from './station.js';
import { fillSubject, fillTemplate, type LetterTemplate } from './template.js';
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
  marks: LetterMarks;
  createdAt: Instant;
  from: Mailbox;
  replyTo: Mailbox;
  /** The envelope sender; not looked at, because a suppressed acknowledgement is composed too. */
  to: string;
}

/** The acknowledgement, complete and fixed: null return path, marked as automatic, threaded under the resident's letter. */
export function composeAcknowledgement(facts: AcknowledgementFacts): OutgoingLetter {
  const languages = writtenLanguages(facts.languages);
  const written = writeEach(languages, (language) => writeIn(language, facts));
  return {
    id: facts.marks.outboxId,
    kind: 'acknowledgement',
    envelopeFrom: '',
    to: facts.to,
    from: plainMailbox(facts.from),
    replyTo: plainMailbox(facts.replyTo),
    subject: written.subject,
    text: markedText(written.text, facts.marks),
    messageId: facts.marks.messageId,
    ...threadUnder(facts.message),
    headers: headersFor({ submitted: 'auto-replied', marks: facts.marks, languages }),
    createdAt: facts.createdAt,
  };
}

function writeIn(language: Language, facts: AcknowledgementFacts): LetterTemplate {
  const template = facts.templates.get('acknowledgement', language);
  const values = valuesIn(language, facts);
  return { subject: fillSubject(template.subject, values), text: fillTemplate(template.text, values) };
}

/** References and telephone numbers keep international digits in every language: they are typed and dialled. */
function valuesIn(language: Language, facts: AcknowledgementFacts): Record<Placeholder, string> {
  const reader = { timeZone: facts.timeZone, language };
  return {
    emergency_numbers: numbersIn(facts.emergencyNumbers, language),
    received_at: formatLocalTime(facts.receivedAt, reader),
    references: facts.references.join(', '),
    stations: facts.stations.map((station) => nameIn(station.name, language)).join(', '),
    first_action_due: formatLocalTime(facts.firstActionDueAt, reader),
  };
}
