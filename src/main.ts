// The command: hands the command line what it needs of the house, and runs the daemon until it is told to stop.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { runCommandLine } from './admin/command-line.js';
import type { Configuration, Health, House, HouseOffice } from './admin/deps.js';
import { openStandardStreams } from './admin/standard-streams.js';
import type { Config } from './config/config.js';
import { explainKey, listOptions } from './config/explain.js';
import { findConfigFile, type Loaded, loadConfig } from './config/load.js';
import { configSchema, printConfig } from './config/print.js';
import { formatProblems } from './config/problem.js';
import { type Daemon, startDaemon } from './daemon.js';
import { acknowledgeEscalation } from './desk/escalations.js';
import { ThanadakError } from './domain/errors.js';
import { peopleOf } from './domain/people.js';
import { instantOf } from './domain/time.js';
import { createIdSource } from './keys/ids.js';
import { createSigner, loadOrMakeKey } from './keys/signer.js';
import { onSignals } from './lifecycle.js';
import { createLog } from './log/log.js';
import { createMeter } from './log/meter.js';
import { loadTriage, officeRules, openOffice } from './office.js';
import type { IdSource } from './ports/surroundings.js';
import { HOME, loadWording, openStoreOf } from './rooms.js';
import { systemClock } from './schedule/system-clock.js';
import { createSla } from './sla/sla.js';
import { openArchive } from './spool/archive.js';
import { openSpool } from './spool/spool.js';
import type { OpenedStore } from './store/store.js';

/** Runs one command. Resolves to the exit code; never rejects. */
export function run(argv: readonly string[]): Promise<number> {
  return runCommandLine(argv, {
    version: versionOf(),
    clock: systemClock,
    ...openStandardStreams(process),
    serve,
    openHouse,
    migrate,
    configuration,
  });
}

function versionOf(): string {
  const { version } = JSON.parse(readFileSync(join(HOME, 'package.json'), 'utf8')) as { version: string };
  return version;
}

function load(file: string | undefined): Loaded {
  return loadConfig(findConfigFile(file, process.env, HOME), process.env);
}

function loadOrThrow(file: string | undefined): Config {
  const loaded = load(file);
  if (!loaded.ok) throw new ThanadakError('invalid', formatProblems(loaded.problems));
  return loaded.config;
}

async function serve(file: string | undefined): Promise<number> {
  const config = loadOrThrow(file);
  const log = createLog({ ...config.log, timeZone: config.timeZone });
  const daemon = await startDaemon(config, versionOf(), { log });
  log.info({ smtp: daemon.smtp, web: daemon.webPort, version: versionOf() }, 'ready');
  const reason = await untilTold(daemon, file, log);
  log.info({ reason }, 'stopping');
  await daemon[Symbol.asyncDispose]();
  log.info({ reason }, 'stopped');
  const code = reason === 'storage' ? 1 : 0;
  // A connection that did not close in time must not keep the process; nobody waits for it any more.
  setTimeout(() => process.exit(code), LAST_MS).unref();
  return code;
}

const LAST_MS = 1_000;

type Log = ReturnType<typeof createLog>;

function untilTold(daemon: Daemon, file: string | undefined, log: Log): Promise<string> {
  return new Promise((resolve) => {
    // The handlers stay: a second signal must not cut the stop short.
    onSignals({
      stop: resolve,
      reload: () => void reload(daemon, file, log),
    });
    void daemon.broken.then(() => resolve('storage'));
  });
}

/** A bad file changes nothing. */
async function reload(daemon: Daemon, file: string | undefined, log: Log): Promise<void> {
  try {
    const needRestart = await daemon.reload(loadOrThrow(file));
    log.info({}, 'configuration reloaded');
    if (needRestart.length > 0)
      log.warn({ keys: needRestart }, 'these changes take effect only after a restart');
  } catch (error) {
    log.error({ error }, 'the configuration was not reloaded; the old one stays');
  }
}

async function openHouse(file: string | undefined): Promise<House> {
  const config = loadOrThrow(file);
  const ids = createIdSource(systemClock);
  const store = await openStoreOf(config, { clock: systemClock, ids });
  let office: Promise<HouseOffice> | undefined;
  const spool = await openSpool({ dataFolder: config.dataDir, clock: systemClock });
  return {
    store,
    spool,
    archive: openArchive(config.dataDir),
    heldPathOf: (id) => join(config.dataDir, 'spool', 'held', `${id}.eml`),
    config: { publicUrl: config.web.publicUrl, stations: config.stations, timeZone: config.timeZone },
    office() {
      office ??= openOfficeOf(config, { store, ids });
      return office;
    },
    health: () => askHealth(config),
    async close() {
      await spool.close();
      store.close();
    },
  };
}

async function openOfficeOf(
  config: Config,
  { store, ids }: { store: OpenedStore; ids: IdSource },
): Promise<HouseOffice> {
  const rules = officeRules(config, {
    templates: await loadWording(config),
    triage: loadTriage(config, HOME),
  });
  const log = createLog({ ...config.log, timeZone: config.timeZone });
  const meter = createMeter({ process: false, undeclared: () => undefined });
  const nobody = () => undefined;
  const { options, desk, life } = openOffice({
    store,
    rules: () => rules,
    ids,
    signer: createSigner(loadOrMakeKey(config.replyKeyFile)),
    meter,
    onLetters: nobody,
  });
  const sla = createSla({ ...options, life, clock: systemClock, log });
  return {
    desk,
    rules,
    people: async () => peopleOf(rules.officers, await store.officers.list()),
    acknowledgeEscalation: (order) => acknowledgeEscalation(options, order),
    sweep: () => sla.sweep(),
    startedAt: instantOf(Math.floor(performance.timeOrigin)),
  };
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

async function migrate(file: string | undefined): Promise<{ applied: string[]; current: string }> {
  const store = await openStoreOf(loadOrThrow(file), {
    clock: systemClock,
    ids: createIdSource(systemClock),
  });
  store.close();
  return store.migrated;
}

const configuration: Configuration = {
  async check(file) {
    const loaded = load(file);
    if (loaded.ok) return { ok: true, text: `${loaded.files.join(', ')}: no problems`, problems: [] };
    return { ok: false, text: formatProblems(loaded.problems), problems: loaded.problems };
  },
  async print(file, withOrigin) {
    const loaded = load(file);
    if (!loaded.ok) throw new ThanadakError('invalid', formatProblems(loaded.problems));
    const text = printConfig(loaded.config, withOrigin ? loaded.origin : undefined);
    return { text, value: parse(text) as unknown };
  },
  schema: configSchema,
  explain(key) {
    const found = explainKey(key);
    if ('nearest' in found) return found;
    const { meaning, type, reload: live } = found;
    const lines = [key, `  ${meaning}`, `  type: ${type}`, `  default: ${JSON.stringify(found.default)}`];
    return {
      text: [...lines, `  change: ${live ? 'at SIGHUP' : 'needs a restart'}`].join('\n'),
      value: found,
    };
  },
  keys: () => listOptions().map((option) => option.key),
};
