// Closing time: nobody new comes in, letters in transfer are finished, everybody else is asked to come back.
import { setTimeout as sleep } from 'node:timers/promises';
import type { DoorConnection } from './connection.js';
import type { Door } from './door.js';
import type { DoorServer } from './server.js';

/** How long a client has to take our last reply before its socket goes, in milliseconds. */
const FAREWELL_MS = 500;

/** Resolves when every letter handed to the spool is settled and every socket is gone, at most after `graceMs`. */
export async function closeServers(
  door: Door,
  servers: readonly DoorServer[],
  graceMs: number,
): Promise<void> {
  const end = performance.now() + graceMs;
  const remaining = () => Math.min(FAREWELL_MS, end - performance.now());
  if (door.state === 'open') door.state = 'closing';
  const closed = Promise.all(servers.map((server) => stopListening(server, graceMs)));
  for (const connection of sessionsOf(servers)) if (!connection.hand) connection.say('closing');
  await atMost(Math.max(graceMs / 2, graceMs - 2 * FAREWELL_MS), Promise.all(door.inFlight));
  for (const connection of sessionsOf(servers)) connection.say('closing');
  await atMost(remaining(), closed);
  for (const connection of sessionsOf(servers)) connection._socket.destroy();
  // The letters that were cut off are being cleared away from the spool, which the house closes next.
  await atMost(remaining(), Promise.all(door.inFlight));
}

function sessionsOf(servers: readonly DoorServer[]): DoorConnection[] {
  return servers.flatMap((server) => [...server.sessions.values()]);
}

function stopListening(server: DoorServer, graceMs: number): Promise<void> {
  // smtp-server's own patience must outlast ours, or it would cut off letters in transfer.
  server.options.closeTimeout = graceMs + 60_000;
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}

/** Waits for `promise`, which never rejects, but not longer than `milliseconds`. */
async function atMost(milliseconds: number, promise: Promise<unknown>): Promise<void> {
  const alarm = new AbortController();
  const bell = sleep(Math.max(0, milliseconds), undefined, { signal: alarm.signal }).catch(() => undefined);
  await Promise.race([promise, bell]);
  alarm.abort();
}
