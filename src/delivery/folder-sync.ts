// One fsync of a folder serves every file that was renamed into it before the sync began.
import fs from 'node:fs';
import { promisify } from 'node:util';
import { shareRuns } from '../domain/shared-run.js';

const open = promisify(fs.open);
const close = promisify(fs.close);
const fsync = promisify(fs.fsync);

/** Resolves when a sync of `folder` that began after the call is done. Opened each time, since it may be replaced. */
export function createFolderSync(folder: string): () => Promise<void> {
  return shareRuns(() => syncFolder(folder));
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await fsync(handle);
  } finally {
    await close(handle);
  }
}
