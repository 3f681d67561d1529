// A house in a temporary folder: real store, real spool, a daemon of our choosing, and everything written captured.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { runCommandLine } from '../../src/admin/command-line.js';
import type { AdminDeps, Health, House } from '../../src/admin/deps.js';
import { ThanadakError } from '../../src/domain/errors.js';
import type { Envelope, SpooledLetter } from '../../src/domain/letter.js';
import { formatReference } from '../../src/domain/reference.js';
import type { Station } from '../../src/domain/station.js';
import type { Ticket } from '../../src/domain/ticket.js';
import type { MessageRecord, OutboxRecord, Store } from '../../src/ports/store.js';
import { openArchive } from '../../src/spool/archive.js';
import { type OpenedSpool, openSpool } from '../../src/spool/spool.js';
import { openStore } from '../../src/store/store.js';

export const NOW = '2026-11-24T09:35:00.000Z';

const clock = { now: () => NOW };
let made = 0;
const ids = { next: () => `01JDF3Q4ZV${String(++made).padStart(16, '0')}` };

export const BEHALA: Station = {
  code: 'behala',
  name: { en: 'Behala Police Station' },
  force: 'kp',
  division: 'sw',
  addresses: ['behala.ps@kolkatapolice.example'],
};
const LAKE_TOWN: Station = { ...BEHALA, code: 'laketown', addresses: ['laketown.ps@police.example'] };

export interface TestHouse {
  folder: string;
  store: Store;
  spool: OpenedSpool;
  /** How often a command opened the house and did not close it. */
  opened(): number;
  setHealth(health: Health | undefined): void;
  run(...argv: string[]): Promise<Run>;
  /** The same with a terminal of so many columns. */
  runInTerminal(columns: number, ...argv: string[]): Promise<Run>;
  close(): Promise<void>;
}

export interface Run {
  code: number;
  out: string;
  err: string;
  raw: Buffer;
  json(): never;
}

export async function openTestHouse(): Promise<TestHouse> {
  const folder = mkdtempSync(join(tmpdir(), 'thanadak-admin-'));
  const store = await openStore({ file: join(folder, 'thanadak.db'), migrations: 'migrations', clock, ids });
  const spool = await openSpool({ dataFolder: folder, clock });
  let open = 0;
  let health: Health | undefined = { ready: true, problems: [] };
  const house: House = {
    store,
    spool,
    archive: openArchive(folder),
    heldPathOf: (id) => join(folder, 'spool', 'held', `${id}.eml`),
    config: {
      publicUrl: 'http://127.0.0.1:8025',
      stations: [BEHALA, LAKE_TOWN],
      timeZone: 'Asia/Kolkata',
    },
    health: async () => health,
    close: async () => {
      open -= 1;
    },
  };
  const openHouse: AdminDeps['openHouse'] = async (file) => {
    if (file === 'wrong.yaml') throw new ThanadakError('invalid', 'wrong.yaml:3:1 unknown key "statoins"');
    open += 1;
    return house;
  };
  return {
    folder,
    store,
    spool,
    opened: () => open,
    setHealth: (next) => {
      health = next;
    },
    run: (...argv) => run(argv, { openHouse }),
    runInTerminal: (columns, ...argv) => run(argv, { openHouse, isTerminal: true, columns }),
    async close() {
      store.close();
      await spool.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Runs one command and gathers what it wrote. */
export async function run(argv: string[], given: Partial<AdminDeps>): Promise<Run> {
  const written = { out: '', err: '', raw: [] as Uint8Array[] };
  const deps: AdminDeps = {
    version: '0.1.0',
    clock,
    stdout: (text) => {
      written.out += text;
    },
    stderr: (text) => {
      written.err += text;
    },
    writeRaw: async (chunk) => {
      written.raw.push(chunk);
    },
    isTerminal: false,
    columns: 80,
    serve: async () => 0,
    openHouse: async () => {
      throw new ThanadakError('unavailable', 'The database is busy.');
    },
    migrate: async () => ({ applied: [], current: '0001_initial' }),
    configuration: {
      check: async () => ({ ok: true, text: 'All is well.', problems: [] }),
      print: async (_file, withOrigin) => ({
        text: withOrigin ? 'data_dir: /var # thanadak.yaml:1\n' : 'data_dir: /var\n',
        value: { data_dir: '/var' },
      }),
      schema: () => ({ type: 'object' }),
      explain: (key) =>
        key === 'data_dir' ? { text: 'data_dir: a folder', value: { key } } : { nearest: ['data_dir'] },
      keys: () => ['data_dir', 'time_zone'],
    },
    ...given,
  };
  const code = await runCommandLine(argv, deps);
  return {
    code,
    out: written.out,
    err: written.err,
    raw: Buffer.concat(written.raw),
    json: () => JSON.parse(written.out) as never,
  };
}

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
  clockDueAt?: string;
}

/** Opens a ticket with one message, an acknowledgement clock and a journal entry, filing `letter` when given. */
export async function openTicket(house: TestHouse, wish: TicketWish): Promise<Ticket> {
  const { number, text = 'The street light is broken.', letter, clockDueAt, ...fields } = wish;
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
      });
    }
    await unit.tickets.open(ticket);
    await unit.messages.add(messageOn(ticket, text, letter));
    await unit.clocks.start(ticket.id, {
      name: 'acknowledgement',
      state: 'running',
      startedAt: ticket.receivedAt,
      dueAt: clockDueAt ?? '2026-11-24T10:05:00.000Z',
      metAt: null,
      breachedAt: null,
    });
    await unit.journal.write(ticket.id, {
      actor: 'system',
      event: 'ticket-opened',
      detail: { letter: letter?.id ?? null },
    });
  });
  return ticket;
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
