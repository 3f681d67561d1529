// The running house: every room opened in order, with SMTP last; closed backwards, with SMTP first.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config/config.js';
import { restartNeeded } from './config/reload.js';
import { createDirectoryDelivery } from './delivery/directory.js';
import { createSmtpDelivery } from './delivery/smtp.js';
import { messageOf, type StorageBroken, systemCode, ThanadakError } from './domain/errors.js';
import { createIntake, type Intake } from './intake/intake.js';
import type { FilingRules } from './intake/rules.js';
import { createIdSource } from './keys/ids.js';
import { createSigner, loadOrMakeKey } from './keys/signer.js';
import { inheritedSockets, type Opened, startInOrder, trackOpened } from './lifecycle.js';
import { watchEventLoop } from './log/event-loop.js';
import { type AdjustableLog, createLog } from './log/log.js';
import { createMeter, type ReadableMeter } from './log/meter.js';
import { createReader } from './mime/reader.js';
import { createOutbox, type Outbox } from './outbox/outbox.js';
import type { Delivery } from './ports/delivery.js';
import type { Clock, IdSource } from './ports/surroundings.js';
import { addGauges, readyChecks } from './readings.js';
import { systemClock } from './schedule/system-clock.js';
import { startTicks } from './schedule/ticks.js';
import { filingRules, frontDoorSettings, giveUpAfter, listeners, listenerTls } from './settings.js';
import { createFrontDoor } from './smtp/front-door.js';
import type { FrontDoor } from './smtp/options.js';
import { type OpenedSpool, openSpool } from './spool/spool.js';
import { type OpenedStore, openStore } from './store/store.js';
import { loadTemplates } from './templates/templates.js';
import { createWeb } from './web/server.js';

/** What tests put in place of the outside world. */
export interface Overrides {
  clock?: Clock;
  ids?: IdSource;
  log?: AdjustableLog;
  /** File descriptors inherited from systemd. */
  sockets?: readonly number[];
}

export interface Daemon extends AsyncDisposable {
  /** Where letters are taken, in the order of the configuration. */
  smtp: { host: string; port: number; lmtp: boolean }[];
  webPort: number;
  store: OpenedStore;
  spool: OpenedSpool;
  /** Takes on another configuration. Answers the keys that need a restart. */
  reload(config: Config): Promise<string[]>;
  /** Resolves when every letter taken is filed and every letter due was tried. */
  idle(): Promise<void>;
  /** Resolves with the reason when storage can no longer be trusted: stop, and exit with failure. */
  broken: Promise<StorageBroken>;
}

/** Folder that holds `migrations/` and `config/templates/`. */
export const HOME = join(import.meta.dirname, '..');

const LEASE_MS = 10 * 60_000;
const STOP_GRACE_MS = 15_000;
const OUTBOX_CONCURRENCY = 20;

/** Everything the rooms share while the house is open. `config` and `rules` are replaced by a reload. */
export interface Rooms {
  config: Config;
  rules: FilingRules;
  version: string;
  clock: Clock;
  ids: IdSource;
  log: AdjustableLog;
  meter: ReadableMeter;
  store: OpenedStore;
  spool: OpenedSpool;
  intake: Intake;
  outbox: Outbox;
  door: FrontDoor;
  onBroken(error: StorageBroken): void;
}

/** Starts the house. Errors: those of a room that cannot open, with everything opened before closed again. */
export async function startDaemon(
  config: Config,
  version: string,
  overrides: Overrides = {},
): Promise<Daemon> {
  const log = overrides.log ?? createLog({ ...config.log, timeZone: config.timeZone });
  const opened = trackOpened(log);
  return startInOrder(opened, async () => {
    const { broken, onBroken } = watchStorage(log);
    const clock = overrides.clock ?? systemClock;
    const ids = overrides.ids ?? createIdSource(clock);
    const meter = createMeter({ process: true, undeclared: (what) => log.warn({ what }, 'not declared') });
    const base = { config, version, clock, ids, log, meter, onBroken };
    const rooms = await openRooms(base, opened, overrides);
    const webPort = await openWeb(rooms, opened, overrides);
    await openDoor(rooms, opened);
    return daemonOf({ rooms, opened, webPort, broken });
  });
}

