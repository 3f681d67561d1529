// Free bytes on the spool's disk, read at most once in a while however many letters ask.
import type { Spool } from '../ports/spool.js';

const MAX_AGE_MS = 1_000;

export interface DiskGauge {
  /** Free bytes, at most a second old; a promise only when they must be read. Rejects as Spool.freeBytes. */
  freeBytes(): number | Promise<number>;
}

export function openDiskGauge(spool: Pick<Spool, 'freeBytes'>): DiskGauge {
  let known = 0;
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<number> | undefined;

  async function read(): Promise<number> {
    known = await spool.freeBytes();
    readAt = performance.now();
    return known;
  }

  return {
    freeBytes() {
      if (performance.now() - readAt < MAX_AGE_MS) return known;
      reading ??= read().finally(() => {
        reading = undefined;
      });
      return reading;
    },
  };
}
