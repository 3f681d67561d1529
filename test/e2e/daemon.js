// A Thanadak of its own: configuration, daemon, command line.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { freePort, runCommand, startProgram, until } from './place.js';

/** The checkout under test. */
export const HOME = process.env.THANADAK_E2E_HOME ?? join(import.meta.dirname, '..', '..');
export const COMMAND = join(HOME, 'bin', 'thanadak.js');

export const BEHALA = 'behala.ps@kolkatapolice.example';
export const LAKE = 'lake.ps@kolkatapolice.example';

/** A machine that builds and tests much else at once is slow. */
const START_LIMIT_MS = 60_000;

const UNLIMITED = { clients: 500, clients_per_address: 0, letters_per_address: 0 };

function station(code, names) {
  return { code, name: names, force: 'kp', division: 'sw', addresses: [`${code}.ps@kolkatapolice.example`] };
}

function settingsFor(ports) {
  return {
    data_dir: 'var',
    mail_domain: 'mail.kolkatapolice.example',
    smtp: {
      listen: [
        { host: '127.0.0.1', port: ports.smtp },
        { host: '127.0.0.1', port: ports.lmtp, lmtp: true },
      ],
      limits: UNLIMITED,
      disk_floor_bytes: 0,
    },
    web: { listen: { host: '127.0.0.1', port: ports.web } },
    outbound: { transport: 'directory', directory: 'var/sent' },
    sender_auth: { mode: 'off' },
    forces: [
      { code: 'kp', name: { en: 'Kolkata Police' }, divisions: [{ code: 'sw', name: { en: 'South West' } }] },
    ],
    stations: [
      station('behala', { en: 'Behala Police Station', bn: 'বেহালা থানা', hi: 'बेहाला थाना' }),
      station('lake', { en: 'Lake Police Station' }),
    ],
  };
}

/** An installation below `folder`, not started yet. `change` may alter its settings. */
export async function openInstallation(folder, change = (settings) => settings) {
  mkdirSync(folder, { recursive: true });
  const ports = { smtp: await freePort(), lmtp: await freePort(), web: await freePort() };
  const settings = change(settingsFor(ports)) ?? {};
  const file = join(folder, 'thanadak.yaml');
  const house = {
    folder,
    file,
    ports,
    settings,
    dataFolder: join(folder, 'var'),
    daemon: undefined,
    log: '',
  };
  writeSettings(house, settings);
  return house;
}

/** JSON is YAML. */
export function writeSettings(house, settings) {
  house.settings = settings;
  writeFileSync(house.file, JSON.stringify(settings, null, 2));
}

export function startDaemon(house, extra = {}) {
  const daemon = startProgram(process.execPath, [COMMAND, 'serve', '--config', house.file], extra);
  house.daemon = daemon;
  void daemon.exited.then(() => {
    house.log += daemon.output;
  });
  return daemon;
}

/** Starts the daemon and resolves when it is ready. */
export async function serve(house, extra = {}) {
  const daemon = startDaemon(house, extra);
  await untilReady(house);
  return daemon;
}

export async function untilReady(house) {
  const { daemon } = house;
  let gone;
  void daemon.exited.then((how) => {
    gone = how;
  });
  const check = async () => {
    if (gone) throw new Error(`the daemon ended at its start (${JSON.stringify(gone)}):\n${daemon.output}`);
    return isReady(house.ports.web);
  };
  await until('GET /readyz answers 200', check, START_LIMIT_MS);
}

export async function isReady(port) {
  try {
    return (
      (await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(2_000) })).status === 200
    );
  } catch {
    return false;
  }
}

/** Stops the daemon; resolves to how it ended. */
export async function stopDaemon(house, signal = 'SIGTERM') {
  const { daemon } = house;
  if (!daemon) return undefined;
  daemon.kill(signal);
  const how = await daemon.exited;
  house.daemon = undefined;
  return how;
}

/** The last lines of the daemon's log, for the report of a failure. */
export function endOfLog(house, lines = 15) {
  const text = house.daemon ? house.daemon.output : house.log;
  return `the daemon's log ends:\n${text.trim().split('\n').slice(-lines).join('\n')}`;
}

/** Runs the command line; never rejects for its exit code. */
export function thanadak(house, ...args) {
  return runCommand(process.execPath, [COMMAND, ...args, '--config', house.file], { encoding: 'utf8' });
}

/** Runs the command line with --json and resolves to the value; throws when it fails. */
export async function ask(house, ...args) {
  const { code, stdout, stderr } = await thanadak(house, ...args, '--json');
  if (code !== 0) throw new Error(`thanadak ${args.join(' ')} ended with ${code}: ${stdout}${stderr}`);
  return JSON.parse(stdout);
}

/** `letter show ID --raw`, as bytes. */
export async function rawLetter(house, id) {
  const args = [COMMAND, 'letter', 'show', id, '--raw', '--config', house.file];
  const { code, stdout, stderr } = await runCommand(process.execPath, args, { encoding: 'buffer' });
  if (code !== 0) throw new Error(`letter show ${id} --raw ended with ${code}: ${stderr}`);
  return stdout;
}

/** The letter with this id once it is filed, as `letter list` shows it. */
export function untilFiled(house, letterId) {
  return until(`letter ${letterId} is filed`, async () => {
    const letters = await ask(house, 'letter', 'list', '--state', 'filed');
    return letters.find(({ id }) => id === letterId);
  });
}

/** The outbox's record about a ticket in one of `states`. */
export function untilOutbox(house, reference, states) {
  return until(`an outgoing letter of ${reference} is ${states.join(' or ')}`, async () => {
    const records = await ask(house, 'outbox', 'list');
    return records.find(({ ticket, state }) => ticket === reference && states.includes(state));
  });
}

export function readSent(house, name) {
  const file = join(house.dataFolder, 'sent', name);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
