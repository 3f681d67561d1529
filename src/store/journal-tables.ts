// Rows of the journal and of its checkpoints.

import type { Generated } from 'kysely';

export interface JournalTable {
  number: Generated<number>;
  id: string;
  ticket_id: string | null;
  at: string;
  actor: string;
  event: string;
  detail: string;
  salt: string | null;
  detail_hash: string | null;
  ticket_hash: string | null;
  chain_hash: string | null;
}

export interface CheckpointTable {
  number: number;
  at: string;
  chain_hash: string;
  key_id: string;
  signature: string;
}
