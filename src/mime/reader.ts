// Reading letters in worker threads: batches, deadlines, and what becomes of letters whose worker died.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { TemporaryFailure, ThanadakError } from '../domain/errors.js';
import type { Message } from '../domain/message.js';
import type { Reader } from '../ports/reading.js';
import { readHeadOnly } from './head-only.js';
import type { ReadOutcome, ReadTask } from './parse-worker.js';
import { createProgress, currentLetter } from './progress.js';

export interface ReaderOptions {
  /** Worker threads. */
  workers: number;
  /** JavaScript heap of each worker, in MiB. */
  memoryMb: number;
  /** Wall-clock milliseconds one letter may take. */
  deadlineMs: number;
  /** Letters that may wait for a worker; a further `read` rejects with TemporaryFailure. Default 10000. */
  maxQueue?: number;
  /** The compiled parse-worker; by default the one beside this module. */
  workerUrl?: URL;
}

interface WaitingLetter {
  path: string;
  /** Reads of this letter that ended with the worker's death. */
  deaths: number;
  resolve(message: Message): void;
  reject(error: unknown): void;
}

const MAX_BATCH = 16;
const MAX_QUEUE = 10_000;
const BOOT_MS = 30_000;

/**
 * Starts the workers. `read` keeps the contract of the Reader port; `close` lets the letters being read finish,
 * rejects those that wait with TemporaryFailure, and ends the workers.
 */
export function createReader(options: ReaderOptions): Reader & { close(): Promise<void> } {
  const worker = fileURLToPath(options.workerUrl ?? builtWorker());
  if (!existsSync(worker)) throw new ThanadakError('internal', `The letter reader ${worker} is missing.`);
  return new LetterReader(options, worker);
}

/** Threads run compiled code only, also when this module itself is run from its source. */
function builtWorker(): URL {
  const fromSource = import.meta.url.endsWith('.ts');
  return new URL(fromSource ? '../../dist/mime/parse-worker.js' : './parse-worker.js', import.meta.url);
}

class LetterReader implements Reader {
  readonly #pool: Piscina<ReadTask, ReadOutcome[]>;
  readonly #options: ReaderOptions;
  readonly #waiting: WaitingLetter[] = [];
  readonly #running = new Set<Promise<void>>();
  readonly #unborn = new Set<AbortController>();
  #scheduled = false;
  #closed = false;

  constructor(options: ReaderOptions, worker: string) {
    this.#options = options;
    this.#pool = new Piscina<ReadTask, ReadOutcome[]>({
      filename: worker,
      name: 'readLetters',
      minThreads: options.workers,
      maxThreads: options.workers,
      idleTimeout: Number.POSITIVE_INFINITY,
      resourceLimits: {
        maxOldGenerationSizeMb: options.memoryMb,
        maxYoungGenerationSizeMb: Math.min(32, options.memoryMb / 4),
      },
      argv: [],
      execArgv: [],
      recordTiming: false,
    });
    // A worker that dies before its first letter has no task to fail, so the tasks that wait for it are ended here.
    this.#pool.on('error', () => {
      for (const abort of this.#unborn) abort.abort();
    });
  }

  read(path: string): Promise<Message> {
    if (this.#closed) return Promise.reject(new TemporaryFailure('The letter reader is closing.'));
    if (this.#waiting.length >= (this.#options.maxQueue ?? MAX_QUEUE)) {
      return Promise.reject(new TemporaryFailure('Too many letters wait to be read.'));
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ path, deaths: 0, resolve, reject });
      this.#schedule();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const letter of this.#waiting.splice(0)) {
      letter.reject(new TemporaryFailure('The letter reader is closing.'));
    }
    while (this.#running.size > 0) await Promise.all(this.#running);
    await this.#pool.destroy();
  }

  /** Waits for the other reads of this tick, so that they can share a batch. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      this.#dispatch();
    });
  }

  #dispatch(): void {
    while (this.#running.size < this.#options.workers && this.#waiting.length > 0) {
      const run = this.#readBatch(this.#takeBatch()).finally(() => {
        this.#running.delete(run);
        this.#dispatch();
      });
      this.#running.add(run);
    }
  }

  /** Letters whose worker died before are read alone. */
  #takeBatch(): WaitingLetter[] {
    const share = Math.min(MAX_BATCH, Math.ceil(this.#waiting.length / this.#options.workers));
    const suspect = this.#waiting.slice(0, share).findIndex((letter) => letter.deaths > 0);
    return this.#waiting.splice(0, suspect < 0 ? share : Math.max(suspect, 1));
  }

  async #readBatch(batch: WaitingLetter[]): Promise<void> {
    const progress = createProgress();
    const abort = new AbortController();
    const stopWatch = this.#watch(progress, abort);
    try {
      const task = { paths: batch.map((letter) => letter.path), progress };
      const outcomes = await this.#pool.run(task, { signal: abort.signal });
      this.#waiting.unshift(...settle(batch, outcomes));
    } catch {
      await this.#recover(batch, progress);
    } finally {
      stopWatch();
    }
  }

  /** Aborts the batch, and with it the worker, when its current letter has had its time. */
  #watch(progress: Int32Array, abort: AbortController): () => void {
    const deadline = this.#options.deadlineMs;
    const bornBy = performance.now() + BOOT_MS;
    this.#unborn.add(abort);
    const check = (): void => {
      const current = currentLetter(progress);
      if (current) this.#unborn.delete(abort);
      if (current ? current.elapsedMs >= deadline : performance.now() > bornBy) abort.abort();
      else timer = setTimeout(check, current ? deadline - current.elapsedMs : deadline);
    };
    let timer = setTimeout(check, deadline);
    return () => {
      clearTimeout(timer);
      this.#unborn.delete(abort);
    };
  }

  /** The letter at which the worker died is answered for or read once more alone; the others just go on. */
  async #recover(batch: WaitingLetter[], progress: Int32Array): Promise<void> {
    const current = currentLetter(progress);
    const late = current !== undefined && current.elapsedMs >= this.#options.deadlineMs;
    const guilty = batch[current?.index ?? 0];
    if (!guilty) return;
    guilty.deaths += 1;
    const others = batch.filter((letter) => letter !== guilty);
    if (!late && guilty.deaths < 2) {
      this.#waiting.unshift(...others, guilty);
      return;
    }
    this.#waiting.unshift(...others);
    const problem = late
      ? this.#lateProblem()
      : 'The letter needed more memory than allowed, or broke its reader;';
    await readHeadOnly(guilty.path, `${problem} only its beginning was read.`).then(guilty.resolve, (error) =>
      guilty.reject(unopened(error)),
    );
  }

  #lateProblem(): string {
    return `Reading the letter took longer than ${this.#options.deadlineMs / 1000} seconds;`;
  }
}

/** Answers the letters that were read; returns those that still wait. */
function settle(batch: readonly WaitingLetter[], outcomes: readonly ReadOutcome[]): WaitingLetter[] {
  for (const [index, outcome] of outcomes.entries()) {
    if ('message' in outcome) batch[index]?.resolve(outcome.message);
    else batch[index]?.reject(unopened(outcome.unreadable));
  }
  return batch.slice(outcomes.length);
}

function unopened(cause: unknown): TemporaryFailure {
  return new TemporaryFailure('The file of the letter cannot be read.', { cause });
}
