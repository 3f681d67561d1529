// SQLite through better-sqlite3: pragmas, durability, claims, full-text search.
import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { type Kysely, type SqliteDatabase, SqliteDialect, sql } from 'kysely';
import { DiskFull, messageOf, StorageBroken, TemporaryFailure } from '../../domain/errors.js';
import { syncNow } from '../../machine/files.js';
import type { StoreFacts } from '../../ports/store.js';
import type { Tables } from '../tables.js';
import type { Engine, OutboxClaim } from './engine.js';
import { search } from './sqlite-search.js';

export const APPLICATION_ID = 0x7468616e; // "than"
/** Milliseconds for which another process may hold the right to write before we give up. */
const BUSY_LIMIT = 5_000;
const BUSY_PAUSE = 5;
/** Milliseconds SQLite itself may wait, holding up the thread. */
const BUSY_TIMEOUT = 5;
const SYNCHRONOUS = ['OFF', 'NORMAL', 'FULL', 'EXTRA'];

/** Opens the database file, creating it when it is not there. Errors: StorageBroken when it is not ours or damaged. */
export function openSqlite(file: string): Engine {
  const database = openFile(file);
  return {
    name: 'sqlite',
    dialect: new SqliteDialect({ database: cachingStatements(database) }),
    hasTable: (name) => hasTable(database, name),
    runScript: (script) => runScript(database, script),
    inTransaction,
    claimOutbox,
    ...search,
    through: (index) => sql`indexed by ${sql.id(index)}`,
    primaryKeyOf: (table) => `sqlite_autoindex_${table}_1`,
    countKept,
    translate,
    changeMark: () => Number(database.pragma('data_version', { simple: true })),
    facts: () => factsOf(database, file),
    close: () => database.close(),
  };
}

function openFile(file: string): Sqlite.Database {
  const isNew = !existsSync(file);
  try {
    const database = new Sqlite(file);
    setPragmas(database, file);
    if (isNew) syncNow(dirname(file));
    return database;
  } catch (error) {
    throw translate(error);
  }
}

function setPragmas(database: Sqlite.Database, file: string): void {
  const owner = database.pragma('application_id', { simple: true });
  // Ours is named before it gets its first table.
  if (owner !== APPLICATION_ID && (owner !== 0 || holdsTables(database))) {
    database.close();
    throw new StorageBroken(`${file} is a database of another program; give Thanadak a folder of its own.`);
  }
  // better-sqlite3 is built so that WAL means synchronous=NORMAL unless FULL is asked for by name.
  for (const pragma of [
    // Rows of one to two kilobytes: with twice the usual page a commit writes a third less.
    'page_size = 8192',
    `busy_timeout = ${BUSY_TIMEOUT}`,
    'journal_mode = WAL',
    'synchronous = FULL',
    'foreign_keys = ON',
    'trusted_schema = OFF',
    'cell_size_check = ON',
    'mmap_size = 0',
    'cache_size = -65536',
    'temp_store = MEMORY',
    'journal_size_limit = 67108864',
    'wal_autocheckpoint = 1000',
  ]) {
    database.pragma(pragma);
  }
  if (owner === 0) database.pragma(`application_id = ${APPLICATION_ID}`);
  // The level can fall back at the first write, so it is only believed when read after one.
  if (database.pragma('synchronous', { simple: true }) !== 2) {
    database.close();
    throw new StorageBroken(
      'The database does not run with synchronous=FULL; an accepted letter could be lost.',
    );
  }
}

function holdsTables(database: Sqlite.Database): boolean {
  return database.prepare("select 1 from sqlite_master where type = 'table'").get() !== undefined;
}

/** Kysely prepares each query anew; the same text is prepared once here. */
function cachingStatements(database: Sqlite.Database): SqliteDatabase {
  const statements = new Map<string, Sqlite.Statement>();
  return {
    close: () => database.close(),
    prepare(text) {
      let statement = statements.get(text);
      if (!statement) {
        if (statements.size > 500) statements.clear();
        statement = database.prepare(text);
        statements.set(text, statement);
      }
      return statement as unknown as ReturnType<SqliteDatabase['prepare']>;
    },
  };
}

