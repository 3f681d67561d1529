// One fsync of a folder serves every file whose name was in it before the sync began.
import { shareRuns } from '../domain/shared-run.js';
import { close, open, sync } from './files.js';

export interface FolderSync {
  /** Resolves when a sync that began after this call is done. Errors as `sync` of files.ts. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** For a folder that stays: it is opened once. */
export async function openFolderSync(folder: string): Promise<FolderSync> {
  const handle = await open(folder, 'r');
  return { sync: shareRuns(() => sync(handle)), close: () => close(handle) };
}

/** For a folder that somebody may replace: it is opened for each sync. */
export function createFolderSync(folder: string): () => Promise<void> {
  return shareRuns(async () => {
    const handle = await open(folder, 'r');
    try {
      await sync(handle);
    } finally {
      await close(handle);
    }
  });
}
