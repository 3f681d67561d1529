// The spool and the archive: where letters lie.
import type { Readable } from 'node:stream';
import type { Envelope, HeldLetter, SpooledLetter } from '../domain/letter.js';

/**
 * Letters accepted and not yet filed, and the archive they move to. The folder is the state: a letter is in the
 * spool from the moment `keep` resolves until `remove`, and it survives power loss at every instant between.
 */
export interface Spool {
  /**
   * Streams `body` to disk while hashing and resolves when the letter, its envelope and their names are on stable
   * storage. Memory does not grow with the letter. Rejects with LetterTooLarge (at the byte that crosses
   * `maxBytes`), DiskFull, TemporaryFailure (the client went away), StorageBroken (a sync failed); in each case
   * nothing of the letter is left.
   */
  keep(letter: { id: string; envelope: Envelope; body: Readable; maxBytes: number }): Promise<SpooledLetter>;

  /** Ids in the spool, oldest first. */
  list(): Promise<string[]>;

  /** The letter with this id; undefined when it is not in the spool (any more). */
  find(id: string): Promise<SpooledLetter | undefined>;

  /** Absolute path of the letter's bytes in the spool. */
  pathOf(id: string): string;

  /**
   * Gives the letters their place in the archive by hard link and syncs the folders once for all of them.
   * Idempotent. Resolves to the path of each, relative to the data folder, in the same order.
   */
  archive(letters: readonly SpooledLetter[]): Promise<string[]>;

  /** Takes the letter out of the spool, after the commit that made the ticket its owner. Idempotent. */
  remove(id: string): Promise<void>;

  /** Moves the letter aside with the reason; it stays kept until `release`. */
  hold(id: string, problem: string): Promise<void>;
  listHeld(): Promise<HeldLetter[]>;
  /** Puts a held letter back into the spool. False when there is none with this id. */
  release(id: string): Promise<boolean>;

  /** Free bytes for us on the spool's disk. */
  freeBytes(): Promise<number>;
}

/** Reads archived letters. */
export interface Archive {
  /** Absolute path for the relative one that `Spool.archive` gave. */
  pathOf(relative: string): string;
  /** Removes an archived letter for good; that it is gone already is fine. Errors: system errors. */
  remove(relative: string): Promise<void>;
}
