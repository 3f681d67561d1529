// One fsync of a folder serves every letter whose name was in it before the sync began.
import { close, open, sync } from './files.js';

export interface FolderSync {
  /** Resolves when a sync that began after this call is done. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

export async function openFolderSync(folder: string): Promise<FolderSync> {
  const handle = await open(folder, 'r');
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  function begin(): Promise<void> {
    running = sync(handle).finally(() => {
      running = undefined;
    });
    return running;
  }

  return {
    sync() {
      if (!running) return begin();
      // The running one may have begun before the caller's name was written, so it does not count.
      next ??= running.then(restart, restart);
      return next;
    },
    close: () => close(handle),
  };

  function restart(): Promise<void> {
    next = undefined;
    return begin();
  }
}
