// `npm run bench -- fill N`: a data folder whose store holds N tickets of two years.
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import Database from 'better-sqlite3';
import { fromDist } from '../dist.js';
import { createChance } from './chance.js';
import { writeCity } from './city.js';
import { createRows } from './rows.js';
import { openTown } from './town.js';

const { openStore } = await fromDist('store/store.js');
const { databaseOf, HOME, journalKeyFile } = await fromDist('home.js');
const { createIdSource } = await fromDist('keys/ids.js');
const { openSealer } = await fromDist('keys/sealer.js');
const { sealJournal } = await fromDist('audit/audit.js');
const { sha256 } = await fromDist('machine/digest.js');

export const FILL_USAGE = `Usage: npm run bench -- fill N [options]
  Makes a data folder with a store of N tickets: two years of letters in three languages to every station of the
  sample configuration, with their clocks, escalations, answers, outbox and chained journal. The letters' files are
  left out, so \`thanadak verify\` misses them; \`thanadak audit verify\` finds the journal whole.
  --data DIR      the folder, which must not hold a database yet (default: filled-N in the folder for temporary files)
  --seed N        another town (default 1); the same seed, N and --until give the same rows
  --until TIME    when the two years end, ISO 8601 (default: now, to the minute)
`;
const TOGETHER = 20_000;
const MINUTE = 60_000;

/** @param {string[]} args */
export function readFillOptions(args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      data: { type: 'string' },
      seed: { type: 'string' },
      until: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return 'help';
  const tickets = Number(positionals[0]);
  if (positionals.length !== 1 || !Number.isInteger(tickets) || tickets < 1)
    throw new Error('Say how many tickets: fill 1000000.');
  const until =
    values.until === undefined ? Math.floor(Date.now() / MINUTE) * MINUTE : Date.parse(values.until);
  if (Number.isNaN(until))
    throw new Error(`--until takes an instant such as 2026-11-24T10:00:00Z, not ${values.until}.`);
  return { tickets, folder: values.data, seed: Number(values.seed ?? 1), until };
}

/**
 * Resolves to what the store holds.
 * @param {{ tickets: number, folder: string, seed: number, until: number }} order
 * @param {(done: number) => void} [onProgress]
 */
export async function fillStore({ tickets, folder, seed, until }, onProgress = () => undefined) {
  const dataDir = resolve(folder);
  const file = databaseOf(dataDir);
  if (existsSync(file)) throw new Error(`${file} is there already; name another folder with --data.`);
  mkdirSync(join(dataDir, 'letters'), { recursive: true });
  const clock = { now: () => new Date(until).toISOString() };
  const open = () =>
    openStore({ file, migrations: join(HOME, 'migrations'), clock, ids: createIdSource(clock) });
  (await open()).close();
  const chance = createChance(seed);
  const town = await openTown();
  const counts = await writeAll({ file, tickets, chance, town, until, onProgress });
  const store = await open();
  try {
    const sealer = openSealer(journalKeyFile({ dataDir }));
    await sealJournal({ store, sealer, digest: sha256, origin: town.mailDomain, clock }, true);
  } finally {
    store.close();
  }
  return counts;
}

const LOADING = [
  'journal_mode = OFF',
  'synchronous = OFF',
  'locking_mode = EXCLUSIVE',
  'foreign_keys = OFF',
  'cache_size = -1000000',
  'temp_store = MEMORY',
];

/**
 * Indexes are built of all rows at once in a fraction of the time; triggers would only say again what the rows have.
 * @param {import('better-sqlite3').Database} database
 */
function setAside(database) {
  const select =
    "select type, name, sql from sqlite_master where type in ('index', 'trigger') and sql is not null";
  const parts = /** @type {{ type: string, name: string, sql: string }[]} */ (database.prepare(select).all());
  for (const { type, name } of parts) database.exec(`drop ${type} ${name}`);
  return () => {
    for (const { sql } of parts) database.exec(sql);
  };
}

/** Nothing is synced before the end: a half-filled store is thrown away. @param {any} order */
async function writeAll({ file, tickets, chance, town, until, onProgress }) {
  const database = new Database(file);
  try {
    for (const pragma of LOADING) database.pragma(pragma);
    const putBack = setAside(database);
    const rows = createRows(database, chance);
    database.exec('begin');
    await writeCity({ rows, chance, town, end: until }, tickets, (done) => {
      if (done % TOGETHER > 0) return;
      database.exec('commit; begin');
      onProgress(done);
    });
    database.exec('commit');
    putBack();
    database.pragma('synchronous = FULL');
    database.pragma('locking_mode = NORMAL');
    database.pragma('journal_mode = WAL');
    return {
      tickets,
      ...rows.count(),
      bytes:
        Number(database.pragma('page_count', { simple: true })) *
        Number(database.pragma('page_size', { simple: true })),
    };
  } finally {
    database.close();
  }
}
