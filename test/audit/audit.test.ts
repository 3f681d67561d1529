// The journal on a real store, tampered with behind the program's back.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditJournal, sealJournal } from '../../src/audit/audit.js';
import { createIdSource } from '../../src/keys/ids.js';
import { openSealer } from '../../src/keys/sealer.js';
import { sha256 } from '../../src/machine/digest.js';
import { type OpenedStore, openStore } from '../../src/store/store.js';
import { aTicket } from '../contract/records.js';
import { fixedClock } from '../support/clock.js';

const TICKETS = 3;
const ROUNDS = 4;

describe('the journal', () => {
  const clock = fixedClock('2026-11-24T04:00:00.000Z');
  let folder: string;
  let store: OpenedStore;
  const file = () => join(folder, 'thanadak.db');
  const options = () => ({
    store,
    sealer: openSealer(join(folder, 'keys', 'journal.key')),
    digest: sha256,
    origin: 'mail.kolkatapolice.example',
    clock,
  });

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'thanadak-audit-'));
    store = await openStore({ file: file(), migrations: 'migrations', clock, ids: createIdSource(clock) });
    const tickets = Array.from({ length: TICKETS }, () => aTicket());
    await store.transact(async (unit) => {
      for (const ticket of tickets) await unit.tickets.open(ticket);
    });
    for (let round = 0; round < ROUNDS; round += 1) {
      clock.advance(60_000);
      await store.transact(async (unit) => {
        for (const { id } of tickets) {
          await unit.journal.write(id, { actor: 'si-roy', event: 'noted', detail: { round } });
        }
      });
    }
    await store.transact((unit) =>
      unit.journal.write(null, { actor: 'operator', event: 'handed-out', detail: {} }),
    );
    await sealJournal(options(), true);
  });
  afterEach(() => {
    store.close();
    rmSync(folder, { recursive: true });
  });

  function tamper(script: string): void {
    const raw = new Sqlite(file());
    raw.pragma('foreign_keys = OFF');
    raw.exec(script);
    raw.close();
  }
  const found = async () =>
    (await auditJournal(options())).findings.map(({ damage, number }) => [damage, number]);

  it('is whole as it was written, and signed to its end', async () => {
    expect(await auditJournal(options())).toEqual({
      findings: [],
      summary: { rows: 13, unchained: 0, erased: 0, checkpoints: 1, coveredTo: 13 },
    });
  });

  it.each([
    ['a changed actor', `update journal set actor = 'si-dey' where number = 5`, [['altered', 5]]],
    [
      'a changed time',
      `update journal set at = '2026-11-24T03:00:00.000Z' where number = 5`,
      [['altered', 5]],
    ],
    [
      'a changed detail',
      `update journal set detail = '{"round":9}' where number = 5`,
      [['detail-altered', 5]],
    ],
    [
      'a row given to another ticket',
      `update journal set ticket_id = (select ticket_id from journal where number = 6) where number = 5`,
      [
        ['altered', 5],
        ['ticket-broken', 6],
        ['ticket-broken', 8],
      ],
    ],
    [
      'a removed row',
      'delete from journal where number = 5',
      [
        ['removed', 5],
        ['ticket-broken', 8],
      ],
    ],
    ['rows cut off at the end', 'delete from journal where number > 11', [['removed', 12]]],
    [
      'a row without hashes',
      'update journal set chain_hash = null where number = 5',
      [
        ['unchained', 5],
        ['altered', 6],
        ['ticket-broken', 8],
      ],
    ],
    ['a forged checkpoint', `update journal_checkpoint set signature = 'AAAA'`, [['checkpoint-forged', 13]]],
  ])('shows %s, and where', async (_name, script, findings) => {
    tamper(script);
    expect(await found()).toEqual(findings);
  });

  it('shows two rows whose places were changed', async () => {
    tamper(`
      update journal set number = 1005 where number = 5;
      update journal set number = 5 where number = 6;
      update journal set number = 6 where number = 1005;
    `);
    expect(await found()).toEqual(
      expect.arrayContaining([
        ['altered', 5],
        ['reordered', 6],
      ]),
    );
  });

  it('shows an inserted row', async () => {
    tamper(`
      update journal set number = -number where number >= 5;
      update journal set number = -number + 1 where number < 0;
      insert into journal select 5, 'X', ticket_id, at, actor, 'closed', detail, salt, detail_hash, ticket_hash, chain_hash
        from journal where number = 4;
    `);
    expect(await found()).toContainEqual(['altered', 5]);
  });

  it('shows a chain that somebody wrote anew from a row on', async () => {
    const rows = await store.journal.chainedAfter(0, 100);
    tamper('delete from journal where number >= 12');
    await store.transact(async (unit) => {
      for (const { ticketId } of rows.slice(11)) {
        await unit.journal.write(ticketId, { actor: 'si-dey', event: 'noted', detail: {} });
      }
    });
    expect(await found()).toEqual([['rewritten', 13]]);
  });

  it('stays whole when details are erased', async () => {
    const [first] = await store.journal.chainedAfter(0, 1);
    const erased = await store.transact((unit) => unit.journal.eraseDetails(first?.ticketId ?? ''));
    expect(erased).toBe(ROUNDS);
    const { findings, summary } = await auditJournal(options());
    expect(findings).toEqual([]);
    expect(summary.erased).toBe(ROUNDS);
    expect((await store.journal.ofTicket(first?.ticketId ?? '')).map(({ detail }) => detail)).toEqual(
      Array.from({ length: ROUNDS }, () => ({})),
    );
  });

  it('is signed again only when it grew and ten minutes have passed', async () => {
    const write = () =>
      store.transact((unit) => unit.journal.write(null, { actor: 'x', event: 'y', detail: {} }));
    await sealJournal(options());
    expect(await store.journal.checkpoints()).toHaveLength(1);
    clock.advance(11 * 60_000);
    await sealJournal(options());
    expect(await store.journal.checkpoints()).toHaveLength(1);
    await write();
    await sealJournal(options());
    await write();
    await sealJournal(options());
    expect((await store.journal.checkpoints()).map(({ number }) => number)).toEqual([13, 14]);
  });

  it('signed with another key is not called whole up to there', async () => {
    rmSync(join(folder, 'keys', 'journal.key'));
    const { findings, summary } = await auditJournal(options());
    expect(findings).toEqual([]);
    expect(summary).toMatchObject({ checkpoints: 1, coveredTo: 0 });
  });
});
