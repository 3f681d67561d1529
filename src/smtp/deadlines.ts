// Ends what has lasted too long. One sweep over the few hundred sessions costs less than a timer for each letter.
import type { DoorConnection } from './connection.js';
import type { Door } from './door.js';
import { isOverdue, refuse } from './handover.js';

const MAX_INTERVAL_MS = 1_000;
const MIN_INTERVAL_MS = 20;

export interface Deadlines {
  stop(): void;
}

/** Milliseconds between sweeps, short enough for deadlines of `handoverMs` and `sessionMs`. */
export function sweepInterval(limits: { handoverMs: number; sessionMs: number }): number {
  const shortest = Math.min(limits.handoverMs, limits.sessionMs) / 10;
  return Math.max(MIN_INTERVAL_MS, Math.min(MAX_INTERVAL_MS, shortest));
}

/** Starts sweeping the sessions that `sessions` gives. */
export function startDeadlines(door: Door, sessions: () => Iterable<DoorConnection>): Deadlines {
  const interval = sweepInterval(door.settings.limits);
  const timer = setInterval(() => {
    const now = performance.now();
    for (const connection of sessions()) sweep(connection, now, interval);
  }, interval);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

/** The sweep that comes `interval` later would be too late for a handover, hence the earlier limit. */
function sweep(connection: DoorConnection, now: number, interval: number): void {
  const { hand, door } = connection;
  const { handoverMs, sessionMs } = door.settings.limits;
  if (connection.isGone()) return;
  if (hand && isOverdue(hand, now, handoverMs - interval)) {
    door.options.log.error({ ...connection.fields(), letterId: hand.id }, 'the spool did not answer in time');
    refuse(connection, hand, 'handover-late');
  } else if (now - connection.openedAt >= sessionMs && !hand?.stream.writableEnded) {
    // A letter that is all here is answered first, or the client would send it again though we have it.
    connection.say('session-over');
  }
}
