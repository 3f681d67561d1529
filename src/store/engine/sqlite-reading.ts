// A SQLite file opened for reading only: its own checks, and a copy of it while others write.
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { type Dialect, SqliteDialect } from 'kysely';
import { messageOf, StorageBroken } from '../../domain/errors.js';
import { syncNow } from '../../machine/files.js';
import type { CopyProgress, Dangling } from '../../ports/inspection.js';
import { APPLICATION_ID, translate } from './sqlite.js';

/** What an inspection needs of an engine. */
export interface ReadingEngine {
  /** Folder below `migrations/`. */
  name: string;
  dialect: Dialect;
  damage(): string[];
  dangling(): Dangling[];
  copyTo(path: string, onProgress: CopyProgress): Promise<void>;
  translate(error: unknown): unknown;
  close(): void;
}

/** Milliseconds to wait for a writer who recovers the log after a crash; nobody else waits for this thread. */
const BUSY_TIMEOUT = 5_000;
/** Pages copied before others have their turn: 2 MB. */
const STEP = 256;
const SHOWN = 100;

/** Errors: StorageBroken when it is not there, not ours or no database. */
export function openSqliteReading(file: string): ReadingEngine {
  const database = openReading(file);
  return {
    name: 'sqlite',
    dialect: new SqliteDialect({ database }),
    damage: () => damageOf(database),
    dangling: () => danglingOf(database),
    copyTo: (path, onProgress) => copy(file, path, onProgress),
    translate,
    close: () => database.close(),
  };
}

function openReading(file: string): Sqlite.Database {
  try {
    const database = new Sqlite(file, { readonly: true, fileMustExist: true });
    database.pragma(`busy_timeout = ${BUSY_TIMEOUT}`);
    database.pragma('trusted_schema = OFF');
    database.pragma('cell_size_check = ON');
    database.pragma('mmap_size = 0');
    if (database.pragma('application_id', { simple: true }) === APPLICATION_ID) return database;
    database.close();
  } catch (error) {
    throw translate(error);
  }
  throw new StorageBroken(`${file} is not a database of Thanadak.`);
}

/** Where the schema itself is damaged the check cannot even begin. */
function damageOf(database: Sqlite.Database): string[] {
  try {
    const rows = database.pragma(`integrity_check(${SHOWN})`) as { integrity_check: string }[];
    return rows.map((row) => row.integrity_check).filter((line) => line !== 'ok');
  } catch (error) {
    if (error instanceof Sqlite.SqliteError) return [messageOf(error)];
    throw error;
  }
}

function danglingOf(database: Sqlite.Database): Dangling[] {
  const rows = database.pragma('foreign_key_check') as {
    table: string;
    rowid: number | null;
    parent: string;
  }[];
  const found = new Map<string, Dangling>();
  for (const { table, rowid, parent } of rows) {
    const key = `${table} ${parent}`;
    const before = found.get(key) ?? { table, parent, rows: 0, example: rowid };
    found.set(key, { ...before, rows: before.rows + 1 });
  }
  return [...found.values()];
}

async function copy(file: string, path: string, onProgress: CopyProgress): Promise<void> {
  const part = `${path}.part`;
  rmSync(part, { force: true });
  try {
    writeFileSync(part, '', { flag: 'wx', mode: 0o600 });
    await copyPages(file, part, onProgress);
    checkCopy(part);
    syncNow(part);
    renameSync(part, path);
    syncNow(dirname(path));
  } catch (error) {
    rmSync(part, { force: true });
    throw translate(error);
  }
}

/**
 * SQLite begins a backup anew whenever another process has written, which under load is at every step. A transaction
 * that reads, open from the first step to the last, keeps the connection at one moment: there is nothing to begin anew.
 */
async function copyPages(file: string, part: string, onProgress: CopyProgress): Promise<void> {
  const database = openReading(file);
  try {
    database.exec('begin');
    database.prepare('select count(*) from sqlite_master').get();
    await database.backup(part, {
      progress({ totalPages, remainingPages }) {
        onProgress(totalPages - remainingPages, totalPages);
        return STEP;
      },
    });
    database.exec('commit');
  } finally {
    database.close();
  }
}

/** Leaves one file alone: without a log beside it, it can be read where nothing can be written. */
function checkCopy(part: string): void {
  const database = new Sqlite(part);
  try {
    database.pragma('synchronous = FULL');
    database.pragma('journal_mode = DELETE');
    const [first] = damageOf(database);
    if (first !== undefined) throw new StorageBroken(`The copy of the database is damaged: ${first}.`);
  } finally {
    database.close();
  }
}
