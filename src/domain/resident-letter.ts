// Every letter to a resident but the acknowledgement: in their language or two, in their thread, under their own subject
// only when a person decided to write and nothing about the matter must stay hidden.

import type { LetterMarks } from './letter-marks.js';
import { formatLocalTime } from './local-time.js';
import type { Mailbox } from './message.js';
import type { OutgoingKind, OutgoingLetter } from './outgoing.js';
import {
  headersFor,
  markedText,
  plainMailbox,
  threadUnder,
  writeEach,
  writtenLanguages,
} from './outgoing-parts.js';
import { answerSubject } from './outgoing-subject.js';
import { RESIDENT_WORDING, type ResidentPlaceholders } from './outgoing-wording.js';
import type { Language } from './station.js';
import { fillSubject, fillTemplate, type LetterTemplate } from './template.js';
import type { Instant } from './time.js';

export type ResidentTemplate = keyof typeof RESIDENT_WORDING;

/** The same in every language, or different in each. What the template has as a time is given as an instant. */
export type ResidentValue = string | ((language: Language) => string);
export type ResidentValues = Readonly<Record<string, ResidentValue>>;

export interface ResidentLetterFacts {
  template: ResidentTemplate;
  kind: OutgoingKind;
  /** One, or two for a resident who wrote in two or whose language is not clear. */
  languages: readonly Language[];
  templates: { get(name: ResidentTemplate, language: Language): LetterTemplate };
  /** One for every placeholder of the template but `reference`; an officer's text is put into both languages. */
  values: ResidentValues;
  reference: string;
  /** The resident's own, as it came. */
  subject: string;
  /** The subject must not show what the matter is. */
  restricted: boolean;
  /** Message-ID and References of the resident's last message, as they came. */
  thread: { messageId: string | null; references: readonly string[] };
  marks: LetterMarks;
  createdAt: Instant;
  from: Mailbox;
  replyTo: Mailbox;
  envelopeFrom: string;
  to: string;
  /** Marked as such (RFC 3834 5), and nothing that the resident wrote is repeated. */
  automatic: boolean;
  /** IANA name. */
  timeZone: string;
}

/** The letter, complete and fixed. Throws TypeError when a placeholder of the template has no value. */
export function composeResidentLetter(facts: ResidentLetterFacts): OutgoingLetter {
  const languages = writtenLanguages(facts.languages);
  const written = writeEach(languages, (language) => writeIn(language, facts));
  return {
    id: facts.marks.outboxId,
    kind: facts.kind,
    envelopeFrom: facts.envelopeFrom,
    to: facts.to,
    from: plainMailbox(facts.from),
    replyTo: plainMailbox(facts.replyTo),
    subject: residentsSubject(facts) ?? written.subject,
    text: markedText(written.text, facts.marks),
    messageId: facts.marks.messageId,
    ...threadUnder(facts.thread),
    headers: headersFor({
      submitted: facts.automatic ? 'auto-generated' : null,
      marks: facts.marks,
      languages,
    }),
    createdAt: facts.createdAt,
  };
}

function residentsSubject(facts: ResidentLetterFacts): string | undefined {
  if (facts.restricted || facts.automatic) return undefined;
  return answerSubject(facts.subject, facts.reference);
}

function writeIn(language: Language, facts: ResidentLetterFacts): LetterTemplate {
  const template = facts.templates.get(facts.template, language);
  const values = valuesIn(language, facts);
  return {
    subject: fillSubject(template.subject, values),
    text: fillTemplate(template.text, values, RESIDENT_WORDING[facts.template].blocks),
  };
}

/** Asks for every value the template may name, so that a new wording never finds one missing. */
function valuesIn(language: Language, facts: ResidentLetterFacts): Record<string, string> {
  const wording = RESIDENT_WORDING[facts.template];
  const given: ResidentValues = { ...facts.values, reference: facts.reference };
  const filled = [...wording.lines, ...wording.blocks].map((name) => {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (value === undefined) throw new TypeError(`${facts.template}: {{${name}}} has no value`);
    const text = typeof value === 'string' ? value : value(language);
    return [name, asRead(text, { wording, name, language, timeZone: facts.timeZone })] as const;
  });
  return Object.fromEntries(filled);
}

interface Reading {
  wording: ResidentPlaceholders;
  name: string;
  language: Language;
  timeZone: string;
}

function asRead(text: string, { wording, name, language, timeZone }: Reading): string {
  if (wording.times.includes(name)) return formatLocalTime(text, { timeZone, language });
  return wording.numbers.includes(name) ? inDigitsOf(language, text) : text;
}

/** As in times: Bengali has its own digits, Hindi keeps the international ones. */
function inDigitsOf(language: Language, text: string): string {
  if (language !== 'bn') return text;
  return text.replace(/\d/g, (digit) => String.fromCodePoint(0x09e6 + Number(digit)));
}
