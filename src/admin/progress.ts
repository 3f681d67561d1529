// How far something has come, on a terminal: one line that is written over and taken away at the end.
import type { OnProgress, Progress } from '../ports/vault.js';
import type { Session } from './session.js';

const PAUSE_MS = 100;
const CELLS = 30;
const ERASE = '\r\x1b[K';

/** Runs `work`; shows nothing where nobody looks, and with `--json`. */
export async function showProgress<T>(
  session: Session,
  work: (onProgress: OnProgress) => Promise<T>,
): Promise<T> {
  const { deps, isJson } = session;
  if (!deps.showsProgress || isJson) return work(() => undefined);
  let shownAt = Number.NEGATIVE_INFINITY;
  try {
    return await work((progress) => {
      const now = performance.now();
      if (now - shownAt < PAUSE_MS && progress.done !== progress.total) return;
      shownAt = now;
      deps.stderr(`${ERASE}${barOf(progress)}`);
    });
  } finally {
    if (shownAt > 0) deps.stderr(ERASE);
  }
}

/** `Letters   [#######.......]  51%`, or the count alone where nobody knows how many there are. */
export function barOf({ stage, done, total }: Progress): string {
  if (total === 0) return `${stage.padEnd(9)} ${done}`;
  const share = Math.min(1, done / total);
  const filled = Math.round(share * CELLS);
  const percent = `${Math.floor(share * 100)}%`.padStart(4);
  return `${stage.padEnd(9)} [${'#'.repeat(filled)}${'.'.repeat(CELLS - filled)}] ${percent}`;
}
