// Letters reach stable storage in rounds: all that wait are synced side by side with one file of their envelopes,
// renamed, and their folder is synced once. A file system commits its journal once for syncs that run together.
import { join } from 'node:path';
import type { SpooledLetter } from '../domain/letter.js';
import { closeSync, renameSync, sync, writeSynced } from '../machine/files.js';
import type { FolderSync } from '../machine/folder-sync.js';
import type { Envelopes } from './envelopes.js';

/** A letter whose bytes are written and not yet synced. */
export interface Received {
  letter: SpooledLetter;
  /** Open on the bytes; the round closes it. */
  handle: number;
  /** Where the bytes lie now. */
  part: string;
}

export interface Rounds {
  /** Resolves when the letter, its envelope and their names are on stable storage. */
  settle(received: Received): Promise<void>;
}

export interface RoundsPlace {
  folder: string;
  folderSync: FolderSync;
  envelopes: Envelopes;
}

interface Waiting extends Received {
  resolve(): void;
  reject(error: unknown): void;
}

export function createRounds(place: RoundsPlace): Rounds {
  let waiting: Waiting[] = [];
  let running = false;

  async function run(): Promise<void> {
    running = true;
    while (waiting.length > 0) {
      const round = waiting;
      waiting = [];
      await settleRound(round, place);
    }
    running = false;
  }

  return {
    settle(received) {
      return new Promise((resolve, reject) => {
        waiting.push({ ...received, resolve, reject });
        if (!running) void run();
      });
    },
  };
}

/** A letter that fails alone leaves the others of its round; envelopes or a folder that cannot be synced fail all. */
async function settleRound(
  round: readonly Waiting[],
  { folder, folderSync, envelopes }: RoundsPlace,
): Promise<void> {
  const file = `${round[0]?.letter.id}.round.json`;
  const content = Buffer.from(JSON.stringify(round.map(({ letter }) => letter)));
  const syncing = round.map(syncBytes);
  try {
    await writeSynced(join(folder, file), content);
    const synced = await Promise.all(syncing);
    const placed = round.filter((waiting, index) => synced[index] && moveIn(waiting, folder));
    await folderSync.sync();
    envelopes.add(
      file,
      placed.map(({ letter }) => letter),
    );
    for (const { resolve } of placed) resolve();
  } catch (error) {
    await Promise.all(syncing);
    for (const { reject } of round) reject(error);
  }
}

async function syncBytes({ handle, reject }: Waiting): Promise<boolean> {
  try {
    await sync(handle);
    return true;
  } catch (error) {
    reject(error);
    return false;
  } finally {
    closeSync(handle);
  }
}

function moveIn({ letter, part, reject }: Waiting, folder: string): boolean {
  try {
    renameSync(part, join(folder, `${letter.id}.eml`));
    return true;
  } catch (error) {
    reject(error);
    return false;
  }
}
