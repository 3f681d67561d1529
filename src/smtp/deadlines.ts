// Ends what has lasted too long. One sweep over the few hundred sessions costs less than a timer for each letter.
import type { DoorConnection } from './connection.js';
import type { Door } from './door.js';
import { isOverdue, refuse } from './handover.js';
import { type Load, limitsFor, lookAtLoad } from './stress.js';

const MAX_INTERVAL_MS = 1_000;
const MIN_INTERVAL_MS = 20;

export interface Deadlines {
  stop(): void;
}

/** Milliseconds between sweeps, short enough for deadlines of `handoverMs` and `sessionMs`, also under stress. */
export function sweepInterval(limits: {
  handoverMs: number;
  sessionMs: number;
  stress: { sessionMs: number };
}): number {
  const shortest = Math.min(limits.handoverMs, limits.sessionMs, limits.stress.sessionMs) / 10;
  return Math.max(MIN_INTERVAL_MS, Math.min(MAX_INTERVAL_MS, shortest));
}

export interface Watched {
  sessions(): Iterable<DoorConnection>;
  load(): Load;
}

/** Starts sweeping the sessions, and looking at the load, which decides how long they may last. */
export function startDeadlines(door: Door, { sessions, load }: Watched): Deadlines {
  const interval = sweepInterval(door.settings.limits);
  const timer = setInterval(() => {
    const now = performance.now();
    lookAtLoad(door, load(), sessions);
    for (const connection of sessions()) sweep(connection, now, interval);
  }, interval);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

/** The sweep that comes `interval` later would be too late for a handover, hence the earlier limit. */
function sweep(connection: DoorConnection, now: number, interval: number): void {
  const { hand, door } = connection;
  const { handoverMs, sessionMs } = limitsFor(connection);
  if (connection.isGone()) return;
  if (hand && isOverdue(hand, now, handoverMs - interval)) {
    door.options.log.error({ ...connection.fields(), letterId: hand.id }, 'the spool did not answer in time');
    refuse(connection, hand, 'handover-late');
  } else if (now - connection.openedAt >= sessionMs && !hand?.stream.writableEnded) {
    // A letter that is all here is answered first, or the client would send it again though we have it.
    connection.say('session-over');
  }
}
