// An outbox on a real store in a folder of its own, with tickets that are owed an acknowledgement.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { StorageBroken } from '../../src/domain/errors.js';
import type { OutboxRecord } from '../../src/domain/outbox-record.js';
import type { DeliveryOutcome, OutgoingLetter } from '../../src/domain/outgoing.js';
import { type TicketClock, UNTOUCHED } from '../../src/domain/ticket.js';
import { createOutbox, type Outbox, type OutboxOptions } from '../../src/outbox/outbox.js';
import type { Delivery } from '../../src/ports/delivery.js';
import type { Store } from '../../src/ports/store.js';
import { openStore } from '../../src/store/store.js';
import { type FixedClock, fixedClock } from './clock.js';
import { countingIds } from './ids.js';
import { type RecordingLog, recordingLog } from './log.js';
import { anOutgoingLetter } from './outgoing.js';

const HOUR_MS = 3_600_000;
const MIGRATIONS = join(import.meta.dirname, '../../migrations');

export interface Owed {
  ticketId: string;
  outboxId: string;
}

export interface OutboxHouse extends AsyncDisposable {
  store: Store;
  clock: FixedClock;
  log: RecordingLog;
  counts: string[];
  latencies: number[];
  broken: StorageBroken[];
  /** Units of work so far. */
  commits(): number;
  /** Opens a ticket with a running acknowledgement clock and owes it a letter, due now. */
  owe(letter?: Partial<OutgoingLetter>, record?: Partial<OutboxRecord>): Promise<Owed>;
  openTicket(): Promise<string>;
  /** Owes `count` letters about one ticket, due now, without the way through the units of work. */
  fill(count: number): Promise<void>;
  outbox(delivery: Delivery, options?: Partial<OutboxOptions>): Outbox;
  find(outboxId: string): Promise<OutboxRecord>;
  events(ticketId: string): Promise<string[]>;
}

export async function openOutboxHouse(): Promise<OutboxHouse> {
  const folder = mkdtempSync(join(tmpdir(), 'thanadak-outbox-'));
  const clock = fixedClock();
  const ids = countingIds();
  const log = recordingLog();
  const counts: string[] = [];
  const latencies: number[] = [];
  const broken: StorageBroken[] = [];
  const opened: Outbox[] = [];
  let commits = 0;
  const real = await openStore({ file: join(folder, 'thanadak.db'), migrations: MIGRATIONS, clock, ids });
  const store: Store = {
    ...real,
    transact: (work) => {
      commits += 1;
      return real.transact(work);
    },
  };
  const openTicket = () => real.transact((unit) => writeTicket(unit, ids.next()));
  return {
    store,
    clock,
    log,
    counts,
    latencies,
    broken,
    openTicket,
    commits: () => commits,
    async owe(letter = {}, record = {}) {
      const ticketId = await openTicket();
      const outboxId = ids.next();
      const whole = anOutgoingLetter({ id: outboxId, createdAt: clock.now(), ...letter });
      const owed = { ...aRecord(whole, ticketId, clock.now()), ...record };
      await real.transact((unit) => unit.outbox.enqueue(owed));
      return { ticketId, outboxId };
    },
    async fill(count) {
      const ticketId = await openTicket();
      const letter = anOutgoingLetter({ kind: 'reply', createdAt: clock.now() });
      await real.transact((unit) => unit.outbox.enqueue(aRecord(letter, ticketId, clock.now())));
      multiply(join(folder, 'thanadak.db'), letter.id, count);
    },
    outbox(delivery, options = {}) {
      const outbox = createOutbox({
        store,
        delivery,
        clock,
        log,
        meter: {
          count: (name, labels = {}) => counts.push([name, ...Object.values(labels)].join(' ')),
          observe: (_name, seconds) => latencies.push(seconds),
        },
        leaseMs: 10 * 60_000,
        giveUpAfterMs: (kind) => (kind === 'acknowledgement' ? 24 * HOUR_MS : 5 * 24 * HOUR_MS),
        concurrency: 16,
        onBroken: (error) => broken.push(error),
        ...options,
      });
      opened.push(outbox);
      return outbox;
    },
    async find(outboxId) {
      const found = await real.outbox.find(outboxId);
      if (!found) throw new Error(`no letter ${outboxId} in the outbox`);
      return found;
    },
    events: async (ticketId) => (await real.journal.ofTicket(ticketId)).map(({ event }) => event),
    async [Symbol.asyncDispose]() {
      for (const outbox of opened) await outbox.close();
      real.close();
      rmSync(folder, { recursive: true });
      log.expectNoWarnings();
    },
  };
}

