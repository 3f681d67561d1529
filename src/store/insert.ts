// Inserts on the way of every letter: the statement is written once per shape of a row, not once per row.
import type { CompiledQuery, Insertable, Kysely } from 'kysely';
import type { Tables } from './tables.js';

const statements = new Map<string, CompiledQuery>();

/** Inserts one row that gives a value to every column it names. Errors: the engine's. */
export async function insertRow<T extends keyof Tables & string>(
  db: Kysely<Tables>,
  table: T,
  row: Insertable<Tables[T]>,
): Promise<void> {
  const shape = `${table} ${Object.keys(row).join(' ')}`;
  let statement = statements.get(shape);
  if (!statement) {
    statement = db.insertInto(table).values(row).compile();
    statements.set(shape, statement);
  }
  // Parameters stand in the order of the row's keys, which is the order the statement was written in.
  await db.executeQuery({ ...statement, parameters: Object.values(row) });
}
