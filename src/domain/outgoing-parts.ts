// What letters of ours have in common: the thread they continue, the headers each carries, one text or two.
import type { LetterMarks } from './letter-marks.js';
import { LOOP_HEADER } from './loop.js';
import type { Mailbox } from './message.js';
import type { OutgoingHeader, OutgoingLetter } from './outgoing.js';
import type { Language } from './station.js';
import { type LetterTemplate, oneLine } from './template.js';

/** A msg-id a stranger gave us and we are willing to repeat: printable ASCII in one pair of brackets (RFC 5322 3.6.4). */
const MESSAGE_ID = /^<[!-;=?-~]{1,250}>$/;
/** Besides the first one: enough for every mail program to thread, too little to make our letter large. */
const REFERENCES_KEPT = 20;
/** Characters of a display name; one word beyond 998 octets cannot be folded (RFC 5322 2.1.1). */
const NAME_KEPT = 120;

/** The thread of an answer to a message with these ids, as they came. */
export function threadUnder(message: {
  messageId: string | null;
  references: readonly string[];
}): Pick<OutgoingLetter, 'inReplyTo' | 'references'> {
  const id = message.messageId ?? '';
  const inReplyTo = MESSAGE_ID.test(id) ? id : null;
  const earlier = message.references.filter((reference) => MESSAGE_ID.test(reference));
  const kept = [...earlier.slice(0, 1), ...earlier.slice(1).slice(-REFERENCES_KEPT)];
  return { inReplyTo, references: inReplyTo ? [...kept, inReplyTo] : kept };
}

export interface HeaderFacts {
  /** RFC 3834 5: `auto-replied` to a message, `auto-generated` for anything else; null when a person decided to write. */
  submitted: 'auto-replied' | 'auto-generated' | null;
  marks: LetterMarks;
  languages: readonly Language[];
}

/** The further headers of a letter: whether it is automatic, the mark of our loops, its languages. */
export function headersFor({ submitted, marks, languages }: HeaderFacts): OutgoingHeader[] {
  const automatic = [
    { name: 'Auto-Submitted', value: submitted ?? '' },
    { name: 'X-Auto-Response-Suppress', value: 'All' },
  ];
  return [
    ...(submitted === null ? [] : automatic),
    { name: LOOP_HEADER, value: marks.loop },
    { name: 'Content-Language', value: languages.join(', ') },
  ];
}

/** One language, or the first two; English when there is none. */
export function writtenLanguages(languages: readonly Language[]): readonly Language[] {
  return languages.length > 0 ? languages.slice(0, 2) : ['en'];
}

/** The text in each language, one below the other; the subject is that of the first. */
export function writeEach(
  languages: readonly Language[],
  write: (language: Language) => LetterTemplate,
): LetterTemplate {
  const written = languages.map(write);
  return {
    subject: written[0]?.subject ?? '',
    text: written.map(({ text }) => text).join(`\n${'-'.repeat(40)}\n\n`),
  };
}

/** The text with the line that mail programs quote, where an answer is expected. */
export function markedText(text: string, { marker }: LetterMarks): string {
  return marker === null ? text : `${text.replace(/\n$/, '')}\n\n${marker}\n`;
}

export function plainMailbox({ address, name }: Mailbox): Mailbox {
  return { address, name: oneLine(name.slice(0, NAME_KEPT)).replace(/[\ud800-\udbff]$/, '') };
}

const OR: Record<Language, string> = { en: ' or ', bn: ' বা ', hi: ' या ' };

/** `100 or 112` in `language`. Telephone numbers keep international digits: they are dialled. */
export function numbersIn(numbers: readonly string[], language: Language): string {
  return numbers.join(OR[language]);
}
