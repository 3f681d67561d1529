// What wakes up by itself, every second and every minute. Due times are in the store: a tick only says "look now".
import { schedule } from 'node-cron';
import type { Log } from '../ports/surroundings.js';

export type Task = () => void | Promise<void>;

export interface TickOptions {
  everySecond?: Task | undefined;
  /** At second 0 of each minute. */
  everyMinute?: Task | undefined;
  log: Log;
}

const SECOND_MS = 1_000;

/**
 * Starts the ticks. A task that throws is logged and tried again at its next turn; one still running when its turn
 * comes is not started a second time. Ticks do not keep the process alive. `stop` starts no further turn and
 * resolves when the running ones have ended.
 */
export function startTicks(options: TickOptions): { stop(): Promise<void> } {
  const { log } = options;
  const stops: (() => Promise<void>)[] = [];
  if (options.everySecond) stops.push(startSeconds(createTurn('every second', options.everySecond, log)));
  if (options.everyMinute)
    stops.push(startMinutes(createTurn('every minute', options.everyMinute, log), log));
  return {
    stop: async () => {
      await Promise.all(stops.map((stop) => stop()));
    },
  };
}

interface Turn {
  take(): void;
  ended(): Promise<void>;
}

function createTurn(tick: string, task: Task, log: Log): Turn {
  let running: Promise<void> | undefined;
  const run = async () => {
    try {
      await task();
    } catch (error) {
      log.error({ tick, error }, 'a task failed and is tried again at its next turn');
    } finally {
      running = undefined;
    }
  };
  return {
    take: () => {
      if (running) log.debug({ tick }, 'a task is still running, its turn is skipped');
      else running = Promise.resolve().then(run);
    },
    ended: async () => running,
  };
}

function startSeconds(turn: Turn): () => Promise<void> {
  const timer = setInterval(turn.take, SECOND_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    return turn.ended();
  };
}

function startMinutes(turn: Turn, log: Log): () => Promise<void> {
  const task = schedule('* * * * *', turn.take, { name: 'every minute', unref: true, logger: forCron(log) });
  return async () => {
    await task.destroy();
    await turn.ended();
  };
}

// node-cron speaks to the console otherwise. That it missed a turn is told as information: the next one does the work.
function forCron(log: Log) {
  return {
    debug: (message: string | Error) => log.debug({ cron: message }, 'the schedule says'),
    info: (message: string) => log.debug({ cron: message }, 'the schedule says'),
    warn: (message: string) => log.info({ cron: message }, 'the schedule says'),
    error: (message: string | Error, error?: Error) =>
      log.error({ cron: message, error }, 'the schedule failed'),
  };
}
