// A front door on 127.0.0.1 with a real spool in a folder of its own.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildDirectory } from '../../src/domain/directory.js';
import type { StorageBroken } from '../../src/domain/errors.js';
import type { SpooledLetter } from '../../src/domain/letter.js';
import type { Station } from '../../src/domain/station.js';
import type { Spool } from '../../src/ports/spool.js';
import type { Meter } from '../../src/ports/surroundings.js';
import { createFrontDoor } from '../../src/smtp/front-door.js';
import type { FrontDoor, FrontDoorLimits, FrontDoorOptions, Listener } from '../../src/smtp/options.js';
import { type OpenedSpool, openSpool } from '../../src/spool/spool.js';
import { type FixedClock, fixedClock } from './clock.js';
import { type Talk, talkTo } from './dialogue.js';
import { countingIds } from './ids.js';
import { type RecordingLog, recordingLog } from './log.js';

export interface RecordingMeter extends Meter {
  counts: string[];
  observed: { name: string; seconds: number }[];
}

export interface TestDoor {
  door: FrontDoor;
  spool: OpenedSpool;
  log: RecordingLog;
  meter: RecordingMeter;
  clock: FixedClock;
  kept: SpooledLetter[];
  broken: StorageBroken[];
  stations: Station[];
  /** The port of the first listener. */
  port: number;
  /** A conversation with the first listener; ended by `close`. */
  talk(from?: string): Promise<Talk>;
  /** A conversation past EHLO. */
  greeted(from?: string): Promise<Talk>;
  /** The bytes of the letter kept last. */
  lastBytes(): Buffer;
  /** Closes the door and removes the folder; fails when the log has warnings nobody took. */
  close(): Promise<void>;
}

export interface TestDoorOptions extends Partial<Omit<FrontDoorOptions, 'limits' | 'spool' | 'listeners'>> {
  limits?: Partial<FrontDoorLimits>;
  listeners?: Partial<Listener>[];
  /** What the spool does differently. */
  spool?: Partial<Spool>;
}

const LIMITS: FrontDoorLimits = {
  localClients: true,
  clients: 200,
  clientsPerAddress: 50,
  lettersPerAddressPerMinute: 0,
  recipients: 100,
  failedRecipients: 20,
  junkCommands: 100,
  idleTimeoutMs: 60_000,
  sessionMs: 60_000,
  handoverMs: 10_000,
  stress: { clients: 1, idleTimeoutMs: 60_000, sessionMs: 60_000, junkCommands: 100 },
};

export const GREETING = `
  S: 220 mail.kolkatapolice.example ESMTP
  C: EHLO mx.home.example
  S: 250-...
  S: 250 SIZE ...`;

export const TO_BEHALA = `
  C: MAIL FROM:<rita@home.example>
  S: 250 2.1.0 Accepted
  C: RCPT TO:<behala.ps@kolkatapolice.example>
  S: 250 2.1.5 Accepted
  C: DATA
  S: 354 ...`;

export const LETTER = `${TO_BEHALA}
  C: Subject: A stolen cycle
  C:
  C: It was blue.
  C: .
  S: 250 2.0.0 Kept as 01TEST...`;

export function makeStations(): Station[] {
  const base = { force: 'kp', division: 'sw' };
  return [
    { ...base, code: 'behala', name: { en: 'Behala' }, addresses: ['behala.ps@kolkatapolice.example'] },
    {
      ...base,
      code: 'tala',
      name: { en: 'Tala' },
      addresses: ['tala@kolkatapolice.example', 'থানা@কলকাতা.example'],
    },
  ];
}

export async function openTestDoor(options: TestDoorOptions = {}): Promise<TestDoor> {
  const folder = mkdtempSync(join(tmpdir(), 'thanadak-door-'));
  const clock = fixedClock();
  const spool = await openSpool({ dataFolder: folder, clock });
  const log = recordingLog();
  const meter = recordingMeter();
  const kept: SpooledLetter[] = [];
  const broken: StorageBroken[] = [];
  const stations = makeStations();
  const talks: Talk[] = [];
  const { limits, listeners = [{}], spool: differences, ...others } = options;
  const door = createFrontDoor({
    hostname: 'mail.kolkatapolice.example',
    listeners: listeners.map((listener) => ({ host: '127.0.0.1', port: 0, lmtp: false, ...listener })),
    maxMessageBytes: 1_000_000,
    trustedRelays: [],
    diskFloorBytes: 0,
    limits: { ...LIMITS, ...limits },
    directory: () => buildDirectory(stations, 'mail.kolkatapolice.example'),
    spool: { ...spool, ...differences },
    ids: countingIds(),
    clock,
    log,
    meter,
    onKept: (letter) => kept.push(letter),
    onBroken: (error) => broken.push(error),
    ...others,
  });
  await door.listen().catch(async (error: unknown) => {
    await spool.close();
    rmSync(folder, { recursive: true });
    throw error;
  });
  const port = door.addresses()[0]?.port ?? 0;
  const talk = async (from?: string) => {
    const begun = await talkTo(port, { from });
    talks.push(begun);
    return begun;
  };
  return {
    door,
    spool,
    log,
    meter,
    clock,
    kept,
    broken,
    stations,
    port,
    talk,
    greeted: async (from) => {
      const begun = await talk(from);
      // Relays are told of XFORWARD last.
      await begun.hold(GREETING.replace('250 SIZE', '250'));
      return begun;
    },
    lastBytes: () => readFileSync(spool.pathOf(kept.at(-1)?.id ?? '')),
    close: async () => {
      await Promise.all(talks.map((each) => each.end()));
      await door.close(1_000);
      await spool.close();
      rmSync(folder, { recursive: true });
      log.expectNoWarnings();
    },
  };
}

function recordingMeter(): RecordingMeter {
  const counts: string[] = [];
  const observed: { name: string; seconds: number }[] = [];
  return {
    counts,
    observed,
    count: (name, labels = {}) => counts.push([name, ...Object.values(labels)].join(' ')),
    observe: (name, seconds) => observed.push({ name, seconds }),
  };
}

/** Waits until `condition` holds; fails after five seconds. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  const end = performance.now() + 5_000;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`in vain waited until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
