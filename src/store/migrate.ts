// Brings the database to the shape this program needs: plain SQL files, one transaction each, recorded by checksum.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { messageOf, StorageBroken } from '../domain/errors.js';
import type { Instant } from '../domain/time.js';
import { sha256 } from '../machine/digest.js';
import type { Engine } from './engine/engine.js';
import type { Tables } from './tables.js';

interface Migration {
  number: number;
  name: string;
  script: string;
  checksum: string;
}

interface Applied {
  number: number;
  name: string;
  checksum: string;
}

const RECORD = `create table if not exists migration (
  number integer primary key, name text not null, checksum text not null, applied_at text not null
)`;

export interface Migrated {
  /** Names of the migrations this opening applied. */
  applied: string[];
  /** Name of the newest migration the database has. */
  current: string;
}

/**
 * Applies what is missing from `folder`. Refuses with StorageBroken when the database is
 * newer than the program, or when a migration already applied is not the one in the folder.
 */
export async function migrate(
  db: Kysely<Tables>,
  engine: Engine,
  options: { folder: string; now: Instant },
): Promise<Migrated> {
  // Only writes when it must: the command line opens the store while the daemon is writing.
  if (!engine.hasTable('migration')) engine.runScript(RECORD);
  const known = readMigrations(join(options.folder, engine.name));
  const applied = await readApplied(db);
  refuseForeign(known, applied);
  const missing = known.slice(applied.length);
  for (const migration of missing) apply(engine, migration, options.now);
  return { applied: missing.map(({ name }) => name), current: known.at(-1)?.name ?? '' };
}

/** Name of the newest migration of this program. */
export function newestShape(folder: string, engineName: string): string {
  return readMigrations(join(folder, engineName)).at(-1)?.name ?? '';
}

function readMigrations(folder: string): Migration[] {
  const files = readdirSync(folder).filter((file) => /^\d{4}_\w+\.sql$/.test(file));
  return files.sort().map((file, index) => {
    const number = Number(file.slice(0, 4));
    if (number !== index + 1) {
      throw new StorageBroken(`Migration ${file} is out of order: number ${index + 1} is missing.`);
    }
    const script = readFileSync(join(folder, file), 'utf8');
    return {
      number,
      name: file.slice(0, -4),
      script,
      checksum: sha256(script),
    };
  });
}

async function readApplied(db: Kysely<Tables>): Promise<Applied[]> {
  const result = await sql<Applied>`select number, name, checksum from migration order by number`.execute(db);
  return result.rows;
}

function refuseForeign(known: readonly Migration[], applied: readonly Applied[]): void {
  for (const [index, row] of applied.entries()) {
    const migration = known[row.number - 1];
    if (!migration) {
      throw new StorageBroken(
        `The database is newer than this program (it has migration ${row.name}); install the newer program again.`,
      );
    }
    if (row.number !== index + 1) {
      throw new StorageBroken(
        `The database has migration ${row.name} and not number ${index + 1} before it; restore the database from the backup.`,
      );
    }
    if (migration.checksum !== row.checksum) {
      throw new StorageBroken(
        `Migration ${row.name} is not the one the database was made with; restore the file from the release.`,
      );
    }
  }
}

/** All or nothing. What is no fault of the disk means that somebody else has changed the tables. */
function apply(engine: Engine, migration: Migration, now: Instant): void {
  try {
    engine.runScript(withRecord(migration, now));
  } catch (error) {
    const known = engine.translate(error);
    if (known !== error) throw known;
    throw new StorageBroken(
      `Migration ${migration.name} cannot be applied (${messageOf(error)}): the database is not as the last one left it. Nothing was changed; restore the database from the backup.`,
      { cause: error },
    );
  }
}

function withRecord(migration: Migration, now: Instant): string {
  const values = [String(migration.number), `'${migration.name}'`, `'${migration.checksum}'`, `'${now}'`];
  return `${migration.script}\ninsert into migration (number, name, checksum, applied_at) values (${values.join(', ')});`;
}
