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
  /** Every token must occur; those of three characters or more also as the beginning of a word. */
  searchFor(db: Kysely<Tables>, tokens: readonly string[]): Promise<string>;
  /** Condition on a message's number: it holds what is searched for. Asked of the index for each message. */
  holds(column: string, search: string): RawBuilder<boolean>;
  /** The same; all messages that hold it are gathered first, once a statement. */
  isAmong(column: string, search: string): RawBuilder<boolean>;
  /** Numbers of messages that hold it, the newest first, those below `before`. */
  newestHolding(
    db: Kysely<Tables>,
    search: string,
    page: { before: number | undefined; limit: number },
  ): Promise<number[]>;
  /** After a table's name: it is read through this index, or the statement fails. */
  through(index: string): RawBuilder<unknown>;
  /** Name of the index behind a table's primary key. */
  primaryKeyOf(table: string): string;
  /** Number of rows of a table from which none is ever taken away, without counting them. */
  countKept(db: Kysely<Tables>, table: 'outbox' | 'message'): Promise<number>;
  /** Our own kind of error for one of the engine's. */
  translate(error: unknown): unknown;
  /** Changes when another process has written. */
  changeMark(): number;
  facts(): StoreFacts;
  close(): void;
}
