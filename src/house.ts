// The house as the command line has it: a second process on the same store and folders.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Health, House, HouseOffice } from './admin/deps.js';
import type { Config } from './config/config.js';
import { loadOrThrow } from './configuration.js';
import { ThanadakError } from './domain/errors.js';
import { openStoreOf } from './home.js';
import { createIdSource } from './keys/ids.js';
import { rotateKeys } from './keys/signer.js';
import { systemClock } from './schedule/system-clock.js';
import { createSessions, type Sessions } from './sign-in/sessions.js';
import { openArchive } from './spool/archive.js';
import { openSpool } from './spool/spool.js';
import type { OpenedStore } from './store/store.js';
import { readLastBackup } from './vault/last.js';

/** Errors: 'invalid' for the configuration, 'unavailable' where no daemon ever ran, those of opening a store. */
export async function openHouse(file: string | undefined): Promise<House> {
  const config = loadOrThrow(file);
  refuseEmpty(config);
  const ids = createIdSource(systemClock);
  const store = await openStoreOf(config, { clock: systemClock, ids });
  let office: Promise<HouseOffice> | undefined;
  const spool = await openSpool({ dataFolder: config.dataDir, clock: systemClock });
  return {
    store,
    spool,
    archive: openArchive(config.dataDir),
    readPart: async (path, part) => (await import('./mime/read-part.js')).readPart(path, part),
    heldPathOf: (id) => join(config.dataDir, 'spool', 'held', `${id}.eml`),
    config: { publicUrl: config.web.publicUrl, stations: config.stations, timeZone: config.timeZone },
    office() {
      office ??= import('./house-office.js').then((one) => one.openHouseOffice(config, { store, ids }));
      return office;
    },
    async audit() {
      const { openAudit } = await import('./house-audit.js');
      return openAudit(config, store);
    },
    hashPassword: async (password) =>
      (await import('./identity/passwords.js')).createPasswords().hash(password),
    openSessions: (officer) => sessionsOf(config, store).openOf(officer),
    lastBackupAt: async () => (await readLastBackup(config.dataDir))?.savedAt ?? null,
    health: () => askHealth(config),
    async close() {
      await spool.close();
      store.close();
    },
  };
}

function sessionsOf({ web }: Config, store: OpenedStore): Sessions {
  const { idle, longest } = web.signIn;
  return createSessions({ store, clock: systemClock, times: () => ({ idleMs: idle, longestMs: longest }) });
}

const HEALTH_LIMIT_MS = 2_000;

async function askHealth(config: Config): Promise<Health | undefined> {
  const { host, port } = config.web.listen;
  const reached = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  const url = `http://${reached.includes(':') ? `[${reached}]` : reached}:${port}/readyz`;
  try {
    const headers = { accept: 'application/json' };
    const answer = await fetch(url, { headers, signal: AbortSignal.timeout(HEALTH_LIMIT_MS) });
    return healthOf(await answer.json());
  } catch {
    return undefined;
  }
}

function healthOf(answer: unknown): Health {
  const { ready, checks } = answer as {
    ready: boolean;
    checks: { name: string; ok: boolean; detail?: string; mend?: string }[];
  };
  const failed = checks.filter((check) => !check.ok);
  return {
    ready,
    problems: failed.map(({ name, detail, mend }) => ({
      what: `${name}: ${detail ?? 'failed'}`,
      mend: mend ?? '',
    })),
  };
}

export async function migrate(file: string | undefined): Promise<{ applied: string[]; current: string }> {
  const store = await openStoreOf(loadOrThrow(file), {
    clock: systemClock,
    ids: createIdSource(systemClock),
  });
  store.close();
  return store.migrated;
}

export async function rotateReplyKeys(file: string | undefined): Promise<{ file: string }> {
  const config = loadOrThrow(file);
  refuseEmpty(config);
  rotateKeys(config.replyKeyFile);
  return { file: config.replyKeyFile };
}

/** The command line must not make a data folder: with a mistaken path nobody would notice. */
function refuseEmpty(config: Config): void {
  if (existsSync(config.dataDir)) return;
  throw new ThanadakError(
    'unavailable',
    `There is no data folder ${config.dataDir}: start the daemon once (thanadak serve), or correct data_dir.`,
  );
}
