// Counters of automatic letters, and switches that stop them.
import { sql } from 'kysely';
import type { AllowanceRepository, SwitchRepository } from '../ports/desk-store.js';
import { statement } from './statements.js';
import type { Bound } from './store.js';

export function allowanceRepository({ db }: Bound): AllowanceRepository {
  return {
    async used(counters) {
      if (counters.length === 0) return [];
      const { rows } = await db.executeQuery<Counted>({
        ...readTogether(db, counters.length),
        parameters: counters.flatMap(({ key, slot }) => [key, slot]),
      });
      return inOrderOf(counters, rows);
    },
    async use(counters) {
      if (counters.length === 0) return [];
      const { rows } = await db.executeQuery<Counted>({
        ...useTogether(db, counters.length),
        parameters: counters.flatMap(({ key, slot }) => [key, slot, 1]),
      });
      return inOrderOf(counters, rows);
    },
    async forgetBefore(slot) {
      await db.deleteFrom('allowance').where('slot', '<', slot).execute();
    },
  };
}

type Counter = Parameters<AllowanceRepository['used']>[0][number];
type Counted = Counter & { used: number };

/** A counter without a row was never used. */
function inOrderOf(counters: readonly Counter[], rows: readonly Counted[]): number[] {
  return counters.map(({ key, slot }) => rows.find((row) => row.key === key && row.slot === slot)?.used ?? 0);
}

/** A letter has more than ten counters: one statement for all of them, written once for each number of them. */
function readTogether(db: Bound['db'], count: number) {
  return statement(`read ${count} allowances`, () =>
    db
      .selectFrom('allowance')
      .selectAll()
      .where((eb) => eb.or(Array.from({ length: count }, () => eb.and({ key: '', slot: '' }))))
      .compile(),
  );
}

function useTogether(db: Bound['db'], count: number) {
  return statement(`use ${count} allowances`, () =>
    db
      .insertInto('allowance')
      .values(Array.from({ length: count }, () => ({ key: '', slot: '', used: 1 })))
      .onConflict((oc) => oc.columns(['key', 'slot']).doUpdateSet({ used: sql`allowance.used + 1` }))
      .returningAll()
      .compile(),
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
      return db.selectFrom('switch').selectAll().where('name', '=', name).executeTakeFirst();
    },
  };
}