/** The first report counts: after it nothing more is promised to anybody. */
function watchStorage(log: AdjustableLog): {
  broken: Promise<StorageBroken>;
  onBroken(error: StorageBroken): void;
} {
  let resolve: (error: StorageBroken) => void = () => undefined;
  const broken = new Promise<StorageBroken>((done) => {
    resolve = done;
  });
  return {
    broken,
    onBroken(error) {
      log.error({ error }, 'storage cannot be trusted any more; stopping');
      resolve(error);
    },
  };
}

type Base = Pick<Rooms, 'config' | 'version' | 'clock' | 'ids' | 'log' | 'meter' | 'onBroken'>;

async function openRooms(base: Base, opened: Opened, overrides: Overrides): Promise<Rooms> {
  const { config, clock, ids, log } = base;
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const store = await openStoreOf(config, { clock, ids });
  opened.push('store', () => store.close());
  const { applied } = store.migrated;
  if (applied.length > 0) log.info({ migrations: applied }, 'database migrated');
  const left = await store.transact((unit) => unit.outbox.reclaim(unit.now));
  if (left > 0) log.info({ letters: left }, 'letters being sent when the last process ended are sent again');
  const spool = await openSpool({ dataFolder: config.dataDir, clock });
  opened.push('spool', () => spool.close());
  await spool.clearIncoming();
  const templates = await loadTemplates(join(HOME, 'config', 'templates'), config.languages);
  const rooms = { ...base, store, spool, rules: filingRules(config, templates) } as Rooms;
  openOutbox(rooms, opened);
  openIntake(rooms, opened);
  rooms.door = createFrontDoor({
    ...frontDoorSettings(config),
    hostname: config.smtp.hostname,
    listeners: listeners(config, overrides.sockets ?? inheritedSockets(process.env)),
    directory: () => rooms.rules.directory,
    spool,
    ids,
    clock,
    log,
    meter: base.meter,
    onKept: (letter) => rooms.intake.offer(letter),
    onBroken: base.onBroken,
  });
  return rooms;
}

/** The store of an installation, as the daemon and the command line open it. */
export function openStoreOf(config: Config, from: { clock: Clock; ids: IdSource }): Promise<OpenedStore> {
  return openStore({
    file: join(config.dataDir, 'thanadak.db'),
    migrations: join(HOME, 'migrations'),
    ...from,
  });
}

function openOutbox(rooms: Rooms, opened: Opened): void {
  const delivery = createDelivery(rooms);
  opened.push('delivery', () => delivery.close());
  rooms.outbox = createOutbox({
    store: rooms.store,
    delivery,
    clock: rooms.clock,
    log: rooms.log,
    meter: rooms.meter,
    leaseMs: LEASE_MS,
    giveUpAfterMs: (kind) => giveUpAfter(rooms.config, kind),
    concurrency: OUTBOX_CONCURRENCY,
    isBusy: () => rooms.intake.isBusy(),
    onBroken: rooms.onBroken,
  });
  opened.push('outbox', () => rooms.outbox.close());
}

function createDelivery({ config, log }: Rooms): Delivery {
  const { outbound } = config;
  if (outbound.transport === 'directory' || !outbound.smtp) {
    return createDirectoryDelivery({ directory: outbound.directory, log });
  }
  const { auth, dkim, ...server } = outbound.smtp;
  return createSmtpDelivery({
    ...server,
    auth: auth && { user: auth.user, password: auth.password.reveal() },
    dkim: dkim && { domain: dkim.domain, selector: dkim.selector, key: dkim.key.reveal() },
    hostname: config.smtp.hostname,
    log,
  });
}

