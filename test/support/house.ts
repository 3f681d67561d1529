// The whole house on ports of the system's choosing, in a folder of its own.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ParsedMail, simpleParser } from 'mailparser';
import { createTransport } from 'nodemailer';
import { expect } from 'vitest';
import { verifyHouse } from '../../src/backup/verifying.js';
import { type Loaded, loadConfig } from '../../src/config/load.js';
import { formatProblems } from '../../src/config/problem.js';
import { type Daemon, startDaemon } from '../../src/daemon.js';
import type { MessageRecord } from '../../src/ports/records.js';
import type { Overrides } from '../../src/rooms.js';
import { openInspection } from '../../src/store/inspection.js';
import { openLetterFiles } from '../../src/vault/letter-files.js';
import { type RecordingLog, recordingLog } from './log.js';

export interface TestHouse extends AsyncDisposable {
  daemon: Daemon;
  log: RecordingLog & { setLevel(): void };
  folder: string;
  /** Leaves a letter over SMTP; resolves to the server's last reply. */
  send(letter: { from?: string; to?: string | string[]; raw: string | Buffer }): Promise<string>;
  /** What lies in the directory of sent letters, oldest first. */
  sent(): Promise<ParsedMail[]>;
  messages(reference: string): Promise<MessageRecord[]>;
  loadAgain(more?: string): Loaded;
}

const STATIONS = `
forces:
  - code: kp
    name: { en: Kolkata Police }
    divisions: [{ code: sw, name: { en: South West }, deputy_commissioner: dc.sw@kolkatapolice.example }]
stations:
  - code: behala
    name: { en: Behala Police Station, bn: বেহালা থানা, hi: बेहाला थाना }
    force: kp
    division: sw
    addresses: [behala.ps@kolkatapolice.example]
  - code: lake
    name: { en: Lake Police Station }
    force: kp
    division: sw
    addresses: [lake.ps@kolkatapolice.example]
`;

const BASE = `
data_dir: var
mail_domain: mail.kolkatapolice.example
smtp:
  listen: [{ host: 127.0.0.1, port: 0 }]
  disk_floor_bytes: 0
web:
  listen: { host: 127.0.0.1, port: 0 }
outbound: { transport: directory, directory: var/sent }
`;

/** Replaces whole sections of the base configuration by those of `more`. */
function configText(more: string): string {
  const sections = (text: string) =>
    new Map(text.split(/\n(?=[a-z_]+:)/).map((part) => [part.trim().split(':')[0] ?? '', part.trim()]));
  return [...new Map([...sections(BASE + STATIONS), ...sections(more)]).values()].join('\n');
}

export function loadOrFail(file: string): Extract<Loaded, { ok: true }> {
  const loaded = loadConfig(file, {});
  if (!loaded.ok) throw new Error(formatProblems(loaded.problems));
  return loaded;
}

export async function openHouse(
  more = '',
  overrides: Overrides & { folder?: string } = {},
): Promise<TestHouse> {
  const folder = overrides.folder ?? mkdtempSync(join(tmpdir(), 'thanadak-house-'));
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'thanadak.yaml');
  writeFileSync(file, configText(more));
  const log = { ...recordingLog(), setLevel() {} };
  const daemon = await startDaemon(loadOrFail(file).config, '0.0.0-test', { log, sockets: [], ...overrides });
  const sentFolder = join(folder, 'var', 'sent');
  return {
    daemon,
    log,
    folder,
    send: (letter) => submit(daemon.smtp[0]?.port ?? 0, letter),
    async sent() {
      if (!existsSync(sentFolder)) return [];
      const names = readdirSync(sentFolder).filter((name) => name.endsWith('.eml'));
      return Promise.all(names.sort().map((name) => simpleParser(readFileSync(join(sentFolder, name)))));
    },
    async messages(reference) {
      const ticket = await daemon.store.tickets.find(reference);
      return ticket ? daemon.store.messages.ofTicket(ticket.id) : [];
    },
    loadAgain(text = '') {
      writeFileSync(file, configText(text));
      return loadConfig(file, {});
    },
    async [Symbol.asyncDispose]() {
      await daemon[Symbol.asyncDispose]();
      expect(await disorderIn(join(folder, 'var'))).toEqual([]);
      if (!overrides.folder) rmSync(folder, { recursive: true });
      log.expectNoWarnings();
    },
  };
}

/** What verification finds in the house; every test leaves its house in order. */
export async function disorderIn(dataFolder: string): Promise<unknown[]> {
  const inspection = openInspection({ file: join(dataFolder, 'thanadak.db'), migrations: 'migrations' });
  const isSpooled = async (id: string) =>
    ['new', 'held'].some((name) => existsSync(join(dataFolder, 'spool', name, `${id}.eml`)));
  try {
    const letters = openLetterFiles(dataFolder);
    return (await verifyHouse({ inspection, letters, isSpooled }, () => undefined)).findings;
  } finally {
    inspection.close();
  }
}

async function submit(
  port: number,
  letter: { from?: string; to?: string | string[]; raw: string | Buffer },
): Promise<string> {
  const transport = createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true });
  const envelope = {
    from: letter.from ?? 'rita@home.example',
    to: letter.to ?? 'behala.ps@kolkatapolice.example',
  };
  try {
    const { response } = await transport.sendMail({ envelope, raw: letter.raw });
    return response;
  } finally {
    transport.close();
  }
}

let counter = 0;

/** A letter of Rita's with ids of its own. */
export function aLetter(changes: { subject?: string; text?: string; headers?: string } = {}): string {
  counter += 1;
  return [
    'From: Rita Basu <rita@home.example>',
    'To: behala.ps@kolkatapolice.example',
    `Subject: ${changes.subject ?? 'Noise at night'}`,
    `Message-ID: <letter-${counter}@home.example>`,
    'Date: Tue, 24 Nov 2026 09:30:00 +0530',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    ...(changes.headers ? [changes.headers] : []),
    '',
    changes.text ?? 'There is loud music in our street every night. Please help.',
    '',
  ].join('\r\n');
}
