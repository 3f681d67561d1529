// Signed checkpoints of the journal.
import type { Kysely } from 'kysely';
import type { JournalRepository } from '../ports/store.js';
import type { Tables } from './tables.js';

export function checkpointRepository(
  db: Kysely<Tables>,
): Pick<JournalRepository, 'addCheckpoint' | 'checkpoints'> {
  return {
    async addCheckpoint({ number, at, chainHash, keyId, signature }) {
      await db
        .insertInto('journal_checkpoint')
        .values({ number, at, chain_hash: chainHash, key_id: keyId, signature })
        .execute();
    },
    async checkpoints() {
      const rows = await db.selectFrom('journal_checkpoint').selectAll().orderBy('number').execute();
      return rows.map(({ number, at, chain_hash: chainHash, key_id: keyId, signature }) => ({
        number,
        at,
        chainHash,
        keyId,
        signature,
      }));
    },
  };
}