function openIntake(rooms: Rooms, opened: Opened): void {
  const { config, store, spool, clock, ids, log, meter } = rooms;
  const { workers, memoryMb, deadline } = config.reading;
  const reader = createReader({ workers, memoryMb, deadlineMs: deadline });
  opened.push('reader', () => reader.close());
  rooms.intake = createIntake({
    store,
    spool,
    reader,
    signer: createSigner(loadOrMakeKey(config.replyKeyFile)),
    clock,
    ids,
    log,
    meter,
    rules: () => rooms.rules,
    onFiled: () => rooms.outbox.wake(),
    onBroken: rooms.onBroken,
  });
  opened.push('intake', () => rooms.intake.close());
}

async function openWeb(rooms: Rooms, opened: Opened, overrides: Overrides): Promise<number> {
  const { config, log, meter, version } = rooms;
  const eventLoop = watchEventLoop();
  opened.push('event loop watch', () => eventLoop.stop());
  addGauges(rooms, eventLoop);
  const sockets = overrides.sockets ?? inheritedSockets(process.env);
  const web = createWeb({
    ...config.web.listen,
    fd: sockets[config.smtp.listen.length],
    checks: { live: () => true, ready: readyChecks(rooms) },
    metrics: meter,
    metricsForAll: config.web.metricsForAll,
    log,
    version,
  });
  const { port } = await web.listen().catch(explainAddress);
  opened.push('web', () => web.close());
  return port;
}

/** A port that cannot be had is the operator's to mend. */
function explainAddress(error: unknown): never {
  const mend = {
    EADDRINUSE: 'another program (another Thanadak?) listens there; stop it or choose another port',
    EACCES: 'ports below 1024 need systemd to open them, or the right to bind them',
    EADDRNOTAVAIL: 'this machine has no such address',
  }[systemCode(error) ?? ''];
  if (!mend) throw error;
  throw new ThanadakError('unavailable', `${messageOf(error)}: ${mend}.`, { cause: error });
}

/** The door opens last, when everything behind it is ready, and closes first. */
async function openDoor(rooms: Rooms, opened: Opened): Promise<void> {
  await rooms.intake.sweep();
  const ticks = startTicks({ everySecond: () => lookAround(rooms), log: rooms.log });
  opened.push('ticks', () => ticks.stop());
  await rooms.door.listen().catch(explainAddress);
  opened.push('front door', () => rooms.door.close(STOP_GRACE_MS));
}

/** What another process has done: a letter released, a delivery asked for again, a crash left behind. */
async function lookAround(rooms: Rooms): Promise<void> {
  if (rooms.intake.backlog() === 0) await rooms.intake.sweep();
  rooms.outbox.wake();
}

interface Running {
  rooms: Rooms;
  opened: Opened;
  webPort: number;
  broken: Promise<StorageBroken>;
}

function daemonOf({ rooms, opened, webPort, broken }: Running): Daemon {
  return {
    smtp: rooms.door.addresses(),
    webPort,
    store: rooms.store,
    spool: rooms.spool,
    broken,
    reload: (config) => reload(rooms, config),
    async idle() {
      await rooms.intake.idle();
      await rooms.outbox.idle();
    },
    [Symbol.asyncDispose]: () => opened.closeAll(),
  };
}

async function reload(rooms: Rooms, config: Config): Promise<string[]> {
  const templates = await loadTemplates(join(HOME, 'config', 'templates'), config.languages);
  const needed = restartNeeded(rooms.config, config);
  rooms.rules = filingRules(
    { ...config, mailDomain: rooms.config.mailDomain, timeZone: rooms.config.timeZone },
    templates,
  );
  const sameListeners = config.smtp.listen.length === rooms.config.smtp.listen.length;
  const tls = sameListeners ? { tls: listenerTls(config) } : {};
  const refused = rooms.door.reload({ ...frontDoorSettings(config), ...tls });
  for (const sentence of refused) rooms.log.warn({ sentence }, 'the front door could not take on a change');
  rooms.log.setLevel(config.log.level);
  rooms.config = config;
  return needed;
}
