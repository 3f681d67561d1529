// Notices to officers: a step up the ranks, the list of what is open, and that receipts rest. They cross other people's mail servers, so they
// carry no more of a matter than its reference, station, urgency, what is late and the link.
import type { EscalationCause, StepRank } from './escalation.js';
import type { LetterMarks } from './letter-marks.js';
import { formatLocalTime } from './local-time.js';
import type { Mailbox } from './message.js';
import type { OutgoingKind, OutgoingLetter } from './outgoing.js';
import { headersFor, plainMailbox } from './outgoing-parts.js';
import { OFFICIAL_WORDING } from './outgoing-wording.js';
import { type Language, POSTMASTER } from './station.js';
import { fillSubject, fillTemplate, type LetterTemplate, oneLine } from './template.js';
import type { Urgency } from './ticket.js';
import type { Instant } from './time.js';

type OfficerTemplate = 'officer-escalation' | 'officer-digest' | 'officer-alarm';

interface LetterFacts {
  to: string;
  marks: LetterMarks;
  createdAt: Instant;
  /** Left out: `postmaster@` the mail domain. */
  from?: Mailbox;
  mailDomain: string;
  /** IANA name. */
  timeZone: string;
  templates: { get(name: OfficerTemplate, language: Language): LetterTemplate };
}

interface OfficerLetterFacts extends LetterFacts {
  /** Of the officer. */
  name: string;
  link: string;
}

export interface EscalationFacts extends OfficerLetterFacts {
  reference: string;
  stationName: string;
  /** Null: not judged. */
  urgency: Urgency | null;
  rank: StepRank;
  cause: EscalationCause;
  /** The deadline. The notice says "late" when it has passed at `createdAt`, "due" before. */
  dueAt: Instant;
  /** When the next rank is told; null: no other follows. */
  answerBy: Instant | null;
}

/** One line of a digest. */
export interface DigestLine {
  reference: string;
  stationName: string;
  urgency: Urgency | null;
  cause: EscalationCause;
  /** Since when it waits for somebody's acknowledgement. */
  markedAt: Instant;
}

export interface DigestFacts extends OfficerLetterFacts {
  lines: readonly DigestLine[];
}

/** The notice of one escalation: null return path, marked as automatic. */
export function composeEscalation(facts: EscalationFacts): OutgoingLetter {
  return compose(facts, {
    kind: 'escalation',
    template: 'officer-escalation',
    values: {
      reference: facts.reference,
      station: facts.stationName,
      urgency: urgencyWord(facts.urgency),
      name: facts.name,
      rank: RANK_WORDS[facts.rank],
      late: whatIsLate(facts),
      answer: askedFor(facts),
      link: facts.link,
    },
  });
}

/** Lines that a person reads; who has more looks at the page. */
const LINES = 200;

/** The list of open escalations of one officer: null return path, marked as automatic. */
export function composeDigest(facts: DigestFacts): OutgoingLetter {
  const { lines } = facts;
  const told = lines.slice(0, LINES).map((line) => digestLine(line, facts.timeZone));
  const more = lines.length - told.length;
  if (more > 0) told.push(`and ${more} more`);
  return compose(facts, {
    kind: 'digest',
    template: 'officer-digest',
    values: {
      count: String(lines.length),
      name: facts.name,
      link: facts.link,
      tickets: told.join('\n') || 'Nothing is open.',
    },
  });
}

export interface AlarmFacts extends LetterFacts {
  /** Automatic receipts that may go to everybody in the window that is used up. */
  limit: number;
  /** When the window ends and receipts go again. */
  until: Instant;
}

/** That the budget of all automatic receipts together is used up: null return path, marked as automatic. */
export function composeAlarm(facts: AlarmFacts): OutgoingLetter {
  const { limit, until, timeZone } = facts;
  return compose(facts, {
    kind: 'alarm',
    template: 'officer-alarm',
    values: { limit: String(limit), until: formatLocalTime(until, { timeZone, language: 'en' }) },
  });
}

interface Writing {
  kind: OutgoingKind;
  template: OfficerTemplate;
  values: Readonly<Record<string, string>>;
}

