// Signed checkpoints of the journal.
import { type Kysely, type Selectable, sql } from 'kysely';
import type { Checkpoint } from '../domain/journal-chain.js';
import type { JournalRepository } from '../ports/store.js';
import type { CheckpointTable } from './journal-tables.js';
import type { Tables } from './tables.js';

export function checkpointRepository(
  db: Kysely<Tables>,
): Pick<JournalRepository, 'addCheckpoint' | 'newestCheckpoint' | 'checkpoints'> {
  const all = db.selectFrom('journal_checkpoint').selectAll();
  return {
    async addCheckpoint({ number, at, chainHash, keyId, signature }) {
      await db
        .insertInto('journal_checkpoint')
        .values({ number, at, chain_hash: chainHash, key_id: keyId, signature })
        .execute();
    },
    async newestCheckpoint() {
      const row = await all.orderBy('number', 'desc').limit(sql.lit(1)).executeTakeFirst();
      return row && checkpointOf(row);
    },
    async checkpoints() {
      return (await all.orderBy('number').execute()).map(checkpointOf);
    },
  };
}

function checkpointOf(row: Selectable<CheckpointTable>): Checkpoint {
  const { number, at, signature } = row;
  return { number, at, chainHash: row.chain_hash, keyId: row.key_id, signature };
}
