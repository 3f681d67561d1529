// The folder of backups, and files as backup, restore and verification see them.
//
//   letters/2026/11/24/<id>.eml     every letter once, for all sets
//   lists/2026-11-24.<hash>.sha256  the letters of one day as `sha256sum --check` reads them; sets share equal ones
//   sets/<moment>/                  thanadak.db, spool/, keys/, config/ and, written last, manifest.json

import type { Instant } from '../domain/time.js';

export interface Digest {
  bytes: number;
  /** SHA-256, lower-case hex. */
  sha256: string;
}

export interface FileMark extends Digest {
  /** Relative to the folder of its set. */
  path: string;
}

/** The letters of one day in one set. */
export interface DayMark {
  /** `letters/2026/11/24`. */
  day: string;
  letters: number;
  bytes: number;
  /** Where their list lies, relative to the folder of backups, and its hash. */
  list: string;
  sha256: string;
}

/** A letter in a list; its bytes are not known there. */
export interface ListedLetter {
  path: string;
  sha256: string;
}

export interface Manifest {
  format: 1;
  /** Version of the program that made it. */
  version: string;
  /** Name of the database's newest migration. */
  shape: string;
  begunAt: Instant;
  endedAt: Instant;
  letters: number;
  spooled: number;
  held: number;
  files: FileMark[];
  days: DayMark[];
  /** What of the house could not be saved, because it was damaged or not there. */
  problems: string[];
}

/** A set being made: `sets/<name>.part` until `finish`, which makes it one. */
export interface OpenSet {
  /** Absolute path for one relative to the set; the folder is made. */
  place(path: string): Promise<string>;
  /** Marks a file that was put at its place. */
  mark(path: string): Promise<FileMark>;
  /** Copies a file, or links it where that is possible and it never changes; undefined when it is gone. */
  put(source: string, path: string, how: 'copy' | 'link'): Promise<FileMark | undefined>;
  write(path: string, bytes: Uint8Array): Promise<FileMark>;
  /** Writes the manifest, syncs everything and gives the set its name. */
  finish(manifest: Manifest): Promise<void>;
}

/** Letters below a folder: the archive of a house, or of a backup. Errors: those of the disk. */
export interface LetterFiles {
  /** `letters/2026/11/24` and so on, in their order; folders of other names are `strays`. */
  days(): Promise<string[]>;
  /** Names of files in a day. */
  names(day: string): Promise<string[]>;
  /** Paths below `letters` that are neither a day nor a letter in one. */
  strays(): Promise<string[]>;
  /** Undefined when there is no such file. */
  digest(path: string): Promise<Digest | undefined>;
}

export interface Vault {
  letters: LetterFiles;
  /** Names of the sets that are complete, oldest first. */
  sets(): Promise<string[]>;
  /** Errors: 'not-found', 'refused' when it is damaged. */
  manifest(set: string): Promise<Manifest>;
  /** Absolute path of a file of a set. */
  pathIn(set: string, path: string): string;
  /** Absolute path for one relative to the folder of backups. */
  pathOf(path: string): string;
  /** Undefined when there is no such file in the set. */
  digest(set: string, path: string): Promise<Digest | undefined>;
  /** Errors: 'refused' when the list is not there or not the one the mark tells of. */
  list(mark: DayMark): Promise<ListedLetter[]>;
}

/** The folder while one backup is made in it; nobody else writes there meanwhile. */
export interface WritableVault extends Vault {
  /** Begins a set, and removes what others left half made. */
  begin(name: string): Promise<OpenSet>;
  /** Keeps a letter whose bytes lie at `source`. `damaged` and `missing` leave nothing. */
  keep(
    source: string,
    letter: Digest & { path: string },
  ): Promise<'linked' | 'copied' | 'damaged' | 'missing'>;
  /** Syncs the day's folder, and writes the list of its letters where there is none like it. */
  settleDay(day: string, letters: readonly (ListedLetter & Digest)[]): Promise<DayMark>;
  /** Removes all sets but the newest `count`, and the letters and lists that no set names any more. */
  prune(count: number): Promise<{ sets: string[]; letters: number }>;
  close(): Promise<void>;
}

/** The empty folder that a set is restored into. */
export interface Target {
  /** Copies a file to its place; answers what was copied, undefined when the source is gone. */
  take(source: string, path: string): Promise<Digest | undefined>;
  /** Removes a file that was taken and is not what it should be. */
  drop(path: string): Promise<void>;
  /** Gives a file taken under another name its own. */
  rename(from: string, to: string): Promise<void>;
  /** Syncs every folder. */
  settle(): Promise<void>;
}

/** How far something has come; `total` is 0 where it is not known. */
export interface Progress {
  stage: string;
  done: number;
  total: number;
}
export type OnProgress = (progress: Progress) => void;
