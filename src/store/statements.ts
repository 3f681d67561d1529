// Statements on the way of every letter: written once, run with other values each time.
import type { CompiledQuery, Insertable, Kysely } from 'kysely';
import type { Tables } from './tables.js';

const statements = new Map<string, CompiledQuery>();

/** The statement known as `name`, written by `write` the first time. */
export function statement<Row>(name: string, write: () => CompiledQuery<Row>): CompiledQuery<Row> {
  const known = statements.get(name);
  if (known) return known as CompiledQuery<Row>;
  const written = write();
  statements.set(name, written);
  return written;
}

/** Inserts one row that gives a value to every column it names. Errors: the engine's. */
export async function insertRow<T extends keyof Tables & string>(
  db: Kysely<Tables>,
  table: T,
  row: Insertable<Tables[T]>,
): Promise<void> {
  const shape = `${table} ${Object.keys(row).join(' ')}`;
  const insert = statement(shape, () => db.insertInto(table).values(row).compile());
  // Parameters stand in the order of the row's keys, which is the order the statement was written in.
  await db.executeQuery({ ...insert, parameters: Object.values(row) });
}
