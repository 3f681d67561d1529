// Ids that sort by the time they were made (ULID).
import { randomFillSync } from 'node:crypto';
import { monotonicFactory } from 'ulid';
import type { Clock, IdSource } from '../ports/surroundings.js';

export function createIdSource(clock: Clock): IdSource {
  const next = monotonicFactory(pooledRandom());
  return { next: () => next(Date.parse(clock.now())) };
}

const POOL_BYTES = 4_096;

/** Numbers in [0, 1) from the system's randomness, fetched for many ids at once: the library asks per character. */
function pooledRandom(): () => number {
  const pool = new Uint8Array(POOL_BYTES);
  let used = POOL_BYTES;
  return () => {
    if (used === POOL_BYTES) {
      randomFillSync(pool);
      used = 0;
    }
    const byte = pool[used] ?? 0;
    used += 1;
    return byte / 256;
  };
}
