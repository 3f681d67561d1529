// Counters of automatic letters, and switches that stop them.
import { sql } from 'kysely';
import type { AllowanceRepository, SwitchRepository } from '../ports/desk-store.js';
import { runStatement } from './statements.js';
import type { Bound } from './store.js';

export function allowanceRepository(bound: Bound): AllowanceRepository {
  const known = new Map<string, Known>();
  bound.beforeCommit?.(() => writeDown(bound.db, known));
  return {
    async used(counters) {
      await lookUp(bound, known, counters);
      return counters.map((counter) => known.get(keyOf(counter))?.used ?? 0);
    },
    async use(counters) {
      await lookUp(bound, known, counters);
      return counters.map((counter) => {
        const one = known.get(keyOf(counter)) ?? { ...counter, used: 0, changed: true };
        known.set(keyOf(counter), { ...one, used: one.used + 1, changed: true });
        return one.used + 1;
      });
    },
    async forgetBefore(slot) {
      await bound.db.deleteFrom('allowance').where('slot', '<', slot).execute();
    },
  };
}

type Counter = Parameters<AllowanceRepository['used']>[0][number];
type Counted = Counter & { used: number };
/** A counter as the unit of work has it; `changed` when the row says less. */
type Known = Counted & { changed: boolean };

function keyOf({ key, slot }: Counter): string {
  return `${slot} ${key}`;
}

/**
 * A unit of work files many letters that share most of their counters and nobody else writes meanwhile, so each is read
 * once and written once. Outside of one, rows are read anew every time.
 */
async function lookUp(
  { db, beforeCommit }: Bound,
  known: Map<string, Known>,
  counters: readonly Counter[],
): Promise<void> {
  if (!beforeCommit) known.clear();
  const unknown = counters.filter((counter) => !known.has(keyOf(counter)));
  if (unknown.length === 0) return;
  for (const { key, slot } of unknown)
    known.set(keyOf({ key, slot }), { key, slot, used: 0, changed: false });
  const asked = {
    name: `read ${unknown.length} allowances`,
    parameters: unknown.flatMap(({ key, slot }) => [key, slot]),
  };
  const rows = await runStatement(db, asked, () =>
    db
      .selectFrom('allowance')
      .selectAll()
      .where((eb) => eb.or(unknown.map(({ key, slot }) => eb.and({ key, slot })))),
  );
  for (const row of rows) known.set(keyOf(row), { ...row, changed: false });
}

/** Rows of one statement, from many to few, so that only three statements are ever written. */
const TOGETHER = [32, 8, 1] as const;

async function writeDown(db: Bound['db'], known: ReadonlyMap<string, Known>): Promise<void> {
  const changed = [...known.values()].filter((one) => one.changed);
  for (const count of TOGETHER) {
    while (changed.length >= count) await writeRows(db, changed.splice(0, count));
  }
}

async function writeRows(db: Bound['db'], counted: readonly Counted[]): Promise<void> {
  const rows = counted.map(({ key, slot, used }) => ({ key, slot, used }));
  const written = {
    name: `write ${rows.length} allowances`,
    parameters: rows.flatMap((row) => Object.values(row)),
  };
  await runStatement(db, written, () =>
    db
      .insertInto('allowance')
      .values(rows)
      .onConflict((oc) => oc.columns(['key', 'slot']).doUpdateSet({ used: sql`excluded.used` })),
  );
}

export function switchRepository({ db, now }: Bound): SwitchRepository {
  return {
    async set(name, { actor, reason }) {
      const row = { since: now(), actor, reason };
      await db
        .insertInto('switch')
        .values({ name, ...row })
        .onConflict((oc) => oc.column('name').doUpdateSet(row))
        .execute();
    },
    async clear(name) {
      const row = await db.deleteFrom('switch').where('name', '=', name).returning('name').executeTakeFirst();
      return row !== undefined;
    },
    async find(name) {
      const [row] = await runStatement(db, { name: 'switch by name', parameters: [name] }, () =>
        db.selectFrom('switch').selectAll().where('name', '=', name),
      );
      return row;
    },
  };
}
