// Counters of automatic letters, and switches that stop them.
import { sql } from 'kysely';
import type { AllowanceRepository, SwitchRepository } from '../ports/desk-store.js';
import { statement } from './statements.js';
import type { Bound } from './store.js';

export function allowanceRepository({ db }: Bound): AllowanceRepository {
  return {
    async used(counters) {
      const used: number[] = [];
      for (const { key, slot } of counters) {
        const { rows } = await db.executeQuery<{ used: number }>({
          ...readOnce(db),
          parameters: [key, slot],
        });
        used.push(rows[0]?.used ?? 0);
      }
      return used;
    },
    async use(counters) {
      const used: number[] = [];
      for (const { key, slot } of counters) {
        const { rows } = await db.executeQuery<{ used: number }>({
          ...useOnce(db),
          parameters: [key, slot, 1],
        });
        used.push(rows[0]?.used ?? 0);
      }
      return used;
    },
    async forgetBefore(slot) {
      await db.deleteFrom('allowance').where('slot', '<', slot).execute();
    },
  };
}

function readOnce(db: Bound['db']) {
  return statement('read an allowance', () =>
    db.selectFrom('allowance').select('used').where('key', '=', '').where('slot', '=', '').compile(),
  );
}

function useOnce(db: Bound['db']) {
  return statement('use an allowance', () =>
    db
      .insertInto('allowance')
      .values({ key: '', slot: '', used: 1 })
      .onConflict((oc) => oc.columns(['key', 'slot']).doUpdateSet({ used: sql`allowance.used + 1` }))
      .returning('used')
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