/** Adds copies of the outbox's row `id`, each with an id of its own, until there are `count`. */
function multiply(file: string, id: string, count: number): void {
  const database = new Sqlite(file);
  const columns = database.pragma('table_info(outbox)') as { name: string }[];
  const values = columns.map(({ name }) => {
    if (name === 'id') return `'copy-' || n`;
    return name === 'letter' ? `json_set(letter, '$.id', 'copy-' || n)` : name;
  });
  const numbers = `with recursive number (n) as (select 1 union all select n + 1 from number where n < ${count - 1})`;
  const names = columns.map(({ name }) => name);
  database.exec(
    `${numbers} insert into outbox (${names}) select ${values} from outbox, number where id = '${id}'`,
  );
  database.close();
}

async function writeTicket(
  unit: Parameters<Parameters<Store['transact']>[0]>[0],
  id: string,
): Promise<string> {
  await unit.tickets.open({
    id,
    reference: `BEHALA-26-${id}`,
    station: 'behala',
    state: 'new',
    urgency: null,
    category: null,
    language: 'en',
    languages: ['en'],
    subject: 'Noise at night',
    resident: { address: 'rita@home.example', name: 'Rita', verdict: 'unknown' },
    receivedAt: unit.now,
    acknowledgedAt: null,
    officer: null,
    urgencyBy: null,
    proposal: null,
    restriction: 'none',
    ...UNTOUCHED,
  });
  const clock: TicketClock = {
    name: 'acknowledgement',
    round: 1,
    state: 'running',
    startedAt: unit.now,
    dueAt: new Date(Date.parse(unit.now) + HOUR_MS).toISOString(),
    riskAt: null,
    metAt: null,
    breachedAt: null,
    plan: { targetMs: HOUR_MS, stretches: [{ from: unit.now, calendar: 'always' }] },
    step: 0,
    nextAt: null,
  };
  await unit.clocks.start(id, [clock]);
  return id;
}

function aRecord(letter: OutgoingLetter, ticketId: string, dueAt: string): OutboxRecord {
  return {
    letter,
    ticketId,
    alsoFor: [],
    letterId: null,
    receivedAt: letter.createdAt,
    state: 'queued',
    reason: null,
    attempts: 0,
    dueAt,
    leaseUntil: null,
    lastReply: null,
    queueId: null,
    sentAt: null,
  };
}

export interface ScriptedDelivery extends Delivery {
  /** Every letter handed over, in order. */
  tried: OutgoingLetter[];
  underWay(): number;
  most(): number;
}

/** Does with each letter what `answer` says, when the promise it gives says so. */
export function scriptedDelivery(
  answer: (letter: OutgoingLetter) => DeliveryOutcome | Promise<DeliveryOutcome>,
): ScriptedDelivery {
  const tried: OutgoingLetter[] = [];
  let underWay = 0;
  let most = 0;
  return {
    tried,
    underWay: () => underWay,
    most: () => most,
    async deliver(letter) {
      tried.push(letter);
      underWay += 1;
      most = Math.max(most, underWay);
      try {
        return await answer(letter);
      } finally {
        underWay -= 1;
      }
    },
    close: async () => undefined,
  };
}

export const SENT: DeliveryOutcome = { kind: 'sent', reply: '250 2.0.0 Ok: queued as Q1', queueId: 'Q1' };
export const LATER: DeliveryOutcome = { kind: 'temporary', reply: '451 4.7.1 Greylisted' };
export const NEVER: DeliveryOutcome = { kind: 'permanent', reply: '550 5.1.1 No such person' };
