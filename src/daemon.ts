// The running house: every room opened in order, with SMTP last; closed backwards, with SMTP first.
import { sealJournal } from './audit/audit.js';
import { type BackupWatch, watchBackups } from './backup-watch.js';
import { lookAtClock } from './clock-steps.js';
import type { Config } from './config/config.js';
import { restartNeeded } from './config/reload.js';
import type { Desk } from './desk/desk.js';
import { acknowledgeEscalation } from './desk/escalations.js';
import { messageOf, StorageBroken, systemCode, ThanadakError } from './domain/errors.js';
import { HOME, loadWording } from './home.js';
import { createIdSource } from './keys/ids.js';
import { inheritedSockets, type Opened, startInOrder, trackOpened } from './lifecycle.js';
import { watchEventLoop } from './log/event-loop.js';
import { type AdjustableLog, createLog } from './log/log.js';
import { createMeter } from './log/meter.js';
import { sha256 } from './machine/digest.js';
import type { MattersDone } from './matters/matters.js';
import { officeRules, triageWhenAsked } from './office.js';
import { routeTable } from './pages.js';
import { addGauges, readyChecks } from './readings.js';
import type { Counted } from './reports/counting.js';
import { type Overrides, openRooms, type Rooms } from './rooms.js';
import { systemClock } from './schedule/system-clock.js';
import { startTicks } from './schedule/ticks.js';
import { filingRules, frontDoorSettings, listenerTls } from './settings.js';
import type { OpenedSpool } from './spool/spool.js';
import type { OpenedStore } from './store/store.js';
import { createEscalationPages } from './web/escalation-pages.js';
import type { Route } from './web/frame/route.js';
import { createWeb } from './web/server.js';

export interface Daemon extends AsyncDisposable {
  /** Where letters are taken, in the order of the configuration. */
  smtp: { host: string; port: number; lmtp: boolean }[];
  webPort: number;
  /** Every page and deed of the officers' pages. */
  routes: readonly Route[];
  store: OpenedStore;
  desk: Desk;
  /** One pass over what is due, as every minute makes it. */
  sweep(): Promise<{ events: number; digests: number }>;
  /** One pass over tickets not yet held against others, as every minute makes it. */
  findMatters(): Promise<MattersDone>;
  /** Counts what happened since figures were last counted, as every minute does it. */
  countFigures(): Promise<Counted>;
  spool: OpenedSpool;
  backups: BackupWatch;
  /** Takes on another configuration. Answers the keys that need a restart. */
  reload(config: Config): Promise<string[]>;
  /** Resolves when every letter taken is filed and every letter due was tried. */
  idle(): Promise<void>;
  /** Resolves with the reason when storage can no longer be trusted: stop, and exit with failure. */
  broken: Promise<StorageBroken>;
}

const STOP_GRACE_MS = 15_000;

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
    const { resolve, configFiles = () => [] } = overrides;
    const base = { config, version, clock, ids, log, meter, resolve, configFiles, onBroken };
    const rooms = await openRooms(base, opened, overrides);
    rooms.backups = watchBackups(rooms, opened);
    const web = await openWeb(rooms, opened, overrides);
    await openDoor(rooms, opened);
    return daemonOf({ rooms, opened, web, broken });
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

interface OpenedWeb {
  port: number;
  routes: readonly Route[];
}

