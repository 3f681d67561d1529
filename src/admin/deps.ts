// What the command line needs of the house; main.ts gives it and hides everything else.
import type { Audited } from '../audit/audit.js';
import type { BackupMade } from '../backup/making.js';
import type { Restored } from '../backup/restoring.js';
import type { Verified } from '../backup/verifying.js';
import type { Desk } from '../desk/desk.js';
import type { Escalation } from '../domain/escalation.js';
import type { Checkpoint } from '../domain/journal-chain.js';
import type { People } from '../domain/people.js';
import type { Actor } from '../domain/rights.js';
import type { Station } from '../domain/station.js';
import type { Ticket } from '../domain/ticket.js';
import type { Instant } from '../domain/time.js';
import type { OfficeRules } from '../ports/office.js';
import type { Session as SignInSession } from '../ports/sign-in.js';
import type { Archive, Spool } from '../ports/spool.js';
import type { Store } from '../ports/store.js';
import type { Clock } from '../ports/surroundings.js';
import type { OnProgress } from '../ports/vault.js';

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

/** The desk as a second process has it: the daemon finds the letters it owes within a second. */
export interface HouseOffice {
  desk: Desk;
  /** The configuration as desk and sweep see it. */
  rules: OfficeRules;
  /** Everybody as they are now: configured, added by command, posts known by address. */
  people(): Promise<People>;
  /** Errors: 'not-found', 'not-allowed'. */
  acknowledgeEscalation(order: { id: string; actor: Actor }): Promise<Escalation>;
  /** One pass over what is due, as the daemon makes it every minute. */
  sweep(): Promise<{ events: number; digests: number; suggested: number }>;
  /** Closed tickets whose time is over, the longest closed first. */
  planErasures(): Promise<Ticket[]>;
  /** Erases them as the daemon does every hour; resolves to how many. */
  eraseOver(): Promise<number>;
  /** When this command was started: what somebody changed on a ticket since then was not before the caller's eyes. */
  startedAt: Instant;
}

/** What can be said about the journal. */
export interface HouseAudit {
  keyId: string;
  /** SPKI, PEM. */
  publicKey: string;
  verify(): Promise<Audited>;
  /** Signs how far the journal has come; `note` is the same as text with its signature. */
  checkpoint(): Promise<Checkpoint & { note: string }>;
}

/** The house as a second process sees it: same store, same folders, no daemon. */
export interface House {
  store: Store;
  spool: Spool;
  archive: Archive;
  /** The decoded bytes of an attachment of the letter at `path`; null when it has none such. */
  readPart(path: string, part: string): Promise<Uint8Array | null>;
  /** Absolute path of a held letter's bytes. */
  heldPathOf(id: string): string;
  config: { publicUrl: string; stations: readonly Station[]; timeZone: string };
  /** Desk and rules; read when a command first asks, because most commands do without. */
  office(): Promise<HouseOffice>;
  /** The journal and the key that signs it. */
  audit(): Promise<HouseAudit>;
  /** Argon2id, as the pages check it. */
  hashPassword(password: string): Promise<string>;
  /** The sessions of an officer whose time is not over, the last seen first. */
  openSessions(officer: string): Promise<SignInSession[]>;
  /** When the state that the last backup holds was; null before the first. */
  lastBackupAt(): Promise<Instant | null>;
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

/** Where a command about backups works: the configuration, the folder of backups, one set in it. */
export interface BackupPlace {
  file?: string | undefined;
  directory?: string | undefined;
  set?: string | undefined;
}

/** Backups; none of these needs the daemon or stops it. */
export interface Backups {
  /** Errors: 'invalid' without a folder, 'unavailable' while another one is made there. */
  make(
    order: BackupPlace & { keep?: number | undefined },
    onProgress: OnProgress,
  ): Promise<BackupMade & { directory: string }>;
  /** Into an empty folder. Errors: 'not-found', 'conflict' when it is not empty, 'refused' for a damaged set. */
  restore(
    order: BackupPlace & { directory: string; into?: string | undefined },
    onProgress: OnProgress,
  ): Promise<Restored & { folder: string }>;
  /** The house, or one set of a folder of backups. */
  verify(place: BackupPlace, onProgress: OnProgress): Promise<Verified & { set: string | null }>;
}

export interface AdminDeps {
  version: string;
  clock: Clock;
  stdout(text: string): void;
  stderr(text: string): void;
  /** Bytes to stdout exactly; resolves when the next may follow. */
  writeRaw(chunk: Uint8Array): Promise<void>;
  /** All bytes of stdin. */
  readStdin(): Promise<Uint8Array>;
  /** A line typed without being shown. Errors: 'invalid' when nobody sits there. */
  readSecret(prompt: string): Promise<string>;
  /** Whether stdout is one. */
  isTerminal: boolean;
  /** Whether stderr is one, so that somebody sees how far something has come. */
  showsProgress: boolean;
  /** Width of the terminal in characters. */
  columns: number;
  /** Runs the daemon until it stops; resolves to the exit code. */
  serve(file?: string): Promise<number>;
  /** Errors: 'invalid' with the configuration's problems as text, and those of opening a store. */
  openHouse(file?: string): Promise<House>;
  /** Brings the database to the current shape. */
  migrate(file?: string): Promise<{ applied: string[]; current: string }>;
  /** Puts a new key before the one that signs. Errors: 'invalid' when the file holds no keys. */
  rotateKeys(file?: string): Promise<{ file: string }>;
  configuration: Configuration;
  /** Read when a command first asks. */
  backups(): Promise<Backups>;
}
