// What lies in a store under test, as the contract writes it, and a fresh store for every test.
import { afterEach, beforeEach } from 'vitest';
import type { Escalation } from '../../src/domain/escalation.js';
import type { OutboxRecord } from '../../src/domain/outbox-record.js';
import type { OutgoingLetter } from '../../src/domain/outgoing.js';
import { type Ticket, type TicketClock, UNTOUCHED } from '../../src/domain/ticket.js';
import type { LetterRecord, MessageRecord } from '../../src/ports/records.js';
import type { Store } from '../../src/ports/store.js';

export interface StoreUnderTest extends AsyncDisposable {
  store: Store;
  /** The same data through a second connection, as the command line has it. */
  second(): Promise<Store>;
  setNow(at: string): void;
}

export const T0 = '2026-11-24T04:00:00.000Z';
/** `minutes` after T0. */
export const at = (minutes: number) => new Date(Date.parse(T0) + minutes * 60_000).toISOString();

let counter = 0;
export const id = (prefix = 'X') => `${prefix}${String(++counter).padStart(10, '0')}`;

export function aTicket(changes: Partial<Ticket> = {}): Ticket {
  const ticketId = id('T');
  return {
    id: ticketId,
    reference: `BEHALA-26-${ticketId}`,
    station: 'behala',
    state: 'new',
    urgency: null,
    category: null,
    language: 'bn',
    languages: ['bn', 'en'],
    subject: 'Noise',
    resident: { address: 'Rita@Home.example', name: 'Rita', verdict: 'unknown' },
    receivedAt: T0,
    acknowledgedAt: null,
    officer: null,
    urgencyBy: null,
    proposal: null,
    restriction: 'none',
    ...UNTOUCHED,
    ...changes,
  };
}

export function aLetter(changes: Partial<LetterRecord> = {}): LetterRecord {
  return {
    id: id('L'),
    envelope: {
      from: 'rita@home.example',
      to: ['behala.ps@kolkatapolice.example'],
      client: { address: '192.0.2.1', name: 'mx.example', relay: null },
      protocol: 'ESMTP',
      tls: null,
    },
    receivedAt: T0,
    bytes: 1234,
    sha256: 'ab'.repeat(32),
    archivePath: 'letters/2026/11/24/x.eml',
    fingerprint: id('F'),
    duplicateOf: null,
    problem: null,
    parked: null,
    ...changes,
  };
}

export function aMessage(ticketId: string, changes: Partial<MessageRecord> = {}): MessageRecord {
  return {
    id: id('M'),
    ticketId,
    letterId: null,
    station: 'behala',
    direction: 'in',
    kind: 'letter',
    from: { address: 'rita@home.example', name: 'Rita' },
    to: ['behala.ps@kolkatapolice.example'],
    subject: 'Noise',
    text: 'Loud music at night',
    messageId: '<1@home.example>',
    receivedAt: T0,
    sha256: null,
    parsed: true,
    verdict: 'unknown',
    sender: null,
    senderFlags: [],
    attachments: [],
    infected: null,
    ...changes,
  };
}

export function anOutboxRecord(ticketId: string | null, changes: Partial<OutboxRecord> = {}): OutboxRecord {
  const letter: OutgoingLetter = {
    id: id('O'),
    kind: 'acknowledgement',
    envelopeFrom: '',
    to: 'rita@home.example',
    from: { address: 'behala.ps@kolkatapolice.example', name: 'Behala' },
    replyTo: null,
    subject: 'Received',
    text: 'Thank you',
    messageId: `<${id('m')}@mail.example>`,
    inReplyTo: null,
    references: [],
    headers: [{ name: 'Auto-Submitted', value: 'auto-replied' }],
    createdAt: T0,
  };
  return {
    letter,
    ticketId,
    alsoFor: [],
    letterId: null,
    receivedAt: T0,
    state: 'queued',
    reason: null,
    attempts: 0,
    dueAt: T0,
    leaseUntil: null,
    lastReply: null,
    queueId: null,
    sentAt: null,
    ...changes,
  };
}

export function aClock(changes: Partial<TicketClock> = {}): TicketClock {
  return {
    name: 'acknowledgement',
    round: 1,
    state: 'running',
    startedAt: T0,
    dueAt: at(60),
    riskAt: null,
    metAt: null,
    breachedAt: null,
    plan: { targetMs: 3_600_000, stretches: [{ from: T0, calendar: 'always' }] },
    step: 0,
    nextAt: null,
    ...changes,
  };
}

export function anEscalation(ticketId: string, changes: Partial<Escalation> = {}): Escalation {
  return {
    id: id('E'),
    ticketId,
    clock: 'first-action',
    round: 1,
    step: 0,
    rank: 'oc',
    told: ['oc.behala'],
    markedAt: at(60),
    at: at(61),
    answerBy: at(120),
    acknowledgedAt: null,
    acknowledgedBy: null,
    endedAt: null,
    nextAt: at(120),
    ...changes,
  };
}

export type OpenStore = () => Promise<StoreUnderTest>;

/** The store of the test that runs now. */
export interface FreshStore {
  readonly store: Store;
  readonly under: StoreUnderTest;
  /** Opens a ticket, with its clocks. */
  openTicket(changes?: Partial<Ticket>, clocks?: readonly TicketClock[]): Promise<Ticket>;
}

/** Opens an empty store before each test of the block and closes it afterwards; its clock stands at T0. */
export function freshStore(open: OpenStore): FreshStore {
  let under: StoreUnderTest | undefined;
  const current = () => {
    if (!under) throw new Error('no test runs');
    return under;
  };
  beforeEach(async () => {
    under = await open();
    under.setNow(T0);
  });
  afterEach(async () => current()[Symbol.asyncDispose]());
  return {
    get store() {
      return current().store;
    },
    get under() {
      return current();
    },
    async openTicket(changes = {}, clocks = []) {
      const ticket = aTicket(changes);
      await current().store.transact(async (unit) => {
        await unit.tickets.open(ticket);
        await unit.clocks.start(ticket.id, clocks);
      });
      return ticket;
    },
  };
}
