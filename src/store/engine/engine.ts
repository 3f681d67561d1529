// Everything in which one SQL engine differs from another. Private to store/.
import type { Dialect, Kysely, RawBuilder } from 'kysely';
import type { StoreFacts } from '../../ports/store.js';
import type { Tables } from '../tables.js';

export interface OutboxClaim {
  limit: number;
  now: string;
  leaseUntil: string;
}

export interface Engine {
  /** Folder below `migrations/`. */
  name: string;
  dialect: Dialect;
  hasTable(name: string): boolean;
  /** Runs a script of several statements in one transaction. */
  runScript(script: string): void;
  /** Runs `work` in one transaction that holds the right to write from its start. */
  inTransaction<T>(db: Kysely<Tables>, work: (tx: Kysely<Tables>) => Promise<T>): Promise<T>;
  /** Ids of the outbox rows taken; two claims never take the same row. */
  claimOutbox(db: Kysely<Tables>, claim: OutboxClaim): Promise<string[]>;
  /** Makes the words of a message findable. */
  indexWords(db: Kysely<Tables>, messageNumber: number, words: string): Promise<void>;
  /** Makes the words of a message unfindable. */
  forgetWords(db: Kysely<Tables>, messageNumber: number): Promise<void>;
  /** Condition on `message.number` for messages that hold every token; the last may be the beginning of a word. */
  holdsWords(tokens: readonly string[]): RawBuilder<boolean>;
  /** Our own kind of error for one of the engine's. */
  translate(error: unknown): unknown;
  /** Changes when another process has written. */
  changeMark(): number;
  facts(): StoreFacts;
  close(): void;
}
