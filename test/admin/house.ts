// A house in a temporary folder: real store, real spool, a daemon of our choosing, and everything written captured.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommandLine } from '../../src/admin/command-line.js';
import type { AdminDeps, Health, House } from '../../src/admin/deps.js';
import { openBackups } from '../../src/backups.js';
import { ThanadakError } from '../../src/domain/errors.js';
import type { Station } from '../../src/domain/station.js';
import { shift } from '../../src/domain/time.js';
import { openAudit } from '../../src/house-audit.js';
import { createPasswords } from '../../src/identity/passwords.js';
import { readPart } from '../../src/mime/read-part.js';
import type { Store } from '../../src/ports/store.js';
import { createSessions } from '../../src/sign-in/sessions.js';
import { openArchive } from '../../src/spool/archive.js';
import { type OpenedSpool, openSpool } from '../../src/spool/spool.js';
import { openStore } from '../../src/store/store.js';
import { readLastBackup } from '../../src/vault/last.js';
import { openTestOffice, type TestOffice } from './office.js';

export const NOW = '2026-11-24T09:35:00.000Z';

const clock = { now: () => NOW };
let made = 0;
export const ids = { next: () => `01JDF3Q4ZV${String(++made).padStart(16, '0')}` };

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
  /** Moves the time of the house on. */
  advance(milliseconds: number): void;
  /** When the next commands were started; without it after everything that happened before. */
  setStartedAt(at: string | undefined): void;
  office: TestOffice;
  run(...argv: string[]): Promise<Run>;
  /** The same with something on stdin. */
  runWith(stdin: string, ...argv: string[]): Promise<Run>;
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
  let now = NOW;
  let startedAt: string | undefined;
  const houseClock = { now: () => now };
  const store = await openStore({
    file: join(folder, 'thanadak.db'),
    migrations: 'migrations',
    clock: houseClock,
    ids,
  });
  const spool = await openSpool({ dataFolder: folder, clock });
  const stations = [BEHALA, LAKE_TOWN];
  const office = await openTestOffice(store, { stations, clock: houseClock, ids });
  const times = () => ({ idleMs: 30 * 60_000, longestMs: 12 * 3_600_000 });
  const sessions = createSessions({ store, clock: houseClock, times });
  let open = 0;
  let health: Health | undefined = { ready: true, problems: [] };
  const house: House = {
    store,
    spool,
    archive: openArchive(folder),
    readPart,
    heldPathOf: (id) => join(folder, 'spool', 'held', `${id}.eml`),
    config: { publicUrl: 'http://127.0.0.1:8025', stations, timeZone: 'Asia/Kolkata' },
    office: async () => ({ ...office, startedAt: startedAt ?? shift(now, 1) }),
    audit: async () => openAudit({ dataDir: folder, mailDomain: 'mail.kolkatapolice.example' }, store),
    hashPassword: (password) => createPasswords().hash(password),
    openSessions: (officer) => sessions.openOf(officer),
    lastBackupAt: async () => (await readLastBackup(folder))?.savedAt ?? null,
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
  const given = { openHouse, clock: houseClock };
  return {
    folder,
    store,
    spool,
    office,
    opened: () => open,
    setHealth: (next) => {
      health = next;
    },
    advance: (milliseconds) => {
      now = shift(now, milliseconds);
    },
    setStartedAt: (at) => {
      startedAt = at;
    },
    run: (...argv) => run(argv, given),
    runWith: (stdin, ...argv) => run(argv, { ...given, readStdin: async () => Buffer.from(stdin) }),
    runInTerminal: (columns, ...argv) => run(argv, { ...given, isTerminal: true, columns }),
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
    readStdin: async () => new Uint8Array(),
    readSecret: async () => {
      throw new ThanadakError('invalid', 'Nobody can be asked for a password here.');
    },
    isTerminal: false,
    showsProgress: false,
    columns: 80,
    serve: async () => 0,
    openHouse: async () => {
      throw new ThanadakError('unavailable', 'The database is busy.');
    },
    backups: async () => openBackups('0.1.0'),
    migrate: async () => ({ applied: [], current: '0001_initial' }),
    rotateKeys: async () => ({ file: 'keys/reply.key' }),
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
