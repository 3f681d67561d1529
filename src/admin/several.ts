// One order for several things: all are tried, each says what became of it, the first failure decides how the run ends.
import { type ErrorCode, messageOf, StorageBroken } from '../domain/errors.js';
import { EXIT, errorCodeOf, exitCodeOf } from './exit-codes.js';
import { remark, type Session, tell } from './session.js';
import { oneLine } from './text.js';

/** What became of one of them. */
export interface Outcome {
  done: boolean;
  code: ErrorCode | null;
  /** As a sentence. */
  error: string | null;
}

export const DONE: Outcome = { done: true, code: null, error: null };

/** Tries `work` on each, and goes on whatever fails but the storage itself. */
export async function tryEach<Key extends string>(
  keys: readonly Key[],
  work: (key: Key) => Promise<Outcome>,
  session: Session,
): Promise<(Outcome & { key: Key })[]> {
  const outcomes: (Outcome & { key: Key })[] = [];
  for (const key of keys) {
    try {
      outcomes.push({ key, ...(await work(key)) });
    } catch (error) {
      if (error instanceof StorageBroken) throw error;
      if (session.exitCode === EXIT.ok) session.exitCode = exitCodeOf(error);
      outcomes.push({ key, done: false, code: errorCodeOf(error), error: messageOf(error) });
    }
  }
  return outcomes;
}

/** What is told of several. */
export interface Told {
  outcomes: readonly (Outcome & { key: string })[];
  /** Follows each that succeeded, and what stands before the reason of each that did not. */
  phrase: string;
  refusal?: string;
}

/** A line each for people, an array with --json, where each key stands under `name`. */
export function tellOutcomes(session: Session, name: string, told: Told): void {
  const { outcomes } = told;
  const rows = outcomes.map(({ key, ...outcome }) => ({ [name]: key, ...outcome }));
  tell(session, rows, () => outcomes.map((outcome) => lineOf(outcome, told)).join(''));
  const failed = outcomes.filter(({ error }) => error !== null).length;
  if (failed > 0) remark(session, `${failed} of ${outcomes.length} refused or failed.`);
}

function lineOf({ key, error }: Outcome & { key: string }, { phrase, refusal = 'FAILED' }: Told): string {
  return `${oneLine(key)} ${error === null ? phrase : `${refusal}: ${oneLine(error)}`}\n`;
}
