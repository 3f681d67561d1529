// One fsync of a folder serves every letter whose name was in it before the sync began.
import { shareRuns } from '../domain/shared-run.js';
import { close, open, sync } from './files.js';

export interface FolderSync {
  /** Resolves when a sync that began after this call is done. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

export async function openFolderSync(folder: string): Promise<FolderSync> {
  const handle = await open(folder, 'r');
  return { sync: shareRuns(() => sync(handle)), close: () => close(handle) };
}
