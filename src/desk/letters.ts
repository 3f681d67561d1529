// Letters from the desk to the resident: composed, put into the outbox, and kept on the ticket as they will go.
import { isSendable } from '../domain/address.js';
import { ThanadakError } from '../domain/errors.js';
import { letterMarks } from '../domain/letter-marks.js';
import { freshRecord } from '../domain/outbox-record.js';
import type { OutgoingKind, OutgoingLetter } from '../domain/outgoing.js';
import { numbersIn } from '../domain/outgoing-parts.js';
import {
  composeResidentLetter,
  type ResidentTemplate,
  type ResidentValues,
} from '../domain/resident-letter.js';
import { nameIn } from '../domain/station.js';
import { replyAddress, returnPath } from '../domain/thread-token.js';
import type { Ticket } from '../domain/ticket.js';
import { type OfficeRules, stationOf } from '../ports/office.js';
import type { MessageRecord } from '../ports/records.js';
import type { UnitOfWork } from '../ports/store.js';
import type { DeskOptions } from './deed.js';

export interface Writing {
  desk: DeskOptions;
  unit: UnitOfWork;
  rules: OfficeRules;
  ticket: Ticket;
}

export interface ResidentLetter {
  template: ResidentTemplate;
  kind: OutgoingKind;
  values: ResidentValues;
  /** Written by no person: null return path, marked as automatic (RFC 3834). */
  automatic: boolean;
}

/** A letter in the outbox, or why none can go to the resident of this ticket. */
export type Written = { outboxId: string } | { noLetter: string };

/** Errors: 'conflict' when there is nobody to write to. */
export async function writeToResident(writing: Writing, letter: ResidentLetter): Promise<string> {
  const written = await writeIfPossible(writing, letter);
  if ('outboxId' in written) return written.outboxId;
  throw new ThanadakError('conflict', `${writing.ticket.reference}: ${written.noLetter}.`);
}

/** For what is done whether or not the resident can be told. */
export async function writeIfPossible(writing: Writing, letter: ResidentLetter): Promise<Written> {
  const { unit, ticket } = writing;
  const incoming = (await unit.messages.ofTicket(ticket.id)).filter(({ direction }) => direction === 'in');
  const noLetter = obstacleTo(ticket, incoming[0]);
  if (noLetter) return { noLetter };
  const composed = compose(writing, letter, incoming.at(-1));
  await unit.outbox.enqueue(
    freshRecord(composed, { ticketId: ticket.id, receivedAt: ticket.receivedAt, dueAt: unit.now }),
  );
  await unit.messages.add(sentMessage(writing, composed));
  if (!letter.automatic) await withholdReceipt(writing);
  return { outboxId: composed.id };
}

function obstacleTo(ticket: Ticket, first: MessageRecord | undefined): string | undefined {
  if (!isSendable(ticket.resident.address)) return 'there is no usable address of the resident';
  const isRobot = first && first.kind !== 'letter' && first.kind !== 'bulk';
  return isRobot ? 'it was opened by a robot, not by a person' : undefined;
}

function compose(
  { desk, unit, rules, ticket }: Writing,
  letter: ResidentLetter,
  last: MessageRecord | undefined,
): OutgoingLetter {
  const { mailDomain } = rules.directory;
  const station = stationOf(rules, ticket.station);
  const outboxId = desk.ids.next();
  const signed = replyAddress(desk.signer, ticket.reference, mailDomain);
  const name = nameIn(station.name, ticket.language);
  return composeResidentLetter({
    ...letter,
    languages: ticket.languages,
    templates: rules.templates,
    reference: ticket.reference,
    subject: ticket.subject,
    restricted: ticket.restriction !== 'none',
    thread: { messageId: last?.messageId ?? null, references: [] },
    marks: letterMarks(desk.signer, { outboxId, reference: ticket.reference, mailDomain }),
    createdAt: unit.now,
    from: { address: station.addresses[0] ?? `postmaster@${mailDomain}`, name },
    replyTo: { address: signed, name },
    // Only reports about this very letter come back to it.
    envelopeFrom: letter.automatic ? '' : returnPath(desk.signer, outboxId, mailDomain),
    to: ticket.resident.address,
    timeZone: rules.timeZone,
  });
}

/** A letter of ours as it lies on the ticket. */
export function sentMessage({ desk, unit, ticket }: Writing, letter: OutgoingLetter): MessageRecord {
  return {
    id: desk.ids.next(),
    ticketId: ticket.id,
    letterId: null,
    station: ticket.station,
    direction: 'out',
    kind: letter.kind,
    from: letter.from,
    to: [letter.to],
    subject: letter.subject,
    text: letter.text,
    messageId: letter.messageId,
    receivedAt: unit.now,
    sha256: null,
    parsed: true,
    verdict: 'unknown',
    sender: null,
    senderFlags: [],
    attachments: [],
    infected: null,
  };
}

/** In officer-first mode a personal answer within the window takes the place of the automatic receipt. */
async function withholdReceipt({ unit, ticket }: Writing): Promise<void> {
  const queued = await unit.outbox.list({ ticketId: ticket.id, state: 'queued', limit: 10 });
  const receipt = queued.find(({ letter }) => letter.kind === 'acknowledgement');
  // One that also names other tickets is still owed for those.
  if (!receipt || receipt.alsoFor.length > 0 || receipt.dueAt <= unit.now) return;
  await unit.outbox.withhold(ticket.id, 'acknowledgement', 'answered-personally');
  const detail = { reason: 'answered-personally' };
  await unit.journal.write(ticket.id, { actor: 'system', event: 'acknowledgement-suppressed', detail });
}

/** The values every letter to a resident may name. */
export function commonValues({ rules, ticket }: Writing): ResidentValues {
  const station = stationOf(rules, ticket.station);
  return {
    emergency_numbers: (language) => numbersIn(rules.emergencyNumbers, language),
    reference: ticket.reference,
    station: (language) => nameIn(station.name, language),
  };
}
