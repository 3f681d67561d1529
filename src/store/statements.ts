// Statements on the way of every letter: written once, run with other values each time.
import type { Compilable, CompiledQuery, Insertable, Kysely } from 'kysely';
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

/**
 * Runs the statement known as `name`, written by `write` the first time, with `parameters` in the order in which the
 * statement names them. What is the same in every run is written as a literal. Errors: the engine's.
 */
export async function runStatement<Row>(
  db: Kysely<Tables>,
  { name, parameters }: { name: string; parameters: readonly unknown[] },
  write: () => Compilable<Row>,
): Promise<Row[]> {
  const known = statement(name, () => write().compile());
  if (known.parameters.length !== parameters.length) {
    throw new TypeError(`"${name}" takes ${known.parameters.length} values, not ${parameters.length}.`);
  }
  const { rows } = await db.executeQuery<Row>({ ...known, parameters });
  return rows;
}

/** Inserts one row that gives a value to every column it names. Errors: the engine's. */
export function insertRow<T extends keyof Tables & string>(
  db: Kysely<Tables>,
  table: T,
  row: Insertable<Tables[T]>,
): Promise<void> {
  return insertRows(db, table, [row]);
}

/** Inserts rows that name the same columns in the same order, in one statement. Errors: the engine's. */
export async function insertRows<T extends keyof Tables & string>(
  db: Kysely<Tables>,
  table: T,
  rows: readonly Insertable<Tables[T]>[],
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const shape = `${table} ${rows.length} ${Object.keys(first).join(' ')}`;
  const insert = statement(shape, () =>
    db
      .insertInto(table)
      .values([...rows])
      .compile(),
  );
  // Parameters stand in the order of the rows' keys, which is the order the statement was written in.
  await db.executeQuery({ ...insert, parameters: rows.flatMap((row) => Object.values(row)) });
}
