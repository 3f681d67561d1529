// Letters, tickets and what is owed, put into the test house.
import { Readable } from 'node:stream';
import { startClocks } from '../../src/desk/clocks.js';
import type { Envelope, SpooledLetter } from '../../src/domain/letter.js';
import type { OutboxRecord } from '../../src/domain/outbox-record.js';
import { formatReference } from '../../src/domain/reference.js';
import { type Ticket, type TicketClock, UNTOUCHED } from '../../src/domain/ticket.js';
import type { MessageRecord } from '../../src/ports/records.js';
import { ids, type TestHouse } from './house.js';

const HOUR_MS = 3_600_000;

export function envelopeFrom(from: string, to = ['behala.ps@kolkatapolice.example']): Envelope {
  return {
    from,
    to,
    client: { address: '192.0.2.7', name: 'mail.resident.example', relay: null },
    protocol: 'ESMTPS',
    tls: 'TLSv1.3 TLS_AES_256_GCM_SHA384',
  };
}

export const LETTER = Buffer.from(
  'From: Rita Basu <rita@resident.example>\r\nSubject: Street light\r\n\r\nIt is d\xe0rk.\r\n',
  'latin1',
);

export async function spoolLetter(house: TestHouse, from = 'rita@resident.example'): Promise<SpooledLetter> {
  return house.spool.keep({
    id: ids.next(),
    envelope: envelopeFrom(from),
    body: Readable.from([LETTER]),
    maxBytes: 1_000_000,
  });
}

export interface TicketWish extends Partial<Ticket> {
  number: number;
  text?: string;
  letter?: SpooledLetter;
  message?: Partial<MessageRecord>;
  clockDueAt?: string;
}

/** Opens a ticket with one message, an acknowledgement clock and a journal entry, filing `letter` when given. */
export async function openTicket(house: TestHouse, wish: TicketWish): Promise<Ticket> {
  const { number, text = 'The street light is broken.', letter, clockDueAt, message, ...fields } = wish;
  const station = fields.station ?? 'behala';
  const ticket: Ticket = {
    id: ids.next(),
    reference: formatReference(station, 2026, number),
    station,
    state: 'new',
    urgency: null,
    category: null,
    language: 'bn',
    languages: ['bn', 'en'],
    subject: 'Street light',
    resident: { address: 'rita@resident.example', name: 'Rita Basu', verdict: 'aligned' },
    receivedAt: '2026-11-24T09:05:00.000Z',
    acknowledgedAt: null,
    officer: null,
    urgencyBy: null,
    proposal: null,
    restriction: 'none',
    ...UNTOUCHED,
    ...fields,
  };
  const [archivePath = ''] = letter ? await house.spool.archive([letter]) : [];
  await house.store.transact(async (unit) => {
    if (letter) {
      await unit.letters.add({
        ...letter,
        archivePath,
        fingerprint: letter.id,
        duplicateOf: null,
        problem: null,
        parked: null,
      });
    }
    await unit.tickets.open(ticket);
    await unit.messages.add({ ...messageOn(ticket, text, letter), ...message });
    await unit.clocks.start(ticket.id, [acknowledgementClock(ticket.receivedAt, clockDueAt)]);
    await unit.journal.write(ticket.id, {
      actor: 'system',
      event: 'ticket-opened',
      detail: { letter: letter?.id ?? null },
    });
  });
  return ticket;
}

function acknowledgementClock(startedAt: string, dueAt = '2026-11-24T10:05:00.000Z'): TicketClock {
  return {
    name: 'acknowledgement',
    round: 1,
    state: 'running',
    startedAt,
    dueAt,
    riskAt: null,
    metAt: null,
    breachedAt: null,
    plan: { targetMs: HOUR_MS, stretches: [{ from: startedAt, calendar: 'always' }] },
    step: 0,
    nextAt: null,
  };
}

/** A further letter on the ticket. */
export async function addMessage(house: TestHouse, ticket: Ticket, wish: Partial<MessageRecord> = {}) {
  const message = { ...messageOn(ticket, 'Another letter.', undefined), messageId: null, ...wish };
  await house.store.transact((unit) => unit.messages.add(message));
  return message;
}

/** Starts the clocks that wait for officers, as intake does. */
export function startDeskClocks(house: TestHouse, ticket: Ticket): Promise<void> {
  const { rules } = house.office;
  const start = { at: ticket.receivedAt, round: 1 };
  return house.store.transact((unit) =>
    startClocks({ unit, rules, ticket }, ['first-action', 'resolution'], start),
  );
}

function messageOn(ticket: Ticket, text: string, letter: SpooledLetter | undefined): MessageRecord {
  return {
    id: ids.next(),
    ticketId: ticket.id,
    letterId: letter?.id ?? null,
    station: ticket.station,
    direction: 'in',
    kind: 'letter',
    from: { address: ticket.resident.address, name: ticket.resident.name },
    to: ['behala.ps@kolkatapolice.example'],
    subject: ticket.subject,
    text,
    messageId: '<1@resident.example>',
    receivedAt: ticket.receivedAt,
    sha256: letter?.sha256 ?? null,
    parsed: true,
    verdict: ticket.resident.verdict,
    sender: null,
    senderFlags: [],
    infected: null,
    attachments: [
      { name: 'photo.jpg', type: 'image/jpeg', size: 12_345, sha256: 'ab'.repeat(32), part: '2' },
    ],
  };
}

export async function oweLetter(house: TestHouse, ticket: Ticket, wish: Partial<OutboxRecord> = {}) {
  const id = ids.next();
  const record: OutboxRecord = {
    letter: {
      id,
      kind: 'acknowledgement',
      envelopeFrom: '',
      to: 'rita@resident.example',
      from: { address: 'behala.ps@kolkatapolice.example', name: 'Behala Police Station' },
      replyTo: null,
      subject: `${ticket.reference} received`,
      text: 'We received your letter.',
      messageId: `<${id}@mail.kolkatapolice.example>`,
      inReplyTo: null,
      references: [],
      headers: [],
      createdAt: '2026-11-24T09:05:00.000Z',
    },
    ticketId: ticket.id,
    alsoFor: [],
    letterId: null,
    receivedAt: '2026-11-24T09:05:00.000Z',
    state: 'queued',
    reason: null,
    attempts: 0,
    dueAt: '2026-11-24T09:05:00.000Z',
    leaseUntil: null,
    lastReply: null,
    queueId: null,
    sentAt: null,
    ...wish,
  };
  await house.store.transact((unit) => unit.outbox.enqueue(record));
  return record;
}
