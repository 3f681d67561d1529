// Letters reach stable storage in rounds: all that wait are synced side by side, renamed, and their folder is synced
// once. A file system commits its journal once for syncs that run together, and once each for syncs that do not.
import { closeSync, renameSync, sync, writeSynced } from './files.js';
import type { FolderSync } from './folder-sync.js';

/** A letter whose bytes are written and not yet synced. */
export interface Received {
  /** Open on the bytes; the round closes it. */
  handle: number;
  /** Where the bytes lie, and where they go when they are safe. */
  from: string;
  to: string;
  envelopePath: string;
  envelope: Uint8Array;
}

export interface Rounds {
  /** Resolves when the letter, its envelope and their names are on stable storage. */
  settle(letter: Received): Promise<void>;
}

interface Waiting {
  letter: Received;
  resolve(): void;
  reject(error: unknown): void;
}

export function createRounds(folder: FolderSync): Rounds {
  let waiting: Waiting[] = [];
  let running = false;

  async function run(): Promise<void> {
    running = true;
    while (waiting.length > 0) {
      const round = waiting;
      waiting = [];
      await settleRound(round, folder);
    }
    running = false;
  }

  return {
    settle(letter) {
      return new Promise((resolve, reject) => {
        waiting.push({ letter, resolve, reject });
        if (!running) void run();
      });
    },
  };
}

/** A letter that fails alone leaves the others of its round; a folder that cannot be synced fails them all. */
async function settleRound(round: readonly Waiting[], folder: FolderSync): Promise<void> {
  const placed = await Promise.all(round.map(place));
  const safe = round.filter((_, index) => placed[index]);
  if (safe.length === 0) return;
  try {
    await folder.sync();
    for (const { resolve } of safe) resolve();
  } catch (error) {
    for (const { reject } of safe) reject(error);
  }
}

async function place({ letter, reject }: Waiting): Promise<boolean> {
  const { handle, from, to, envelopePath, envelope } = letter;
  try {
    await Promise.all([sync(handle).finally(() => closeSync(handle)), writeSynced(envelopePath, envelope)]);
    renameSync(from, to);
    return true;
  } catch (error) {
    reject(error);
    return false;
  }
}
