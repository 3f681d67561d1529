// What the house shows of itself: whether it is ready, and its gauges.
import { X509Certificate } from 'node:crypto';
import { clockFinding } from './clock-steps.js';
import { millisecondsBetween } from './domain/time.js';
import type { Rooms } from './rooms.js';
import { listenerTls } from './settings.js';
import type { Finding, ReadyCheck } from './web/readiness.js';

const SYNCHRONOUS_LEVELS = ['OFF', 'NORMAL', 'FULL', 'EXTRA'];
/** Letters waiting to be filed above which the house does not call itself ready. */
const BACKLOG_LIMIT = 50_000;

export function readyChecks(rooms: Rooms): ReadyCheck[] {
  return [
    { name: 'front-door', run: () => frontDoor(rooms) },
    { name: 'database', run: () => database(rooms) },
    { name: 'disk', run: () => disk(rooms) },
    { name: 'backlog', run: () => backlog(rooms) },
    { name: 'clock', run: () => clockFinding(rooms) },
    { name: 'backup', run: () => rooms.backups.check() },
  ];
}

function frontDoor({ door }: Rooms): Finding {
  return door.isListening()
    ? { ok: true }
    : { ok: false, detail: 'no letters are taken', mend: 'Look into the log, then restart the service.' };
}

async function database({ store }: Rooms): Promise<Finding> {
  await store.outbox.nextDueAt();
  const { synchronous } = store.facts();
  return synchronous === 'FULL'
    ? { ok: true }
    : {
        ok: false,
        detail: `synchronous is ${synchronous}`,
        mend: 'Restart the service; report this as a fault.',
      };
}

async function disk({ spool, config }: Rooms): Promise<Finding> {
  const free = await spool.freeBytes();
  const floor = config.smtp.diskFloorBytes;
  return free >= floor
    ? { ok: true, detail: `${free} bytes free` }
    : {
        ok: false,
        detail: `${free} bytes free, ${floor} needed`,
        mend: 'Make room on the disk of data_dir.',
      };
}

async function backlog({ spool }: Rooms): Promise<Finding> {
  const { length } = await spool.list();
  return length <= BACKLOG_LIMIT
    ? { ok: true }
    : {
        ok: false,
        detail: `${length} letters wait to be filed`,
        mend: 'Look into the log for why filing is slow.',
      };
}

export function addGauges(rooms: Rooms, eventLoop: { longestDelay(): number }): void {
  const { meter, spool, store, version } = rooms;
  const tickets = countTickets(rooms);
  meter.gauge('letters_spooled', async () => (await spool.list()).length);
  meter.gauge('spool_oldest_seconds', () => oldestSeconds(rooms));
  meter.gauge('letters_held', async () => (await spool.listHeld()).length);
  meter.gauge('outbox_letters', async () =>
    Object.entries(await store.outbox.counts()).map(([state, value]) => ({ labels: { state }, value })),
  );
  meter.gauge('outbox_late_seconds', async () => {
    const due = await store.outbox.nextDueAt();
    return due ? Math.max(0, millisecondsBetween(due, rooms.clock.now()) / 1000) : 0;
  });
  meter.gauge('tickets_open', async () => (await tickets()).open);
  meter.gauge('clocks_overdue', async () => (await tickets()).overdue);
  meter.gauge('escalations_open', () => store.escalations.countOpen());
  meter.gauge('backup_age_seconds', () => rooms.backups.ageSeconds());
  meter.gauge('backup_last_ok', () => rooms.backups.lastOk());
  meter.gauge('database_bytes', () => store.facts().bytes);
  meter.gauge('database_synchronous_level', () => SYNCHRONOUS_LEVELS.indexOf(store.facts().synchronous));
  meter.gauge('smtp_sessions', () => rooms.door.sessions());
  meter.gauge('smtp_stress', () => (rooms.door.isStressed() ? 1 : 0));
  meter.gauge('disk_free_bytes', () => spool.freeBytes());
  meter.gauge('eventloop_lag_seconds', () => eventLoop.longestDelay());
  meter.gauge('tls_certificate_not_after_seconds', () => certificateEnd(rooms));
  meter.gauge('build_info', () => [{ labels: { version }, value: 1 }]);
}

type TicketCounts = Awaited<ReturnType<Rooms['store']['tickets']['counts']>>;

/** Both gauges of one scrape are read from one count: on a large store it is the dearest reading of all. */
function countTickets({ store, clock }: Rooms): () => Promise<TicketCounts> {
  let counting: Promise<TicketCounts> | undefined;
  return () => {
    counting ??= store.tickets.counts(clock.now()).finally(() => {
      counting = undefined;
    });
    return counting;
  };
}

async function oldestSeconds({ spool, clock }: Rooms): Promise<number> {
  const [id] = await spool.list();
  const oldest = id && (await spool.find(id));
  return oldest ? Math.max(0, millisecondsBetween(oldest.receivedAt, clock.now()) / 1000) : 0;
}

/** The certificate that ends first; nothing to show without one. */
function certificateEnd({ config }: Rooms): number | undefined {
  const ends = listenerTls(config).flatMap((tls) =>
    tls ? [Date.parse(new X509Certificate(tls.cert).validTo) / 1000] : [],
  );
  return ends.length > 0 ? Math.min(...ends) : undefined;
}
