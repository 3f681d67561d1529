// What became of the last backup, in a file of the data folder, so that daemon and command line tell the same.
import { join } from 'node:path';
import { systemCode } from '../domain/errors.js';
import type { Instant } from '../domain/time.js';
import { syncFolder } from '../machine/copying.js';
import { readFile, rename, writeSynced } from '../machine/files.js';

export interface LastBackup {
  /** When the last one ended, well or not. */
  at: Instant;
  ok: boolean;
  directory: string;
  /** Why it did not go well; empty when it did. */
  problem: string;
  /** The moment that the last set holds; null before the first. */
  savedAt: Instant | null;
}

const NAME = 'last-backup.json';

/** Undefined before the first one, and when the file cannot be understood. */
export async function readLastBackup(dataFolder: string): Promise<LastBackup | undefined> {
  try {
    const last = JSON.parse(await readFile(join(dataFolder, NAME), 'utf8')) as LastBackup;
    return typeof last?.at === 'string' && typeof last.ok === 'boolean' ? last : undefined;
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export async function writeLastBackup(dataFolder: string, last: LastBackup): Promise<void> {
  const file = join(dataFolder, NAME);
  await writeSynced(`${file}.new`, Buffer.from(`${JSON.stringify(last)}\n`));
  await rename(`${file}.new`, file);
  await syncFolder(dataFolder);
}
