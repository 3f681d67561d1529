// A database made by an older program comes to the present shape with everything that was in it.
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createIdSource } from '../../src/keys/ids.js';
import { openStore } from '../../src/store/store.js';
import { migrations } from './in-folder.js';

const T0 = '2026-11-24T04:00:00.000Z';
const DUE = '2026-11-24T05:00:00.000Z';
const LATE = '2026-11-24T05:30:00.000Z';
const clock = { now: () => T0 };

const LETTER = JSON.stringify({ id: 'O1', kind: 'acknowledgement', to: 'rita@home.example' });

const ROWS = `
  insert into letter values ('L1', '${T0}', 'ab', 12, 'letters/x.eml', 'F', null, null, '{}');
  insert into counter values ('behala', 2026, 2);
  insert into ticket values
    ('T1', 'R1', 'behala', 'new', null, null, 'bn en', 'Noise', 'Rita@home.example', 'rita@home.example', 'Rita',
     'unknown', '${T0}', null, null),
    ('T2', 'R2', 'behala', 'closed', 'urgent', 'theft', 'en', 'Light', 'amit@home.example', 'amit@home.example', 'Amit',
     'aligned', '${T0}', '${LATE}', 'si.roy');
  insert into clock values
    ('T1', 'acknowledgement', 'running', '${T0}', '${DUE}', null, null),
    ('T2', 'acknowledgement', 'met', '${T0}', '${DUE}', '${LATE}', '${DUE}');
  insert into outbox values
    ('O1', 'acknowledgement', 'T2', '["T1"]', 'L1', '${T0}', 'suppressed', 'robot-address', 1, '${T0}', null, null,
     '250 Ok', 'Q1', null, '${T0}', 'rita@home.example', '<1@mail.example>', '${LETTER}'),
    ('O2', 'acknowledgement', 'T1', '[]', null, '${T0}', 'deferred', null, 2, '${DUE}', '${DUE}', null,
     '451 Later', null, null, '${T0}', 'rita@home.example', '<2@mail.example>', '${LETTER}');
`;

describe('a database made by the first program', () => {
  let folder: string;
  const file = () => join(folder, 'thanadak.db');
  const open = (from: string) =>
    openStore({ file: file(), migrations: from, clock, ids: createIdSource(clock) });

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'thanadak-migrations-'));
    const first = join(folder, 'migrations');
    mkdirSync(join(first, 'sqlite'), { recursive: true });
    cpSync(join(migrations, 'sqlite', '0001_initial.sql'), join(first, 'sqlite', '0001_initial.sql'));
    (await open(first)).close();
    const raw = new Sqlite(file());
    raw.pragma('foreign_keys = ON');
    raw.exec(ROWS);
    raw.close();
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('keeps its tickets and counts on', async () => {
    const store = await open(migrations);
    expect(store.migrated.applied[0]).toBe('0002_desk');
    expect(await store.tickets.find('R2')).toMatchObject({
      id: 'T2',
      state: 'closed',
      officer: 'si.roy',
      restriction: 'none',
      level: 'officer',
      reopened: 0,
      version: 0,
      proposal: null,
      passedOn: null,
    });
    expect(await store.transact((unit) => unit.tickets.nextNumber('behala', 2026))).toBe(3);
    store.close();
  });

  it('keeps its clocks, gives them a plan, and lets the sweep find those that run', async () => {
    const store = await open(migrations);
    const plan = { targetMs: 3_600_000, stretches: [{ from: T0, calendar: 'always' }] };
    const base = {
      name: 'acknowledgement',
      round: 1,
      startedAt: T0,
      dueAt: DUE,
      plan,
      step: 0,
      riskAt: null,
    };
    const running = { ...base, state: 'running', metAt: null, breachedAt: null, nextAt: DUE };
    expect(await store.clocks.ofTicket('T1')).toEqual([running]);
    expect(await store.clocks.ofTicket('T2')).toEqual([
      { ...base, state: 'met', metAt: LATE, breachedAt: DUE, nextAt: null },
    ]);
    expect(await store.clocks.due(DUE, 10)).toEqual([{ ticketId: 'T1', clock: running }]);
    store.close();
  });

  it('keeps its outbox, and finds a withheld letter by the other tickets it names', async () => {
    const store = await open(migrations);
    const [second, first] = await store.outbox.list({ limit: 10 });
    expect(first).toEqual({
      letter: JSON.parse(LETTER),
      ticketId: 'T2',
      alsoFor: ['T1'],
      letterId: 'L1',
      receivedAt: T0,
      state: 'suppressed',
      reason: 'robot-address',
      attempts: 1,
      dueAt: T0,
      leaseUntil: null,
      lastReply: '250 Ok',
      queueId: 'Q1',
      sentAt: null,
    });
    expect(second).toMatchObject({ ticketId: 'T1', state: 'deferred', attempts: 2, lastReply: '451 Later' });
    expect(await store.outbox.nextDueAt()).toBe(DUE);
    const owed = await store.tickets.list({ owed: true, limit: 10 });
    expect(owed.map((ticket) => ticket.id)).toEqual(['T1']);
    store.close();
  });

  it('is whole afterwards', async () => {
    (await open(migrations)).close();
    const raw = new Sqlite(file());
    expect(raw.pragma('foreign_key_check')).toEqual([]);
    expect(raw.pragma('integrity_check', { simple: true })).toBe('ok');
    raw.close();
  });
});
