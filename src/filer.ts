// The thread that files letters, as the rest of the house has it.
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Config } from './config/config.js';
import { DiskFull, messageOf, StorageBroken, TemporaryFailure, ThanadakError } from './domain/errors.js';
import type { Answer, Failed, Told } from './filing-thread.js';
import type { ReadLetter } from './intake/filing.js';
import type { FiledTogether } from './intake/together.js';
import type { InTurn } from './machine/turns.js';

export interface Filer {
  /** As fileTogether; TemporaryFailure when the thread died under it. */
  file(letters: readonly ReadLetter[]): Promise<FiledTogether>;
  /** What is filed from now on is filed by this configuration. Errors: those of its files; the old one then stays. */
  reload(config: Config): Promise<void>;
  /** Resolves when what was asked for before is done and the thread has ended. */
  close(): Promise<void>;
}

interface Thread {
  worker: Worker;
  /** Those who wait for an answer, in the order in which they asked. */
  waiting: { resolve(done: FiledTogether | null): void; reject(error: Error): void }[];
  ready: Promise<unknown>;
  /** Why nobody answers any more. */
  dead: Error | undefined;
}

/**
 * Starts the thread and resolves when it is ready. It writes through a connection of its own, `inTurn` with all other
 * units of work of this process. A thread that died is started anew by the next letters.
 */
export async function startFiler(config: Config, inTurn: InTurn): Promise<Filer> {
  let current = config;
  let thread = startThread(current);
  await thread.ready;
  const alive = async () => {
    if (thread.dead) thread = startThread(current);
    await thread.ready;
    return thread;
  };
  return {
    file: (letters) => inTurn(async () => (await ask(await alive(), { letters })) ?? nothingFiled()),
    async reload(next) {
      await ask(await alive(), { config: plainConfig(next) });
      current = next;
    },
    async close() {
      if (thread.dead) return;
      const ended = new Promise((resolve) => thread.worker.once('exit', resolve));
      await ask(thread, { close: true });
      await ended;
    },
  };
}

function startThread(config: Config): Thread {
  const worker = new Worker(builtThread(), { workerData: plainConfig(config) });
  const thread: Thread = { worker, waiting: [], ready: Promise.resolve(), dead: undefined };
  thread.ready = answerOf(thread);
  worker.on('message', (answer: Answer) => {
    const asked = thread.waiting.shift();
    if (answer.failed) asked?.reject(errorFrom(answer.failed));
    else asked?.resolve(answer.done);
  });
  const die = (error: Error) => {
    thread.dead ??= error;
    for (const { reject } of thread.waiting.splice(0)) reject(error);
  };
  worker.on('error', (error) => die(new TemporaryFailure(messageOf(error), { cause: error })));
  worker.on('exit', () => die(new TemporaryFailure('The thread that files letters has ended.')));
  return thread;
}

/** Threads run compiled code only, also when this module itself is run from its source. */
function builtThread(): string {
  const fromSource = import.meta.url.endsWith('.ts');
  return fileURLToPath(
    new URL(fromSource ? '../dist/filing-thread.js' : './filing-thread.js', import.meta.url),
  );
}

/** Filing needs none of the secrets, which do not go to another thread. */
function plainConfig(config: Config): Config {
  return structuredClone({ ...config, outbound: { ...config.outbound, smtp: undefined } });
}

function ask(thread: Thread, told: Told): Promise<FiledTogether | null> {
  if (thread.dead) return Promise.reject(thread.dead);
  const answer = answerOf(thread);
  thread.worker.postMessage(told);
  return answer;
}

function answerOf(thread: Thread): Promise<FiledTogether | null> {
  return new Promise((resolve, reject) => thread.waiting.push({ resolve, reject }));
}

function nothingFiled(): never {
  throw new TypeError('The thread that files letters said nothing of them.');
}

function errorFrom({ kind, code, message, stack }: Failed): Error {
  const cause = { stack };
  if (kind === 'StorageBroken') return new StorageBroken(message, { cause });
  if (kind === 'DiskFull') return new DiskFull(message, { cause });
  if (kind === 'TemporaryFailure') return new TemporaryFailure(message, { cause });
  if (kind === 'ThanadakError') return new ThanadakError(code, message, { cause });
  return Object.assign(new Error(message), { stack });
}
