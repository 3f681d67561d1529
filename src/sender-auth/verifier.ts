// Verifying signatures outside the main thread: a millisecond for a small letter, a quarter of a second for the largest,
// and a worker that somebody's letter keeps busy for longer is ended.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { ThanadakError } from '../domain/errors.js';
import type { Deadline } from './letter-lookup.js';
import type { VerifyOutcome, VerifyTask } from './verify-worker.js';

export interface Verifier {
  /** Undefined when there was no time for it. Rejects when the letter cannot be read or broke its worker. */
  verify(task: Omit<VerifyTask, 'begun'>, deadline: Deadline): Promise<VerifyOutcome | undefined>;
  /** Ends the workers when the letters under way are done. */
  close(): Promise<void>;
}

export interface VerifierOptions {
  workers: number;
  /** The compiled verify-worker; by default the one beside this module. */
  workerUrl?: URL | undefined;
}

/** Milliseconds of a worker's time for one letter; it is ended at the second look at the latest. */
const WORK_MS = 1_000;
const BOOT_MS = 30_000;
const MEMORY_MB = 128;

/** Workers start with the first signed letter and then stay. */
export function createVerifier(options: VerifierOptions): Verifier {
  const pool = createPool(options);
  const gate = createGate(options.workers);
  let unborn = new Set<AbortController>();
  // A worker that dies before its first letter has no task to fail, so the tasks that wait for it are ended here.
  pool.on('error', () => {
    for (const abort of unborn) abort.abort();
    unborn = new Set();
  });

  async function run(task: Omit<VerifyTask, 'begun'>): Promise<VerifyOutcome> {
    const begun = new Int32Array(new SharedArrayBuffer(4));
    const abort = new AbortController();
    unborn.add(abort);
    const stopWatch = watch(begun, () => {
      abort.abort();
    });
    try {
      return await pool.run({ ...task, begun }, { signal: abort.signal });
    } finally {
      stopWatch();
      unborn.delete(abort);
    }
  }

  return {
    async verify(task, deadline) {
      if (!(await gate.enter(deadline.remainingMs()))) return undefined;
      const working = run(task).finally(gate.leave);
      return giveUpAfter(deadline.remainingMs(), working);
    },
    async close() {
      await gate.empty();
      await pool.destroy();
    },
  };
}

function createPool({ workers, workerUrl }: VerifierOptions): Piscina<VerifyTask, VerifyOutcome> {
  const filename = fileURLToPath(workerUrl ?? builtWorker());
  if (!existsSync(filename)) {
    throw new ThanadakError('internal', `The verifier of signatures ${filename} is missing.`);
  }
  return new Piscina<VerifyTask, VerifyOutcome>({
    filename,
    name: 'verifySignatures',
    minThreads: 0,
    maxThreads: workers,
    idleTimeout: Number.POSITIVE_INFINITY,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB, maxYoungGenerationSizeMb: MEMORY_MB / 4 },
    argv: [],
    execArgv: [],
    recordTiming: false,
  });
}

/** Threads run compiled code only, also when this module itself is run from its source. */
function builtWorker(): URL {
  const fromSource = import.meta.url.endsWith('.ts');
  return new URL(
    fromSource ? '../../dist/sender-auth/verify-worker.js' : './verify-worker.js',
    import.meta.url,
  );
}

/** Calls `end` when the work takes too long. A worker that still starts has more time. */
function watch(begun: Int32Array, end: () => void): () => void {
  const bornBy = performance.now() + BOOT_MS;
  let seen = false;
  const timer = setInterval(() => {
    if (seen || performance.now() > bornBy) end();
    seen = Atomics.load(begun, 0) === 1;
  }, WORK_MS);
  return () => clearInterval(timer);
}

async function giveUpAfter<T>(milliseconds: number, work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, milliseconds, undefined);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    // Nobody waits for it any more; whatever becomes of it is its own worker's matter.
    work.catch(() => {});
  }
}

/**
 * Lets so many in at once. The others wait outside the pool, so that a letter whose time is over never ends a worker
 * that has just begun with it.
 */
function createGate(places: number) {
  let inside = 0;
  const waiting: (() => void)[] = [];
  const whenEmpty: (() => void)[] = [];
  const leave = () => {
    inside -= 1;
    waiting.shift()?.();
    if (inside === 0) for (const resolve of whenEmpty.splice(0)) resolve();
  };
  return {
    /** False when no place became free in time. */
    enter(milliseconds: number): Promise<boolean> {
      if (inside < places) {
        inside += 1;
        return Promise.resolve(true);
      }
      return new Promise((resolve) => {
        const admit = () => {
          clearTimeout(timer);
          inside += 1;
          resolve(true);
        };
        const timer = setTimeout(() => {
          waiting.splice(waiting.indexOf(admit), 1);
          resolve(false);
        }, milliseconds);
        waiting.push(admit);
      });
    },
    leave,
    empty(): Promise<void> {
      return inside === 0 ? Promise.resolve() : new Promise((resolve) => whenEmpty.push(resolve));
    },
  };
}
