// One backup in a thread of its own: hashing letters and checking the copy would hold up the clients of the house.
import { parentPort, workerData } from 'node:worker_threads';
import { type BackupOrder, runBackup } from './backups.js';
import { messageOf } from './domain/errors.js';

/** What the thread says at its end. */
export type Said =
  | { ok: true; set: string; letters: number; problems: string[] }
  | { ok: false; problem: string };

async function work(order: BackupOrder): Promise<Said> {
  try {
    const { set, manifest } = await runBackup(order, () => undefined);
    return { ok: true, set, letters: manifest.letters, problems: manifest.problems };
  } catch (error) {
    return { ok: false, problem: messageOf(error) };
  }
}

parentPort?.postMessage(await work(workerData as BackupOrder));
