// Thanadak under measurement: started as an operator starts it, asked through its outside contract only.
import { execFile, spawn } from 'node:child_process';
import { existsSync, opendirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { STATIONS, stationAddress } from './letters.js';
import { signalGroup, waitFor } from './place.js';

const COMMAND = fileURLToPath(new URL('../../bin/thanadak.js', import.meta.url));
const START_LIMIT_MS = 30_000;
const STOP_LIMIT_MS = 40_000;
/** USER_HZ of Linux, the unit of /proc/PID/stat. */
const TICKS_PER_SECOND = 100;

/**
 * @typedef {object} BenchDaemon
 * @property {string} host
 * @property {number} port
 * @property {() => boolean} isSpoolEmpty
 * @property {() => Promise<Map<string, number>>} readMetrics by name and labels as /metrics writes them
 * @property {() => Promise<any>} readStatus what `thanadak status --json` says
 * @property {() => number} peakBytes resident set, since the start
 * @property {() => number} processorSeconds since the start
 * @property {string} dataDir
 * @property {number} startMs from the start of the process until it is ready
 * @property {() => Promise<void>} stop
 */

const MANY = 10_000_000;
const PLENTY = Object.fromEntries(
  ['station', 'address', 'domain', 'all', 'subject'].flatMap((who) =>
    (who === 'subject' || who === 'address' ? ['hour', 'day'] : ['ten_minutes', 'hour', 'day']).map(
      (time) => [`${who}_per_${time}`, MANY],
    ),
  ),
);

/**
 * Starts Thanadak with a new, empty store in `folder`, or with the one in `dataDir`. Resolves when it is ready.
 * @param {import('./place.js').Place} place
 * @param {string} folder
 * @param {{ nodeArgs?: string[], dataDir?: string | undefined }} [how]
 * @returns {Promise<BenchDaemon>}
 */
export async function startBenchDaemon(place, folder, { nodeArgs = [], dataDir } = {}) {
  const [port, webPort] = [await freePort(), await freePort()];
  const config = join(folder, 'thanadak.yaml');
  const data = resolve(folder, dataDir ?? 'data');
  writeFileSync(config, JSON.stringify({ ...configuration(port, webPort), data_dir: data }));
  const startedAt = performance.now();
  const log = openSync(join(folder, 'log.jsonl'), 'a');
  const env = withoutOwnSettings(process.env);
  const child = spawn(process.execPath, [...nodeArgs, COMMAND, 'serve', '--config', config], {
    stdio: ['ignore', log, log],
    detached: true,
    env,
  });
  const forget = place.onLeave(() => signalGroup(child.pid, 'SIGKILL'));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const web = `http://127.0.0.1:${webPort}`;
  await waitFor({ what: 'Thanadak becomes ready', everyMs: 20, limitMs: START_LIMIT_MS }, () => {
    if (child.exitCode !== null) {
      throw new Error(`Thanadak did not start:\n${readFileSync(join(folder, 'log.jsonl'), 'utf8')}`);
    }
    return fetch(`${web}/readyz`).then(
      (answer) => answer.ok || undefined,
      () => undefined,
    );
  });
  return {
    host: '127.0.0.1',
    port,
    dataDir: data,
    startMs: performance.now() - startedAt,
    isSpoolEmpty: () => holdsNoLetter(join(data, 'spool', 'new')),
    readMetrics: async () => parseMetrics(await (await fetch(`${web}/metrics`)).text()),
    readStatus: () => readStatus(config, env),
    peakBytes: () => Number(/VmHWM:\s+(\d+) kB/.exec(readProc(child.pid, 'status'))?.[1]) * 1024,
    processorSeconds: () => processorSeconds(readProc(child.pid, 'stat')),
    async stop() {
      signalGroup(child.pid, 'SIGTERM');
      const late = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), STOP_LIMIT_MS);
      await ended;
      clearTimeout(late);
      forget();
      if (child.exitCode !== 0)
        throw new Error(`Thanadak stopped with ${child.exitCode ?? child.signalCode}.`);
    },
  };
}

/**
 * @param {number} port
 * @param {number} webPort
 */
function configuration(port, webPort) {
  return {
    mail_domain: 'mail.kolkatapolice.example',
    smtp: {
      listen: [{ host: '127.0.0.1', port }],
      trusted_relays: ['127.0.0.1'],
      limits: { clients: 1000, clients_per_address: 0, letters_per_address: 0 },
    },
    web: { listen: { host: '127.0.0.1', port: webPort } },
    outbound: { transport: 'directory', directory: 'sent' },
    sender_auth: { mode: 'off' },
    // Counted as ever, and never reached: every letter of the bench is owed its receipt.
    acknowledgement: { allowance: PLENTY },
    forces: [
      { code: 'kp', name: { en: 'Kolkata Police' }, divisions: [{ code: 'sw', name: { en: 'South' } }] },
    ],
    stations: STATIONS.map((code) => ({
      code,
      name: { en: `${code} Police Station` },
      force: 'kp',
      division: 'sw',
      addresses: [stationAddress(code)],
    })),
  };
}

/** @param {NodeJS.ProcessEnv} env */
function withoutOwnSettings(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('THANADAK_')));
}

/** @returns {Promise<number>} */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/** Reads no more names than needed, as this happens while Thanadak works. @param {string} folder */
function holdsNoLetter(folder) {
  const names = opendirSync(folder);
  try {
    for (let entry = names.readSync(); entry; entry = names.readSync()) {
      if (entry.name.endsWith('.eml')) return false;
    }
    return true;
  } finally {
    names.closeSync();
  }
}

/** @param {string} text */
function parseMetrics(text) {
  const values = new Map();
  for (const line of text.split('\n')) {
    const match = /^([^#\s]\S*) (\S+)$/.exec(line);
    if (match) values.set(match[1], Number(match[2]));
  }
  return values;
}

/**
 * @param {string} config
 * @param {NodeJS.ProcessEnv} env
 */
async function readStatus(config, env) {
  const args = [COMMAND, 'status', '--json', '--config', config];
  // Exit code 6 says "unhealthy" and still brings its answer.
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { env }).catch(
    (error) => error,
  );
  try {
    return JSON.parse(stdout);
  } catch {
    throw new Error(`thanadak status --json did not answer: ${stdout}${stderr}`);
  }
}

/**
 * Empty where there is no /proc; the figures made from it are then no numbers.
 * @param {number | undefined} pid
 * @param {string} name
 */
function readProc(pid, name) {
  const file = `/proc/${pid}/${name}`;
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** User and system time, fields 14 and 15 (proc(5)); field 2 may hold spaces. @param {string} stat */
function processorSeconds(stat) {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}
