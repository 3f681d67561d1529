// Haraka, for comparison: installed by npm into the folder for temporary files, never beside our own packages. It takes
// letters for delivery and is told not to deliver, so they stay in its queue; it syncs neither letters nor folders.
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './daemon.js';
import { signalGroup, waitFor } from './place.js';

const VERSION = '3.3.4';
const INSTALL_LIMIT_MS = 180_000;
/** Kept between runs, so that only the first one asks the registry. */
const PROGRAMS = join(tmpdir(), `thanadak-bench-haraka-${VERSION}`);
const PROGRAM = join(PROGRAMS, 'node_modules', 'Haraka', 'bin', 'haraka');
const PLUGIN = `exports.hook_rcpt = function (next, connection) {
  connection.relaying = true;
  next(OK);
};
`;
const CONFIG = {
  plugins: 'take_all\n',
  'outbound.ini': 'disabled=true\n',
  'log.ini': 'level=crit\n',
  host_list: 'kolkatapolice.example\n',
  me: 'mail.kolkatapolice.example\n',
};

/** Installs it when it is missing. Resolves to why it cannot be compared with, undefined when it can. */
export async function whyNoHaraka() {
  if (existsSync(PROGRAM)) return undefined;
  const args = [
    'install',
    '--prefix',
    PROGRAMS,
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    `Haraka@${VERSION}`,
  ];
  try {
    mkdirSync(PROGRAMS, { recursive: true });
    await promisify(execFile)('npm', args, { timeout: INSTALL_LIMIT_MS, cwd: PROGRAMS });
  } catch (error) {
    rmSync(PROGRAMS, { recursive: true, force: true });
    const [line] = String(/** @type {any} */ (error).stderr || error).split('\n');
    return `Haraka could not be installed (${line})`;
  }
  return undefined;
}

/**
 * @param {import('./place.js').Place} place
 * @returns {Promise<import('./postfix.js').BenchPostfix>}
 */
export async function startBenchHaraka(place) {
  const folder = join(place.folder, 'haraka');
  const port = await freePort();
  const queue = join(folder, 'queue');
  for (const name of ['config', 'plugins', 'queue']) mkdirSync(join(folder, name), { recursive: true });
  for (const [name, text] of Object.entries(CONFIG)) writeFileSync(join(folder, 'config', name), text);
  // Haraka answers nobody without its own file of these.
  const standard = readFileSync(join(PROGRAM, '..', '..', 'config', 'connection.ini'), 'utf8');
  writeFileSync(join(folder, 'config', 'connection.ini'), standard.replace(/^bytes=\d+/m, 'bytes=36700160'));
  writeFileSync(join(folder, 'config', 'smtp.ini'), `listen=127.0.0.1:${port}\n`);
  writeFileSync(join(folder, 'plugins', 'take_all.js'), PLUGIN);
  const log = openSync(join(folder, 'log'), 'a');
  const child = spawn(process.execPath, [PROGRAM, '-c', folder], {
    stdio: ['ignore', log, log],
    detached: true,
  });
  const forget = place.onLeave(() => signalGroup(child.pid, 'SIGKILL'));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await waitFor({ what: 'Haraka listens', everyMs: 50, limitMs: 30_000 }, () => isListening(port));
  return {
    version: VERSION,
    host: '127.0.0.1',
    port,
    countQueued: () =>
      readdirSync(queue).filter((name) => !name.startsWith('.') && !name.startsWith('__')).length,
    empty() {
      for (const name of readdirSync(queue)) rmSync(join(queue, name), { force: true });
    },
    async stop() {
      signalGroup(child.pid, 'SIGTERM');
      const late = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), 5_000);
      await ended;
      clearTimeout(late);
      forget();
    },
  };
}

/** @param {number} port @returns {Promise<true | undefined>} */
function isListening(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(undefined));
  });
}