async function openWeb(rooms: Rooms, opened: Opened, overrides: Overrides): Promise<OpenedWeb> {
  const { config, log, meter, version } = rooms;
  const eventLoop = watchEventLoop();
  opened.push('event loop watch', () => eventLoop.stop());
  addGauges(rooms, eventLoop);
  const sockets = overrides.sockets ?? inheritedSockets(process.env);
  const table = routeTable(rooms);
  await table.house.signIn.sessions.forgetOld();
  const web = createWeb({
    ...config.web.listen,
    fd: sockets[config.smtp.listen.length],
    checks: { live: () => true, ready: readyChecks(rooms) },
    metrics: meter,
    escalations: createEscalationPages({
      store: rooms.store,
      rules: () => rooms.office,
      signer: rooms.signer,
      clock: rooms.clock,
      acknowledge: (order) => acknowledgeEscalation(rooms.deskOptions, order),
    }),
    publicUrl: () => rooms.office.publicUrl,
    metricsForAll: config.web.metricsForAll,
    trustedProxies: config.web.trustedProxies,
    table,
    log,
    version,
  });
  const { port } = await web.listen().catch(explainAddress);
  opened.push('web', () => web.close());
  return { port, routes: table.routes };
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
  const ticks = startTicks({
    everySecond: () => lookAround(rooms),
    everyMinute: () => sweepDue(rooms),
    log: rooms.log,
  });
  opened.push('ticks', () => ticks.stop());
  // By itself: after an upgrade all days are counted, and what falls due does not wait for that.
  const figures = startTicks({ everyMinute: () => countFigures(rooms), log: rooms.log });
  opened.push('figures', () => figures.stop());
  await rooms.door.listen().catch(explainAddress);
  opened.push('front door', () => rooms.door.close(STOP_GRACE_MS));
  await sweepDue(rooms).catch((error: unknown) => {
    rooms.log.warn({ error }, 'what fell due could not be looked at; the next minute does it');
  });
}

/** What another process has done: a letter released, a delivery asked for again, a crash left behind. */
async function lookAround(rooms: Rooms): Promise<void> {
  await lookAtClock(rooms);
  if (rooms.intake.backlog() === 0) await rooms.intake.sweep();
  rooms.outbox.wake();
}

/** Clocks, escalations, waits and lists, then letters about one matter; what an outage left undone is done by the first pass. */
async function sweepDue(rooms: Rooms): Promise<void> {
  try {
    const done = await rooms.sla.sweep();
    if (done.events + done.digests > 0) rooms.log.info(done, 'what fell due was done');
    await sealJournal({ ...rooms, digest: sha256, origin: rooms.config.mailDomain });
    const found = await rooms.matters.pass();
    if (found.suggested > 0) rooms.log.info({ ...found }, 'letters that may be about one matter were found');
  } catch (error) {
    if (!(error instanceof StorageBroken)) throw error;
    rooms.onBroken(error);
  }
}

async function countFigures(rooms: Rooms): Promise<void> {
  try {
    const { back } = await rooms.counting.pass();
    if (back > 0) rooms.log.info({ days: back }, 'days were counted for the first time');
  } catch (error) {
    if (!(error instanceof StorageBroken)) throw error;
    rooms.onBroken(error);
  }
}

interface Running {
  rooms: Rooms;
  opened: Opened;
  web: OpenedWeb;
  broken: Promise<StorageBroken>;
}

function daemonOf({ rooms, opened, web, broken }: Running): Daemon {
  return {
    smtp: rooms.door.addresses(),
    webPort: web.port,
    routes: web.routes,
    store: rooms.store,
    desk: rooms.desk,
    sweep: () => rooms.sla.sweep(),
    findMatters: () => rooms.matters.pass(),
    countFigures: () => rooms.counting.pass(),
    spool: rooms.spool,
    backups: rooms.backups,
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
  const wording = await loadWording(config);
  const needed = restartNeeded(rooms.config, config);
  const kept = { ...config, mailDomain: rooms.config.mailDomain, timeZone: rooms.config.timeZone };
  await rooms.filer.reload(kept);
  rooms.office = officeRules(kept, { templates: wording, triage: triageWhenAsked(kept, HOME) });
  rooms.rules = filingRules(kept, wording);
  const sameListeners = config.smtp.listen.length === rooms.config.smtp.listen.length;
  const tls = sameListeners ? { tls: listenerTls(config) } : {};
  const refused = rooms.door.reload({ ...frontDoorSettings(config), ...tls });
  for (const sentence of refused) rooms.log.warn({ sentence }, 'the front door could not take on a change');
  rooms.log.setLevel(config.log.level);
  rooms.config = config;
  return needed;
}
