// What a worker tells the main thread while it reads: which letter it is at and since when, in shared memory.

const LETTER = 0;
const SINCE = 1;

/** Monotonic milliseconds, the same in every thread of the process; wraps after 24 days. */
function monotonicMs(): number {
  return Number(process.hrtime.bigint() / 1_000_000n) | 0;
}

export function createProgress(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(8));
}

/** Says that the letter at `index` of the batch is being read from now on. */
export function beginLetter(progress: Int32Array, index: number): void {
  Atomics.store(progress, SINCE, monotonicMs());
  Atomics.store(progress, LETTER, index + 1);
}

/** Says that nothing of the batch is being read any more. */
export function endLetters(progress: Int32Array): void {
  Atomics.store(progress, LETTER, 0);
}

/** The index of the letter being read and for how many milliseconds; undefined when none is. */
export function currentLetter(progress: Int32Array): { index: number; elapsedMs: number } | undefined {
  const letter = Atomics.load(progress, LETTER);
  if (letter === 0) return undefined;
  return { index: letter - 1, elapsedMs: (monotonicMs() - Atomics.load(progress, SINCE)) | 0 };
}
