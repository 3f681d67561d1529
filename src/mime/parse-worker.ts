// The worker thread: reads a batch of letters one after the other.

import { messageOf, systemCode } from '../domain/errors.js';
import type { Message } from '../domain/message.js';
import { readHeadOnly } from './head-only.js';
import { parseLetter } from './parse-letter.js';
import { beginLetter, endLetters } from './progress.js';

export interface ReadTask {
  paths: string[];
  /** See progress.ts. */
  progress: Int32Array;
}

/** A message, or the system error for which the file could not be read. */
export type ReadOutcome = { message: Message } | { unreadable: string };

// A batch ends early after this long, so that a slow letter holds up few others.
const BATCH_BUDGET_MS = 50;

/**
 * Reads the letters in their order; the answer may be shorter than `paths`, the rest then waits for the next batch.
 * Never rejects because of what a letter contains.
 */
export async function readLetters({ paths, progress }: ReadTask): Promise<ReadOutcome[]> {
  const outcomes: ReadOutcome[] = [];
  const startedAt = performance.now();
  for (const [index, path] of paths.entries()) {
    beginLetter(progress, index);
    outcomes.push(await readOne(path));
    if (performance.now() - startedAt > BATCH_BUDGET_MS) break;
  }
  endLetters(progress);
  return outcomes;
}

async function readOne(path: string): Promise<ReadOutcome> {
  try {
    return { message: await parseLetter(path).catch((error) => readDefeated(path, error)) };
  } catch (error) {
    return { unreadable: messageOf(error) };
  }
}

function readDefeated(path: string, error: unknown): Promise<Message> {
  if (error instanceof Error && 'syscall' in error) throw error;
  return readHeadOnly(path, describeDefeat(error));
}

function describeDefeat(error: unknown): string {
  if (systemCode(error) === 'EMAXLEN') {
    return 'The letter has more than 1000 parts or a head of more than 1 MiB; only its beginning was read.';
  }
  return `The letter could not be read (${messageOf(error)}); only its beginning was read.`;
}