/** Only at start, when nobody waits for this thread: here the database may be waited for. */
function runScript(database: Sqlite.Database, script: string): void {
  database.pragma(`busy_timeout = ${BUSY_LIMIT}`);
  try {
    database.exec('begin immediate');
    database.exec(script);
    database.exec('commit');
  } finally {
    if (database.inTransaction) database.exec('rollback');
    database.pragma(`busy_timeout = ${BUSY_TIMEOUT}`);
  }
}

function hasTable(database: Sqlite.Database, name: string): boolean {
  return (
    database.prepare("select 1 from sqlite_master where type = 'table' and name = ?").get(name) !== undefined
  );
}

const BEGIN = sql`begin immediate`;
const COMMIT = sql`commit`;
const ROLLBACK = sql`rollback`;

/** Waits without holding up the thread: SQLite's own busy timeout would stop every client of the house. */
async function begin(connection: Kysely<Tables>): Promise<void> {
  for (let waited = 0; ; waited += BUSY_PAUSE) {
    try {
      await BEGIN.execute(connection);
      return;
    } catch (error) {
      if (!isBusy(error) || waited >= BUSY_LIMIT) throw error;
      await new Promise((resolve) => setTimeout(resolve, BUSY_PAUSE));
    }
  }
}

/** `begin immediate`: a transaction that starts by reading could be refused when it comes to write. */
async function inTransaction<T>(db: Kysely<Tables>, work: (tx: Kysely<Tables>) => Promise<T>): Promise<T> {
  return db.connection().execute(async (connection) => {
    await begin(connection);
    try {
      const result = await work(connection);
      await COMMIT.execute(connection);
      return result;
    } catch (error) {
      await ROLLBACK.execute(connection).catch(() => undefined);
      throw error;
    }
  });
}

async function claimOutbox(db: Kysely<Tables>, claim: OutboxClaim): Promise<string[]> {
  const rows = await db
    .updateTable('outbox')
    .set((eb) => ({
      state: 'sending',
      lease_until: claim.leaseUntil,
      next_at: claim.leaseUntil,
      attempts: eb('attempts', '+', 1),
    }))
    .where(
      'id',
      'in',
      db
        .selectFrom('outbox')
        .select('id')
        .where('next_at', '<=', claim.now)
        .orderBy('next_at')
        // A bound limit makes SQLite plan the query anew each time.
        .limit(sql.lit(claim.limit)),
    )
    .returning('id')
    .execute();
  return rows.map((row) => row.id);
}

/** Rows are numbered one after the other. */
async function countKept(db: Kysely<Tables>, table: 'outbox' | 'message'): Promise<number> {
  const { rows } = await sql<{
    last: number | null;
  }>`select max(rowid) as last from ${sql.table(table)}`.execute(db);
  return rows[0]?.last ?? 0;
}

const BROKEN = /^SQLITE_(IOERR|CORRUPT|NOTADB|CANTOPEN|READONLY|PROTOCOL)/;

export function translate(error: unknown): unknown {
  if (!(error instanceof Sqlite.SqliteError)) return error;
  if (BROKEN.test(error.code))
    return new StorageBroken(`The database failed: ${messageOf(error)}.`, { cause: error });
  if (error.code.startsWith('SQLITE_FULL')) return new DiskFull('The disk is full.', { cause: error });
  return isBusy(error) ? new TemporaryFailure('The database is busy.', { cause: error }) : error;
}

function isBusy(error: unknown): boolean {
  return error instanceof Sqlite.SqliteError && /^SQLITE_(BUSY|LOCKED)/.test(error.code);
}

function factsOf(database: Sqlite.Database, file: string): StoreFacts {
  const level = Number(database.pragma('synchronous', { simple: true }));
  return {
    engine: 'sqlite',
    synchronous: SYNCHRONOUS[level] ?? String(level),
    bytes: sizeOf(file) + sizeOf(`${file}-wal`),
  };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
