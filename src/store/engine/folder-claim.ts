// One daemon for a data folder: two would file the same letters and give the same numbers twice.
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { ThanadakError } from '../../domain/errors.js';

export interface FolderClaim {
  release(): void;
}

/**
 * Claims the data folder for this process until `release`. The claim is a lock of the kernel's on `daemon.lock`, so that
 * a process that dies leaves none behind; SQLite is what takes such locks in Node. Errors: `unavailable` when another
 * process has it.
 */
export function claimFolder(folder: string): FolderClaim {
  const lock = new Sqlite(join(folder, 'daemon.lock'), { timeout: 0 });
  try {
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    if (!(error instanceof Sqlite.SqliteError) || error.code !== 'SQLITE_BUSY') throw error;
    throw new ThanadakError(
      'unavailable',
      `The data folder ${folder} is in use: another Thanadak runs on it; stop that one or give this one a data_dir of its own.`,
      { cause: error },
    );
  }
  return { release: () => lock.close() };
}
