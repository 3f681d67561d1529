// Files one letter inside a unit of work: tickets, messages, clock, acknowledgement (or the reason why none), journal.
import { addressKey } from '../domain/address.js';
import { isAutomatic, type KindSign, kindOf } from '../domain/classification.js';
import { senderFlags } from '../domain/display-name.js';
import { languagesOf } from '../domain/language.js';
import type { SpooledLetter } from '../domain/letter.js';
import type { Message } from '../domain/message.js';
import { ownWords } from '../domain/own-words.js';
import { formatReference } from '../domain/reference.js';
import { type Report, readReport } from '../domain/report.js';
import type { Screened } from '../domain/screened.js';
import type { SenderCheck } from '../domain/sender-check.js';
import { isSignUp } from '../domain/sign-up.js';
import type { Language } from '../domain/station.js';
import { cleanSubject } from '../domain/subject.js';
import { textMark } from '../domain/text-mark.js';
import { type MessageKind, type Resident, type Ticket, UNTOUCHED } from '../domain/ticket.js';
import { shift } from '../domain/time.js';
import type { TicketLife } from '../ports/desk.js';
import type { MessageRecord } from '../ports/records.js';
import type { UnitOfWork } from '../ports/store.js';
import type { IdSource, Signer } from '../ports/surroundings.js';
import { acknowledge } from './acknowledging.js';
import { type Claimed, type Continued, findContinued } from './continuing.js';
import { type Destination, destinationsOf } from './destinations.js';
import { parkingOf, recordReport, setAside } from './reporting.js';
import type { FilingRules } from './rules.js';
import { findingsOf, junkOf, keepInSight } from './screening.js';

export interface ReadLetter {
  letter: SpooledLetter;
  message: Message;
  /** What was found out about its sender. */
  sender: SenderCheck;
  /** Whether it is junk or infected; undefined where nobody was asked. */
  screened?: Screened | undefined;
  /** Where its bytes lie from now on, relative to the data folder. */
  archivePath: string;
}

export interface FilingTools {
  rules: FilingRules;
  ids: IdSource;
  signer: Signer;
  life: TicketLife;
  /** Somebody has stopped automatic letters. */
  paused: boolean;
}

/** What became of a letter. `suppressed` is why no acknowledgement is owed. */
export interface Filed {
  outcome: 'opened' | 'joined' | 'copy' | 'already' | 'reported' | 'parked';
  references: string[];
  suppressed: string | null;
}

/** One letter being filed: what was read, judged once, and the unit of work it happens in. */
export interface Filing extends ReadLetter, FilingTools {
  unit: UnitOfWork;
  kind: MessageKind;
  /** What gave the kind away. */
  sign: KindSign;
  resident: Resident;
  languages: Language[];
  /** What a person's letter says; null for robots' and for what says too little. */
  textMark: string | null;
  /** What it says about a letter of ours, when it is a report. */
  report: Report | undefined;
}

/** Idempotent: a letter filed before (a crash between commit and clearing the spool) changes nothing. */
export async function fileLetter(unit: UnitOfWork, read: ReadLetter, tools: FilingTools): Promise<Filed> {
  if (await unit.letters.find(read.letter.id))
    return { outcome: 'already', references: [], suppressed: null };
  const destinations = await destinationsOf(unit, read.letter, tools);
  const fingerprint = fingerprintOf(read.letter, destinations);
  const since = shift(read.letter.receivedAt, -tools.rules.duplicateWindowMs);
  const original = await unit.letters.findCopy(fingerprint, since);
  await addLetter(unit, read, { fingerprint, duplicateOf: original?.id ?? null });
  if (original) return recordCopy(unit, read, { originalId: original.id, destinations });
  const filing = judge(unit, read, tools);
  const [first] = destinations;
  const reported = first && (await recordReport(filing, first));
  return reported ?? fileAtStations(filing, destinations);
}

/** Equal for letters with the same bytes, sender and stations. */
function fingerprintOf(letter: SpooledLetter, destinations: readonly Destination[]): string {
  const stations = destinations.map(({ station }) => station).sort();
  return [letter.sha256, addressKey(letter.envelope.from), ...stations].join(' ');
}

async function addLetter(
  unit: UnitOfWork,
  { letter, message, archivePath }: ReadLetter,
  copy: { fingerprint: string; duplicateOf: string | null },
): Promise<void> {
  const { id, envelope, receivedAt, bytes, sha256 } = letter;
  await unit.letters.add({
    id,
    envelope,
    receivedAt,
    bytes,
    sha256,
    archivePath,
    problem: message.problem,
    parked: null,
    ...copy,
  });
}

async function recordCopy(
  unit: UnitOfWork,
  { letter }: ReadLetter,
  copy: { originalId: string; destinations: readonly Destination[] },
): Promise<Filed> {
  for (const { station } of copy.destinations) {
    const message = await unit.messages.findFiled(copy.originalId, station);
    if (!message) continue;
    const detail = { letterId: letter.id, originalId: copy.originalId };
    await unit.journal.write(message.ticketId, { actor: 'system', event: 'second-copy-received', detail });
  }
  return { outcome: 'copy', references: [], suppressed: 'second-copy' };
}

function judge(unit: UnitOfWork, read: ReadLetter, tools: FilingTools): Filing {
  const { message, letter } = read;
  const { address, name } = message.from ?? { address: letter.envelope.from, name: '' };
  const own = ownWords(message.text);
  const { subject } = message;
  const envelopeFrom = letter.envelope.from;
  const report = readReport(message, envelopeFrom);
  const { mailDomain } = tools.rules.directory;
  const { kind, sign } = kindOf(message, {
    signer: tools.signer,
    mailDomain,
    envelopeFrom,
    report,
    isSignUp: isSignUp(message, { envelopeFrom, isAutomatic: isAutomatic(message) }),
  });
  return {
    ...read,
    ...tools,
    unit,
    kind,
    sign,
    report,
    resident: { address, name, verdict: read.sender.verdict },
    textMark: kind === 'letter' ? textMark({ sender: address, subject, own }) : null,
    languages: languagesOf(own || subject, tools.rules.languages),
  };
}

