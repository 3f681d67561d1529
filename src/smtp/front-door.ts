// The front door: its listeners are opened, reloaded and closed here.
import { messageOf, systemCode } from '../domain/errors.js';
import { closeServers } from './closing.js';
import type { DoorConnection } from './connection.js';
import { type Deadlines, startDeadlines } from './deadlines.js';
import { buildDoor, type Door } from './door.js';
import type { FrontDoor, FrontDoorChanges, FrontDoorOptions } from './options.js';
import { applySettings, applyTls, DoorServer } from './server.js';

/** Builds the front door; it is shut until `listen`. Throws when a certificate cannot be used. */
export function createFrontDoor(options: FrontDoorOptions): FrontDoor {
  const door = buildDoor(options);
  const servers = options.listeners.map((listener) => new DoorServer(door, listener));
  for (const server of servers) server.on('error', (error) => reportError(door, error));
  let deadlines: Deadlines | undefined;
  const watch = () => {
    deadlines?.stop();
    deadlines = startDeadlines(door, {
      sessions: () => sessionsOf(servers),
      load: () => ({
        share: Math.max(...servers.map((server) => server.strangersShare())),
        lagSeconds: options.lagSeconds?.() ?? 0,
      }),
    });
  };
  return {
    async listen() {
      await listenAll(servers);
      watch();
    },
    addresses: () => servers.map(addressOf),
    isListening: () =>
      door.state === 'open' && servers.length > 0 && servers.every((each) => each.server.listening),
    sessions: () => servers.reduce((count, server) => count + server.sessions.size, 0),
    isStressed: () => door.stress.isOn,
    reload(changes) {
      const problems = applyChanges(door, servers, changes);
      if (deadlines) watch();
      return problems;
    },
    async close(graceMs) {
      await closeServers(door, servers, graceMs);
      deadlines?.stop();
    },
  };
}

function* sessionsOf(servers: readonly DoorServer[]): Generator<DoorConnection> {
  for (const server of servers) yield* server.sessions.values();
}

async function listenAll(servers: readonly DoorServer[]): Promise<void> {
  try {
    for (const server of servers) await listen(server);
  } catch (error) {
    for (const { server } of servers) server.close();
    throw error;
  }
}

function listen(server: DoorServer): Promise<void> {
  const { host, port, fd } = server.listener;
  return new Promise((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(fd === undefined ? { host, port } : { fd }, () => {
      server.server.off('error', reject);
      resolve();
    });
  });
}

function addressOf(server: DoorServer): { host: string; port: number; lmtp: boolean } {
  const { host, port, lmtp } = server.listener;
  const bound = server.server.address();
  if (bound === null || typeof bound === 'string') return { host, port, lmtp };
  return { host: bound.address, port: bound.port, lmtp };
}

/** Clients that vanish or cannot do TLS are everyday; anything else an operator should see. */
function reportError(door: Door, error: Error): void {
  const fields = { code: systemCode(error), reason: messageOf(error) };
  const ofClient = 'remoteAddress' in error || 'meta' in error;
  if (ofClient) door.options.log.info(fields, 'a session broke off');
  else door.options.log.warn({ ...fields, error }, 'a listener reports an error');
}

function applyChanges(door: Door, servers: readonly DoorServer[], changes: FrontDoorChanges): string[] {
  const { tls, ...settings } = changes;
  door.settings = { ...door.settings, ...settings };
  const problems: string[] = [];
  for (const [index, server] of servers.entries()) {
    applySettings(server, door.settings);
    const certificate = tls?.[index];
    const problem = certificate ? applyTls(server, certificate) : undefined;
    if (problem) problems.push(problem);
  }
  return problems;
}
