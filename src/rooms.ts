// The rooms behind the two faces, each opened with what it asks for.
import { basename, dirname } from 'node:path';
import type { BackupWatch } from './backup-watch.js';
import { watchClockOf } from './clock-steps.js';
import type { Config } from './config/config.js';
import { refuseWrongFolder } from './data-folder.js';
import { createDirectoryDelivery } from './delivery/directory.js';
import { createSmtpDelivery } from './delivery/smtp.js';
import type { DeskOptions } from './desk/deed.js';
import type { Desk } from './desk/desk.js';
import type { Previews } from './desk/previewing.js';
import type { StorageBroken } from './domain/errors.js';
import { type Filer, startFiler } from './filer.js';
import { HOME, journalKeyFile, loadWording, openStoreOf } from './home.js';
import { createIntake, type Intake } from './intake/intake.js';
import type { FilingRules } from './intake/rules.js';
import { fileTogether } from './intake/together.js';
import { openSealer } from './keys/sealer.js';
import { createSigner, loadOrMakeKeys } from './keys/signer.js';
import { inheritedSockets, type Opened } from './lifecycle.js';
import { watchEventLoop } from './log/event-loop.js';
import type { AdjustableLog } from './log/log.js';
import type { ReadableMeter } from './log/meter.js';
import { makeLastingFolder } from './machine/files.js';
import { createTurns, type InTurn } from './machine/turns.js';
import { createMatters, type Matters } from './matters/matters.js';
import { createPartReader } from './mime/part-reader.js';
import { readPart } from './mime/read-part.js';
import { createReader } from './mime/reader.js';
import { loadTriage, officeRules, openOffice, triageWhenAsked } from './office.js';
import { createOutbox, type Outbox } from './outbox/outbox.js';
import type { Delivery } from './ports/delivery.js';
import type { TicketLife } from './ports/desk.js';
import type { OfficeRules } from './ports/office.js';
import type { LetterParts } from './ports/reading.js';
import type { Clock, IdSource, Sealer, Signer } from './ports/surroundings.js';
import { type Counting, createCounting } from './reports/counting.js';
import type { ClockWatch } from './schedule/clock-watch.js';
import { createScreening } from './screening/screening.js';
import type { Resolve } from './sender-auth/options.js';
import { relayOf } from './sender-auth/origin.js';
import { createSenderAuth } from './sender-auth/sender-auth.js';
import {
  filingRules,
  frontDoorSettings,
  giveUpAfter,
  listeners,
  screeningSettings,
  senderAuthSettings,
} from './settings.js';
import { createSla, type Sla } from './sla/sla.js';
import { createFrontDoor } from './smtp/front-door.js';
import type { FrontDoor } from './smtp/options.js';
import { openArchive } from './spool/archive.js';
import { type OpenedSpool, openSpool } from './spool/spool.js';
import { claimFolder, type OpenedStore } from './store/store.js';

/** What tests put in place of the outside world. */
export interface Overrides {
  clock?: Clock;
  ids?: IdSource;
  log?: AdjustableLog;
  /** File descriptors inherited from systemd. */
  sockets?: readonly number[];
  resolve?: Resolve;
  /** Files of the configuration, the main one first; they are saved with the rest. */
  configFiles?: () => readonly string[];
}

const LEASE_MS = 10 * 60_000;
const OUTBOX_CONCURRENCY = 20;

/** Everything the rooms share while the house is open. `config` and `rules` are replaced by a reload. */
export interface Rooms {
  config: Config;
  rules: FilingRules;
  office: OfficeRules;
  version: string;
  clock: Clock;
  clockWatch: ClockWatch;
  ids: IdSource;
  signer: Signer;
  sealer: Sealer;
  log: AdjustableLog;
  meter: ReadableMeter;
  store: OpenedStore;
  inTurn: InTurn;
  filer: Filer;
  spool: OpenedSpool;
  deskOptions: DeskOptions;
  desk: Desk;
  previews: Previews;
  life: TicketLife;
  sla: Sla;
  matters: Matters;
  counting: Counting;
  intake: Intake;
  /** Letters opened once more, for pages. */
  parts: LetterParts;
  outbox: Outbox;
  door: FrontDoor;
  backups: BackupWatch;
  /** Files the configuration was read from, the main one first. */
  configFiles(): readonly string[];
  /** Asks the DNS instead of the name servers of the machine. */
  resolve: Resolve | undefined;
  onBroken(error: StorageBroken): void;
}

/** What is there before any room is open. */
export type Base = Pick<
  Rooms,
  'config' | 'version' | 'clock' | 'ids' | 'log' | 'meter' | 'resolve' | 'configFiles' | 'onBroken'
>;

