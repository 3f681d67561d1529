// A store opened for reading only, in whatever shape it is.
import { Kysely, sql } from 'kysely';
import type { Contradiction, ContradictionKind, Inspection } from '../ports/inspection.js';
import { QUERIES } from './contradictions.js';
import { openSqliteReading as openReading, type ReadingEngine } from './engine/sqlite-reading.js';
import { newestShape } from './migrate.js';
import type { Tables } from './tables.js';

const MOST = 100;

/** `migrations` as StoreOptions. Errors: StorageBroken when there is no database of ours at `file`. */
export function openInspection({ file, migrations }: { file: string; migrations: string }): Inspection {
  const engine = openReading(file);
  const db = new Kysely<Tables>({ dialect: engine.dialect });
  return {
    ...readings(db),
    shape: () => shapeOf(db),
    isCurrent: async () => (await shapeOf(db)) === newestShape(migrations, engine.name),
    ...checks(db, engine),
    copyTo: (path, onProgress) => engine.copyTo(path, onProgress),
    close: () => engine.close(),
  };
}

async function shapeOf(db: Kysely<Tables>): Promise<string> {
  const newest = sql<{ name: string }>`select name from migration order by number desc limit 1`;
  return (await newest.execute(db)).rows[0]?.name ?? '';
}

type Readings = Pick<Inspection, 'letters' | 'hasLetter' | 'counters' | 'references'>;

function readings(db: Kysely<Tables>): Readings {
  return {
    letters: (after, limit) =>
      db
        .selectFrom('letter')
        .select(['id', 'archive_path as path', 'bytes', 'sha256'])
        .where('id', '>', after)
        // Those that retention erased have no file any more.
        .where('archive_path', '<>', '')
        .orderBy('id')
        .limit(sql.lit(limit))
        .execute(),
    async hasLetter(id) {
      const row = await db.selectFrom('letter').select('id').where('id', '=', id).executeTakeFirst();
      return row !== undefined;
    },
    counters: () => db.selectFrom('counter').selectAll().orderBy('station').orderBy('year').execute(),
    async references(after, limit) {
      const rows = await db
        .selectFrom('ticket')
        .select('reference')
        .where('reference', '>', after)
        .orderBy('reference')
        .limit(sql.lit(limit))
        .execute();
      return rows.map(({ reference }) => reference);
    },
  };
}

function checks(
  db: Kysely<Tables>,
  engine: ReadingEngine,
): Pick<Inspection, 'damage' | 'dangling' | 'contradictions'> {
  return {
    damage: () => engine.damage(),
    dangling: () => engine.dangling(),
    contradictions: (kind) => find(db, kind),
  };
}

async function find(db: Kysely<Tables>, kind: ContradictionKind): Promise<Contradiction[]> {
  const { rows } = await QUERIES[kind].execute(db);
  return rows.slice(0, MOST).map(({ subject }) => ({ kind, subject: String(subject) }));
}
