// What wakes up by itself, every second, every minute and by the rules of cron. Due times are in the store: a tick only
// says "look now".
import { createTask } from 'node-cron';
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
    stops.push(startAlarm(createTurn('every minute', options.everyMinute, log), nextMinute));
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
  const calendar = createTask(cron, () => undefined, { timezone: timeZone });
  const stop = startAlarm(turn, () => calendar.getNextRuns(1)[0]?.getTime() ?? Number.POSITIVE_INFINITY);
  return {
    async stop() {
      await calendar.destroy();
      await stop();
    },
  };
}

const MINUTE_MS = 60_000;

function nextMinute(): number {
  return (Math.floor(Date.now() / MINUTE_MS) + 1) * MINUTE_MS;
}

/**
 * Takes a turn at each moment that `next` gives (milliseconds since 1970, after now), on the clock on the wall. That
 * clock may be set: it is looked at every minute at least, a turn that it jumped over is made up for once, and when it
 * went back the next turn is asked for anew. A timer set for the old time would rest for as long as it went back.
 */
function startAlarm(turn: Turn, next: () => number): () => Promise<void> {
  let due = next();
  let seen = Date.now();
  let timer: NodeJS.Timeout;
  const look = () => {
    const now = Date.now();
    if (now >= due) turn.take();
    if (now >= due || now < seen) due = next();
    seen = now;
    arm();
  };
  const arm = () => {
    timer = setTimeout(look, Math.min(MINUTE_MS, Math.max(1, due - Date.now())));
    timer.unref();
  };
  arm();
  return () => {
    clearTimeout(timer);
    return turn.ended();
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
