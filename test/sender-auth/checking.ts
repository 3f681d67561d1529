// One sender check with a scripted DNS: letters in a folder of their own, everything closed at the end.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SpooledLetter } from '../../src/domain/letter.js';
import type { Message } from '../../src/domain/message.js';
import type { SenderCheck } from '../../src/domain/sender-check.js';
import { readHeadOnly } from '../../src/mime/head-only.js';
import { parseLetter } from '../../src/mime/parse-letter.js';
import type { SenderAuthOptions, SenderAuthSettings } from '../../src/sender-auth/options.js';
import { createSenderAuth } from '../../src/sender-auth/sender-auth.js';
import { fixedClock } from '../support/clock.js';
import { type RecordingLog, recordingLog } from '../support/log.js';
import { type ScriptedDns, scriptedDns, type Zone } from './zone.js';

export const STRANGER = '203.0.113.9';
export const RELAY = '198.51.100.25';
export const RECEIVED_AT = '2026-11-24T04:00:00.000Z';

export interface Arrival {
  /** MAIL FROM. */
  from?: string;
  client?: string;
  helo?: string;
  relay?: string | null;
  receivedAt?: string;
  /** What another parser might have read. */
  message?: Partial<Message>;
}

export interface Checking {
  check(letter: string | Buffer, arrival?: Arrival): Promise<SenderCheck>;
  dns: ScriptedDns;
  log: RecordingLog;
  /** A later day on which the DNS says this, and nobody remembers another. */
  turnTo(zone: Zone): void;
  close(): Promise<void>;
}

export interface CheckingOptions extends Partial<Omit<SenderAuthOptions, 'settings'>> {
  zone?: Zone;
  settings?: Partial<SenderAuthSettings>;
}

export async function createChecking({ zone = {}, settings, ...more }: CheckingOptions): Promise<Checking> {
  const folder = await mkdtemp(join(tmpdir(), 'thanadak-senders-'));
  const dns = scriptedDns(zone);
  const log = recordingLog();
  const clock = fixedClock();
  const auth = createSenderAuth({
    settings: () => ({
      mode: 'verify',
      trustedRelays: [RELAY],
      relayAuthservIds: ['mx.city.example'],
      trustedSealers: ['list.example'],
      ...settings,
    }),
    hostname: 'mail.kolkatapolice.example',
    resolve: dns.resolve,
    clock,
    log,
    ...more,
  });
  let count = 0;
  return {
    dns,
    log,
    turnTo(next) {
      clock.advance(86_400_000);
      dns.become(next);
    },
    async check(letter, arrival = {}) {
      count += 1;
      const path = join(folder, `${count}.eml`);
      const bytes = Buffer.isBuffer(letter) ? letter : Buffer.from(letter, 'latin1');
      await writeFile(path, bytes);
      const message = await parseLetter(path).catch(() => readHeadOnly(path, 'It defeated the parser.'));
      return auth.check({
        spooled: spooledLetter(bytes, arrival),
        path,
        message: { ...message, ...arrival.message },
      });
    },
    async close() {
      await auth.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function spooledLetter(bytes: Buffer, arrival: Arrival): SpooledLetter {
  const { from = 'rita@home.example', client = STRANGER, helo = 'mail.home.example', relay = null } = arrival;
  return {
    id: '01JDEXAMPLE000000000000000',
    envelope: {
      from,
      to: ['behala.ps@kolkatapolice.example'],
      client: { address: client, name: helo, relay },
      protocol: 'ESMTPS',
      tls: null,
    },
    receivedAt: arrival.receivedAt ?? RECEIVED_AT,
    bytes: bytes.length,
    sha256: '0'.repeat(64),
    bareNewlines: false,
  };
}

export interface LetterParts {
  from?: string;
  /** Fields on top of all others. */
  above?: string[];
  body?: string;
}

/** A letter with CRLF ends. */
export function letterOf({
  from = 'Rita Das <rita@home.example>',
  above = [],
  body,
}: LetterParts = {}): string {
  return [
    ...above,
    `From: ${from}`,
    'To: behala.ps@kolkatapolice.example',
    'Subject: Street light out',
    'Date: Tue, 24 Nov 2026 09:30:00 +0530',
    '',
    body ?? 'The lamp at the corner is dark.\r\nRita\r\n',
  ].join('\r\n');
}