/** Opens every room but the web face; the front door is built and still shut. */
export async function openRooms(base: Base, opened: Opened, overrides: Overrides): Promise<Rooms> {
  const { config, clock, ids, log } = base;
  refuseWrongFolder(config);
  await makeLastingFolder(dirname(config.dataDir), [basename(config.dataDir)]);
  const claim = claimFolder(config.dataDir);
  opened.push('claim', () => claim.release());
  const inTurn = createTurns();
  const store = await openStoreOf(config, { clock, ids, inTurn });
  opened.push('store', () => store.close());
  const { applied } = store.migrated;
  if (applied.length > 0) log.info({ migrations: applied }, 'database migrated');
  const left = await store.transact((unit) => unit.outbox.reclaim(unit.now));
  if (left > 0) log.info({ letters: left }, 'letters being sent when the last process ended are sent again');
  const clockWatch = await watchClockOf({ store, clock, log });
  const spool = await openSpool({ dataFolder: config.dataDir, clock });
  opened.push('spool', () => spool.close());
  await spool.clearIncoming();
  const wording = await loadWording(config);
  const rules = filingRules(config, wording);
  const office = officeRules(config, { templates: wording, triage: triageWhenAsked(config, HOME) });
  const rooms = { ...base, store, clockWatch, inTurn, spool, rules, office } as Rooms;
  openOutbox(rooms, opened);
  openDesk(rooms);
  await openFiling(rooms, opened, overrides);
  openIntake(rooms, opened);
  // A watch of its own: who asks for the longest delay begins a new count.
  const eventLoop = watchEventLoop();
  opened.push('event loop watch of the front door', () => eventLoop.stop());
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
    lagSeconds: () => eventLoop.longestDelay(),
    onKept: (letter) => rooms.intake.offer(letter),
    onBroken: base.onBroken,
  });
  return rooms;
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
    giveUpAfterMs: (kind) =>
      rooms.clockWatch.doubt() ? Number.POSITIVE_INFINITY : giveUpAfter(rooms.config, kind),
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

function openDesk(rooms: Rooms): void {
  const { store, clock, ids, log, meter, config } = rooms;
  rooms.signer = createSigner(loadOrMakeKeys(config.replyKeyFile));
  rooms.sealer = openSealer(journalKeyFile(config));
  const rules = () => rooms.office;
  const onLetters = () => rooms.outbox.wake();
  const office = openOffice({ store, rules, ids, signer: rooms.signer, meter, onLetters });
  rooms.deskOptions = office.options;
  rooms.desk = office.desk;
  rooms.previews = office.previews;
  rooms.life = office.life;
  rooms.sla = createSla({
    ...office.options,
    life: rooms.life,
    archive: openArchive(rooms.config.dataDir),
    clock,
    log,
    isTimeSure: () => rooms.clockWatch.doubt() === undefined,
  });
  const isBusy = () => rooms.intake.isBusy();
  rooms.matters = createMatters({ store, clock, log, isBusy, timeZone: () => rooms.office.timeZone });
  rooms.counting = createCounting({ store, rules, clock, isBusy });
}

/** Time and ids that come from outside do not reach another thread: with them letters are filed in this one. */
async function openFiling(rooms: Rooms, opened: Opened, { clock, ids }: Overrides): Promise<void> {
  if (clock || ids) {
    loadTriage(rooms.config, HOME);
    rooms.filer = {
      file: (letters) => fileTogether({ ...rooms, rules: () => rooms.rules }, letters),
      reload: async (config) => void loadTriage(config, HOME),
      close: async () => undefined,
    };
    return;
  }
  rooms.filer = await startFiler(rooms.config, rooms.inTurn);
  opened.push('filing', () => rooms.filer.close());
}

function openIntake(rooms: Rooms, opened: Opened): void {
  const { config, store, spool, clock, log, meter } = rooms;
  const { workers, memoryMb, deadline } = config.reading;
  const reader = createReader({ workers, memoryMb, deadlineMs: deadline });
  opened.push('reader', () => reader.close());
  const parts = createPartReader({ memoryMb, deadlineMs: deadline });
  opened.push('part reader', () => parts.close());
  rooms.parts = parts;
  const senderAuth = createSenderAuth({
    settings: () => senderAuthSettings(rooms.config),
    hostname: config.smtp.hostname,
    resolve: rooms.resolve,
    clock,
    log,
  });
  opened.push('sender authentication', () => senderAuth.close());
  const screening = createScreening({
    settings: () => screeningSettings(rooms.config),
    isFromRelay: (envelope) => relayOf(envelope, senderAuthSettings(rooms.config)) !== undefined,
    readPart,
    log,
    meter,
  });
  opened.push('screening', () => screening.close());
  rooms.intake = createIntake({
    store,
    spool,
    reader,
    senderAuth,
    screening,
    clock,
    log,
    meter,
    file: (letters) => rooms.filer.file(letters),
    onFiled: () => rooms.outbox.wake(),
    onBroken: rooms.onBroken,
  });
  opened.push('intake', () => rooms.intake.close());
}
