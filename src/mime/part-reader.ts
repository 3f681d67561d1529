// Attachments and HTML of archived letters on demand, read in a thread of its own that is gone when nobody looks.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { TemporaryFailure, ThanadakError } from '../domain/errors.js';
import type { LetterParts } from '../ports/reading.js';
import type { PartOutcome, PartTask } from './part-worker.js';

export interface PartReaderOptions {
  /** JavaScript heap of the thread, in MiB. */
  memoryMb: number;
  /** Wall-clock milliseconds one reading may take, the start of the thread not counted. */
  deadlineMs: number;
  /** The compiled part-worker; by default the one beside this module. */
  workerUrl?: URL;
}

/** Readings that may wait for the thread; a further one is asked to come again. */
const MAX_QUEUE = 32;
const IDLE_MS = 60_000;
const BOOT_MS = 5_000;

/** The thread starts with the first reading. `close` ends it with whatever it reads. */
export function createPartReader(options: PartReaderOptions): LetterParts & { close(): Promise<void> } {
  const worker = fileURLToPath(options.workerUrl ?? builtWorker());
  if (!existsSync(worker)) throw new ThanadakError('internal', `The letter reader ${worker} is missing.`);
  const pool = new Piscina<PartTask, PartOutcome>({
    filename: worker,
    name: 'readOnDemand',
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: IDLE_MS,
    maxQueue: MAX_QUEUE,
    resourceLimits: { maxOldGenerationSizeMb: options.memoryMb },
    argv: [],
    execArgv: [],
    recordTiming: false,
  });
  // A thread that dies fails its task; there is nobody else to tell.
  pool.on('error', () => undefined);
  const run = async (task: PartTask) => {
    const signal = AbortSignal.timeout(options.deadlineMs + BOOT_MS);
    const outcome = await pool.run(task, { signal }).catch((error: unknown) => {
      throw refusalFor(error, pool.queueSize >= MAX_QUEUE);
    });
    if ('found' in outcome) return outcome.found;
    throw new TemporaryFailure('The file of the letter cannot be read.', { cause: outcome.unreadable });
  };
  return {
    async part(path, part) {
      const bytes = await run({ path, part });
      return bytes instanceof Uint8Array ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length) : null;
    },
    async html(path) {
      const html = await run({ path, part: null });
      return typeof html === 'string' ? html : null;
    },
    close: () => pool.destroy(),
  };
}

function builtWorker(): URL {
  const fromSource = import.meta.url.endsWith('.ts');
  return new URL(fromSource ? '../../dist/mime/part-worker.js' : './part-worker.js', import.meta.url);
}

/** What the letter itself defeats is refused for good: it can still be had as it came. */
function refusalFor(error: unknown, isCrowded: boolean): ThanadakError {
  if (isCrowded) return new TemporaryFailure('Too many letters are being opened just now.', { cause: error });
  return new ThanadakError('refused', 'The letter cannot be opened like this; it can be had as it came.', {
    cause: error,
  });
}