function compose(facts: LetterFacts, { kind, template, values }: Writing): OutgoingLetter {
  const { subject, text } = facts.templates.get(template, 'en');
  const from = facts.from ?? { address: `${POSTMASTER}@${facts.mailDomain}`, name: 'Thanadak' };
  return {
    id: facts.marks.outboxId,
    kind,
    envelopeFrom: '',
    to: facts.to,
    from: plainMailbox(from),
    replyTo: null,
    subject: fillSubject(subject, values),
    text: fillTemplate(text, values, OFFICIAL_WORDING[template].blocks),
    messageId: facts.marks.messageId,
    inReplyTo: null,
    references: [],
    headers: headersFor({ submitted: 'auto-generated', marks: facts.marks, languages: ['en'] }),
    createdAt: facts.createdAt,
  };
}

function urgencyWord(urgency: Urgency | null): string {
  return urgency ?? 'not judged yet';
}

const RANK_WORDS: Record<StepRank, string> = {
  officer: 'desk officer',
  oc: 'officer in charge',
  ac: 'assistant commissioner',
  dc: 'deputy commissioner',
  admin: 'IT cell: nobody holds the posts that should answer; please find out who does',
  resident: 'resident',
};

/** BNSS s.173, and Soya v State of Kerala, 2025:KER:44462: information that is not signed does not lapse. */
const CHOICES =
  'Three decisions are possible: register an FIR, begin a preliminary enquiry (14 days), or write a reasoned note. ' +
  'The matter is not closed by itself.';

const WHAT_IS_LATE: Record<EscalationCause, { due: (at: string) => string; late: (at: string) => string }> = {
  acknowledgement: {
    due: (at) => `The acknowledgement to the resident is due by ${at} and has not gone out yet.`,
    late: (at) => `The acknowledgement to the resident is late: it was due by ${at} and has not gone out.`,
  },
  'first-action': {
    due: (at) => `The first action of an officer is due by ${at}; nobody has acted yet.`,
    late: (at) => `The first action of an officer is late: it was due by ${at} and nobody has acted.`,
  },
  resolution: {
    due: (at) => `The ticket is due to be closed by ${at} and is still open.`,
    late: (at) => `The closure of the ticket is late: it was due by ${at} and the ticket is still open.`,
  },
  signature: {
    due: (at) => `The resident's signature is due by ${at} and has not been recorded yet. ${CHOICES}`,
    late: (at) => `The resident's signature was due by ${at} and has not been recorded. ${CHOICES}`,
  },
  progress: {
    due: (at) =>
      `The report of progress to the informant (BNSS s.193, 90 days) is due by ${at} and has not been sent.`,
    late: (at) =>
      `The report of progress to the informant (BNSS s.193, 90 days) is late: it was due by ${at} and has not been sent.`,
  },
  reopened: {
    due: (at) => `The resident says that the matter is not solved. It is to be looked at by ${at}.`,
    late: (at) => `The resident says that the matter is not solved. The ticket is open again since ${at}.`,
  },
  restricted: {
    due: (at) => `A restricted matter has come straight to your office. It is to be looked at by ${at}.`,
    late: (at) => `A restricted matter has come straight to your office. It waits for you since ${at}.`,
  },
};

function whatIsLate({ cause, dueAt, createdAt, timeZone }: EscalationFacts): string {
  const at = formatLocalTime(dueAt, { timeZone, language: 'en' });
  return dueAt <= createdAt ? WHAT_IS_LATE[cause].late(at) : WHAT_IS_LATE[cause].due(at);
}

function askedFor({ answerBy, timeZone }: EscalationFacts): string {
  if (answerBy === null) return 'Please open the page and acknowledge.';
  const at = formatLocalTime(answerBy, { timeZone, language: 'en' });
  return `Please open the page and acknowledge by ${at}. Otherwise the next rank is told.`;
}

const MATTERS: Record<EscalationCause, string> = {
  acknowledgement: 'acknowledgement',
  'first-action': 'first action',
  resolution: 'closure',
  signature: 'signature',
  progress: 'report of progress',
  reopened: 'not solved, opened again',
  restricted: 'restricted matter',
};

function digestLine(
  { reference, stationName, urgency, cause, markedAt }: DigestLine,
  timeZone: string,
): string {
  const since = formatLocalTime(markedAt, { timeZone, language: 'en' });
  const parts = [reference, stationName, urgencyWord(urgency), `${MATTERS[cause]}, waiting since ${since}`];
  return oneLine(parts.join(' | '));
}
