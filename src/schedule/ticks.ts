// What wakes up by itself, every second, every minute and by the rules of cron. Due times are in the store: a tick only says "look now".
import { createTask, schedule } from 'node-cron';
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

export interface ScheduleOptions {
  name: string;
  /** Five fields as cron has them. */
  cron: string;
  timeZone: string;
  task: Task;
  log: Log;
}

/** Runs `task` at the moments of `cron`, under the same rules as the ticks. */
export function startSchedule({ name, cron, timeZone, task, log }: ScheduleOptions): {
  stop(): Promise<void>;
} {
  const turn = createTurn(name, task, log);
  const options = { name, timezone: timeZone, unref: true, logger: forCron(log) };
  const scheduled = schedule(cron, turn.take, options);
  return {
    async stop() {
      await scheduled.destroy();
      await turn.ended();
    },
  };
}

/** Turns looked ahead: enough for a week of days on which it differs. */
const AHEAD = 32;

/** Milliseconds of the longest pause between turns of `cron` in the time to come. */
export function longestPause(cron: string, timeZone: string): number {
  const task = createTask(cron, () => undefined, { timezone: timeZone });
  const turns = task.getNextRuns(AHEAD).map((turn) => turn.getTime());
  void task.destroy();
  return Math.max(0, ...turns.slice(1).map((turn, index) => turn - (turns[index] ?? turn)));
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
