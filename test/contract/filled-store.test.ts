// The generator of large stores writes what the program itself would have written, only faster.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditJournal } from '../../src/audit/audit.js';
import { createIdSource } from '../../src/keys/ids.js';
import { openSealer } from '../../src/keys/sealer.js';
import { sha256 } from '../../src/machine/digest.js';
import { CONTRADICTIONS, type Inspection } from '../../src/ports/inspection.js';
import { openInspection } from '../../src/store/inspection.js';
import { type OpenedStore, openStore } from '../../src/store/store.js';
import { migrations } from './in-folder.js';

const TICKETS = 600;
/** Word lists, templates and stations of the whole sample are read, and the machine may be busy. */
const PATIENCE_MS = 120_000;
const UNTIL = '2026-11-24T10:00:00.000Z';
const ORDER = { tickets: TICKETS, seed: 7, until: Date.parse(UNTIL) };
interface Generator {
  fillStore(order: typeof ORDER & { folder: string }): Promise<{ tickets: number; journal: number }>;
}

let folder: string;
let store: OpenedStore;
let inspection: Inspection;
let generator: Generator;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'thanadak-filled-'));
  const program = pathToFileURL(join(import.meta.dirname, '../bench/fill/fill.js')).href;
  generator = (await import(program)) as Generator;
  await generator.fillStore({ ...ORDER, folder: join(folder, 'one') });
  const clock = { now: () => UNTIL };
  const file = join(folder, 'one', 'thanadak.db');
  store = await openStore({ file, migrations, clock, ids: createIdSource(clock) });
  inspection = openInspection({ file, migrations });
}, PATIENCE_MS);
afterAll(() => {
  store.close();
  inspection.close();
  rmSync(folder, { recursive: true });
});

const rowsOf = (name: string, query: string) => {
  const database = new Sqlite(join(folder, name, 'thanadak.db'), { readonly: true });
  const rows = database.prepare(query).all();
  database.close();
  return rows;
};

describe('a filled store', () => {
  it('holds tickets that the store reads, lists, counts and finds', async () => {
    expect(rowsOf('one', 'select count(*) as n from ticket')).toEqual([{ n: TICKETS }]);
    const unclosed = await store.tickets.list({ unclosed: true, limit: TICKETS });
    const { open } = await store.tickets.counts(UNTIL);
    expect(unclosed).toHaveLength(open);
    expect(open).toBeGreaterThan(0);
    const [newest] = await store.tickets.list({ limit: 1 });
    const messages = await store.messages.ofTicket(newest?.id ?? '');
    expect(messages[0]?.subject).toBe(newest?.subject);
    for (const word of ['market', 'অভিযোগ', 'मोहल्ले'])
      expect((await store.tickets.list({ search: word, limit: 3 })).length).toBeGreaterThan(0);
    const [sent] = await store.outbox.list({ state: 'sent', limit: 1 });
    expect(sent?.letter.text).toContain(sent?.letter.kind === 'acknowledgement' ? 'KP' : '');
    expect((await store.outbox.counts()).sent).toBeGreaterThan(TICKETS);
  });

  it('has a journal that is whole and signed', async () => {
    const sealer = openSealer(join(folder, 'one', 'keys', 'journal.key'));
    const origin = 'mail.kolkatapolice.example';
    const { summary, findings } = await auditJournal({ store, sealer, digest: sha256, origin });
    expect(findings).toEqual([]);
    expect(summary).toMatchObject({ unchained: 0, checkpoints: 1, coveredTo: summary.rows });
  });

  it('contradicts itself nowhere', async () => {
    expect(inspection.damage()).toEqual([]);
    expect(inspection.dangling()).toEqual([]);
    for (const kind of CONTRADICTIONS) expect(await inspection.contradictions(kind)).toEqual([]);
  });

  it('has the deadlines that its clocks have', () => {
    const wrong = `select reference from ticket where due_at is not (
      select min(due_at) from clock where ticket_id = ticket.id and met_at is null and state in ('running', 'breached'))`;
    expect(rowsOf('one', wrong)).toEqual([]);
  });

  it('has nothing left to do for the sweep but what falls due later', async () => {
    expect(await store.clocks.due(UNTIL, 10)).toEqual([]);
    expect(await store.waits.due(UNTIL, 10)).toEqual([]);
    expect(await store.matters.unmarked('2026-11-22T10:00:00.000Z', 10)).toEqual([]);
  });

  it(
    'is the same for the same seed',
    async () => {
      await generator.fillStore({ ...ORDER, folder: join(folder, 'again') });
      const last = 'select number, chain_hash from journal order by number desc limit 1';
      expect(rowsOf('again', last)).toEqual(rowsOf('one', last));
    },
    PATIENCE_MS,
  );
});
