// The worker thread in which letters are opened once more, for officers who look at them in the browser.
import { messageOf } from '../domain/errors.js';
import { readPart, readSafeHtml } from './read-part.js';

export interface PartTask {
  path: string;
  /** Of an attachment; null: the letter's HTML. */
  part: string | null;
}

/** Bytes of the attachment or HTML made safe, null when the letter has none; or why its file could not be read. */
export type PartOutcome = { found: Uint8Array | string | null } | { unreadable: string };

/** Rejects with the parser's error when the letter defeats it. */
export async function readOnDemand({ path, part }: PartTask): Promise<PartOutcome> {
  try {
    return { found: part === null ? await readSafeHtml(path) : await readPart(path, part) };
  } catch (error) {
    // What an error says of itself does not survive the way between threads.
    if (error instanceof Error && 'syscall' in error) return { unreadable: messageOf(error) };
    throw error;
  }
}