async function fileAtStations(filing: Filing, destinations: readonly Destination[]): Promise<Filed> {
  const opened: Ticket[] = [];
  const joined: string[] = [];
  const parking = parkingOf(filing);
  let judgement: Judgement | undefined;
  for (const destination of destinations) {
    const { known, claimed } = await findContinued(filing, destination);
    if (known) {
      await joinTicket(filing, known, destination);
      joined.push(known.ticket.reference);
    } else if (!parking) {
      judgement ??= judgementOf(filing);
      const ticket = await openTicket(filing, destination, {
        ...judgement,
        ...junkOf(filing, judgement, claimed),
      });
      if (claimed) await tie(filing.unit, ticket, claimed);
      opened.push(ticket);
    }
  }
  if (parking && joined.length === 0) return setAside(filing, parking);
  await linkAll(filing.unit, opened);
  await keepInSight(filing.unit, opened, joined.length > 0);
  const suppressed = opened.length > 0 ? await acknowledge(filing, opened) : 'joined';
  const references = [...opened.map((ticket) => ticket.reference), ...joined];
  return { outcome: opened.length > 0 ? 'opened' : 'joined', references, suppressed };
}

async function joinTicket(filing: Filing, known: Continued, destination: Destination): Promise<void> {
  const { unit, kind, letter, life } = filing;
  const { ticket, from } = known;
  await unit.messages.add(messageRecord(filing, ticket.id, destination));
  const detail = { letterId: letter.id, kind, from };
  const event = known.repeated ? 'said-again' : 'message-joined';
  await unit.journal.write(ticket.id, { actor: 'system', event, detail });
  if (known.repeated) {
    await unit.tickets.change(ticket.id, { repeats: ticket.repeats + 1 });
    return;
  }
  const { message } = filing;
  await life.joined(unit, ticket, { message, kind, from, receivedAt: letter.receivedAt });
}

async function openTicket(filing: Filing, destination: Destination, judgement: Judged): Promise<Ticket> {
  const { unit, letter, message } = filing;
  const year = Number(letter.receivedAt.slice(0, 4));
  const number = await unit.tickets.nextNumber(destination.station, year);
  const ticket: Ticket = {
    ...UNTOUCHED,
    ...judgement,
    textMark: filing.textMark,
    id: filing.ids.next(),
    reference: formatReference(destination.station, year, number),
    station: destination.station,
    state: 'new',
    language: filing.languages[0] ?? 'en',
    languages: filing.languages,
    // Else the next answer would thread under the old reference.
    subject: cleanSubject(message.subject),
    resident: filing.resident,
    receivedAt: letter.receivedAt,
    acknowledgedAt: null,
    officer: null,
  };
  await unit.tickets.open(ticket);
  await unit.messages.add(messageRecord(filing, ticket.id, destination));
  const detail = {
    letterId: letter.id,
    kind: filing.kind,
    ...(message.problem ? { problem: message.problem } : {}),
    ...(judgement.junk ? { junk: judgement.junk } : {}),
  };
  await unit.journal.write(ticket.id, { actor: 'system', event: 'opened', detail });
  return ticket;
}

type Judged = Judgement & Pick<Ticket, 'junk' | 'junkOpinion'>;
export type Judgement = Pick<Ticket, 'urgency' | 'urgencyBy' | 'category' | 'proposal' | 'restriction'>;

const UNJUDGED: Judgement = {
  urgency: null,
  urgencyBy: null,
  category: null,
  proposal: null,
  restriction: 'none',
};

/** The rules judge what people write; a robot's letter is nobody's distress. */
function judgementOf({ kind, life, message }: Filing): Judgement {
  return kind === 'letter' ? life.judged(life.propose(message)) : UNJUDGED;
}

export function messageRecord(filing: Filing, ticketId: string, destination: Destination): MessageRecord {
  const { letter, message, kind, resident, ids } = filing;
  return {
    id: ids.next(),
    ticketId,
    letterId: letter.id,
    station: destination.station,
    direction: 'in',
    kind,
    from: { address: resident.address, name: resident.name },
    to: [destination.address],
    subject: message.subject,
    text: message.text,
    messageId: message.messageId,
    receivedAt: letter.receivedAt,
    sha256: letter.sha256,
    parsed: message.parsed,
    verdict: resident.verdict,
    sender: filing.sender,
    senderFlags: senderFlags(message),
    ...findingsOf(filing),
  };
}

/** A stranger, or somebody who is not who the letter says, holds a reference of ours: an officer may merge the two. */
async function tie(unit: UnitOfWork, ticket: Ticket, { found, doubt }: Claimed): Promise<void> {
  const { ticket: claimed, proof } = found;
  await unit.tickets.link(ticket.id, claimed.id);
  const detail = { of: claimed.reference, proof, doubt };
  const says = { actor: 'system', event: 'says-it-continues', detail };
  await unit.journal.write(ticket.id, says);
  const told = { actor: 'system', event: 'claimed-by', detail: { by: ticket.reference } };
  await unit.journal.write(claimed.id, told);
}

async function linkAll(unit: UnitOfWork, tickets: readonly Ticket[]): Promise<void> {
  for (const [index, ticket] of tickets.entries()) {
    for (const other of tickets.slice(index + 1)) await unit.tickets.link(ticket.id, other.id);
  }
}
