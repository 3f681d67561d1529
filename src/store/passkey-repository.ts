// Passkeys of officers.
import type { Passkey, PasskeyRepository } from '../ports/sign-in.js';
import type { SignInTables } from './sign-in-tables.js';
import type { Bound } from './store.js';

export function passkeyRepository({ db }: Bound): PasskeyRepository {
  return {
    async add(passkey) {
      const { publicKey, createdAt, usedAt, transports, ...parts } = passkey;
      await db
        .insertInto('passkey')
        .values({
          ...parts,
          public_key: publicKey,
          transports: JSON.stringify(transports),
          created_at: createdAt,
          used_at: usedAt,
        })
        .execute();
    },
    async find(id) {
      const row = await db.selectFrom('passkey').selectAll().where('id', '=', id).executeTakeFirst();
      return row && passkeyOf(row);
    },
    async ofOfficer(officer) {
      const rows = await db
        .selectFrom('passkey')
        .selectAll()
        .where('officer', '=', officer)
        .orderBy('created_at')
        .orderBy('id')
        .execute();
      return rows.map(passkeyOf);
    },
    async used(id, { counter, at }) {
      await db.updateTable('passkey').set({ counter, used_at: at }).where('id', '=', id).execute();
    },
    async remove(id, officer) {
      const removed = await db
        .deleteFrom('passkey')
        .where('id', '=', id)
        .where('officer', '=', officer)
        .returning('id')
        .executeTakeFirst();
      return removed !== undefined;
    },
  };
}

function passkeyOf(row: SignInTables['passkey']): Passkey {
  const { public_key: publicKey, created_at: createdAt, used_at: usedAt, transports, ...parts } = row;
  return { ...parts, publicKey, createdAt, usedAt, transports: JSON.parse(transports) as string[] };
}
