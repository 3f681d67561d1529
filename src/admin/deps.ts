// What the command line needs of the house; main.ts gives it and hides everything else.
import type { Station } from '../domain/station.js';
import type { Archive, Spool } from '../ports/spool.js';
import type { Store } from '../ports/store.js';
import type { Clock } from '../ports/surroundings.js';

/** Something that is wrong, and the command or step that mends it. */
export interface Problem {
  what: string;
  mend: string;
}

/** What the daemon says of itself. */
export interface Health {
  ready: boolean;
  problems: Problem[];
}

/** The house as a second process sees it: same store, same folders, no daemon. */
export interface House {
  store: Store;
  spool: Spool;
  archive: Archive;
  /** Absolute path of a held letter's bytes. */
  heldPathOf(id: string): string;
  config: { publicUrl: string; stations: readonly Station[]; timeZone: string };
  /** Undefined when the daemon does not answer. */
  health(): Promise<Health | undefined>;
  close(): Promise<void>;
}

/** A text for people and the same as a value for `--json`. */
export interface Told {
  text: string;
  value: unknown;
}

export interface Configuration {
  /** Loads and checks everything; `text` tells people what is wrong, `problems` is the same for `--json`. */
  check(file?: string): Promise<{ ok: boolean; text: string; problems: readonly unknown[] }>;
  /**
   * The configuration in force, defaults filled in, secrets left out; `withOrigin` says in the text where each value
   * comes from. Errors: 'invalid'.
   */
  print(file: string | undefined, withOrigin: boolean): Promise<Told>;
  /** JSON Schema of the file. */
  schema(): object;
  /** What a key means, or the keys nearest to one that does not exist. */
  explain(key: string): Told | { nearest: readonly string[] };
  /** Every key that can be explained. */
  keys(): readonly string[];
}

export interface AdminDeps {
  version: string;
  clock: Clock;
  stdout(text: string): void;
  stderr(text: string): void;
  /** Bytes to stdout exactly; resolves when the next may follow. */
  writeRaw(chunk: Uint8Array): Promise<void>;
  /** Whether stdout is one. */
  isTerminal: boolean;
  /** Width of the terminal in characters. */
  columns: number;
  /** Runs the daemon until it stops; resolves to the exit code. */
  serve(file?: string): Promise<number>;
  /** Errors: 'invalid' with the configuration's problems as text, and those of opening a store. */
  openHouse(file?: string): Promise<House>;
  /** Brings the database to the current shape. */
  migrate(file?: string): Promise<{ applied: string[]; current: string }>;
  configuration: Configuration;
}
