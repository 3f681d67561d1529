// One fsync of a folder serves every file that was renamed into it before the sync began.
import fs from 'node:fs';
import { promisify } from 'node:util';

const open = promisify(fs.open);
const close = promisify(fs.close);
const fsync = promisify(fs.fsync);

/** Resolves when a sync of `folder` that began after the call is done. Opened each time, since it may be replaced. */
export function createFolderSync(folder: string): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  function begin(): Promise<void> {
    next = undefined;
    running = syncFolder(folder).finally(() => {
      running = undefined;
    });
    return running;
  }

  return () => {
    if (!running) return begin();
    // The running one may have begun before the caller's rename, so it does not count.
    next ??= running.then(begin, begin);
    return next;
  };
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await fsync(handle);
  } finally {
    await close(handle);
  }
}
