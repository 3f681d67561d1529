// Asking another program about letters: so many at a time, each within its time, and a rest when it does not answer.
import { messageOf } from '../domain/errors.js';
import type { Log } from '../ports/surroundings.js';

export interface AskingOptions {
  /** Who is asked, for the log. */
  name: string;
  log: Log;
  /** Milliseconds on a clock that only goes forward. */
  now(): number;
}

export interface Asking {
  /**
   * Resolves to what `work` answers within `deadlineMs`, undefined when it fails, is late, or the other program rests.
   * `work` must end soon after its signal. Never rejects.
   */
  ask<T>(deadlineMs: number, work: (signal: AbortSignal) => Promise<T>): Promise<T | undefined>;
  close(): void;
}

/** More would only wait inside the other program. */
const AT_ONCE = 10;
/** Failures in a row after which nobody is asked for a while. */
const FAILURES = 3;
const REST_MS = 30_000;

interface State {
  options: AskingOptions;
  running: Set<AbortController>;
  waiting: (() => void)[];
  failures: number;
  restsUntil: number;
  isTold: boolean;
  closed: boolean;
}

export function createAsking(options: AskingOptions): Asking {
  const state: State = {
    options,
    running: new Set(),
    waiting: [],
    failures: 0,
    restsUntil: Number.NEGATIVE_INFINITY,
    isTold: false,
    closed: false,
  };
  return {
    ask: (deadlineMs, work) => ask(state, deadlineMs, work),
    close() {
      state.closed = true;
      for (const controller of state.running) controller.abort();
      for (const wake of state.waiting.splice(0)) wake();
    },
  };
}

async function ask<T>(
  state: State,
  deadlineMs: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  const { now } = state.options;
  const endsAt = now() + deadlineMs;
  if (state.running.size >= AT_ONCE) await turn(state, deadlineMs);
  const leftMs = endsAt - now();
  if (state.closed || leftMs <= 0 || now() < state.restsUntil) {
    state.waiting.shift()?.();
    return undefined;
  }
  const controller = new AbortController();
  state.running.add(controller);
  const timer = setTimeout(() => controller.abort(new Error('it took too long')), leftMs);
  try {
    const answer = await work(controller.signal);
    answered(state);
    return answer;
  } catch (error) {
    // Whoever waited here for most of its time says nothing about the other program.
    if (!state.closed && (!controller.signal.aborted || leftMs > deadlineMs / 2)) failed(state, error);
    return undefined;
  } finally {
    clearTimeout(timer);
    state.running.delete(controller);
    state.waiting.shift()?.();
  }
}

/** Resolves when a place is free or the time is over. */
function turn(state: State, limitMs: number): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(() => {
      state.waiting = state.waiting.filter((other) => other !== wake);
      resolve();
    }, limitMs);
    state.waiting.push(wake);
  });
}

function failed(state: State, error: unknown): void {
  const { name, log, now } = state.options;
  state.failures += 1;
  if (state.failures < FAILURES) return;
  state.restsUntil = now() + REST_MS;
  if (state.isTold) return;
  state.isTold = true;
  log.warn({ name, reason: messageOf(error) }, 'a scanner does not answer; letters are filed without it');
}

function answered(state: State): void {
  state.failures = 0;
  if (!state.isTold) return;
  state.isTold = false;
  state.options.log.info({ name: state.options.name }, 'a scanner answers again');
}
