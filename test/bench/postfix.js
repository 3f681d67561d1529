// Postfix, for comparison: an instance of its own with its own configuration, queue and port. Letters go into its hold
// queue, so what is measured is the bare taking into the queue, synced; no delivery and no queue manager compete.
import { execFile, execFileSync } from 'node:child_process';
import { chownSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './daemon.js';

const PROGRAM = '/usr/sbin/postfix';
const execute = promisify(execFile);

/**
 * @typedef {object} BenchPostfix
 * @property {string} version
 * @property {string} host
 * @property {number} port
 * @property {() => number} countQueued
 * @property {() => void} empty forgets what is queued
 * @property {() => Promise<void>} stop
 */

/** Why Postfix cannot be compared with, undefined when it can. */
export function whyNoPostfix() {
  if (!existsSync(PROGRAM)) return 'Postfix is not installed';
  if (process.getuid?.() !== 0) return 'Postfix is installed, but only root can start it';
  return undefined;
}

/**
 * @param {import('./place.js').Place} place
 * @returns {Promise<BenchPostfix>}
 */
export async function startBenchPostfix(place) {
  const folder = join(place.folder, 'postfix');
  const config = join(folder, 'etc');
  const port = await freePort();
  const { version, owner } = await writeConfiguration(folder, config, port);
  const forget = place.onLeave(() => {
    try {
      execFileSync(PROGRAM, ['-c', config, 'stop'], { stdio: 'ignore' });
    } catch {
      // It never came up.
    }
  });
  chownSync(join(folder, 'data'), owner, -1);
  await execute(PROGRAM, ['-c', config, 'start']);
  const hold = join(folder, 'queue', 'hold');
  return {
    version,
    host: '127.0.0.1',
    port,
    countQueued: () => readdirSync(hold).length,
    empty() {
      for (const name of readdirSync(hold)) rmSync(join(hold, name));
    },
    async stop() {
      await execute(PROGRAM, ['-c', config, 'stop']);
      forget();
    },
  };
}

/**
 * @param {string} folder
 * @param {string} config
 * @param {number} port
 */
async function writeConfiguration(folder, config, port) {
  const installed = await installedSettings();
  for (const name of ['etc', 'queue', 'data']) mkdirSync(join(folder, name), { recursive: true });
  for (const name of ['postfix-files', 'dynamicmaps.cf']) {
    const source = join(installed.config_directory ?? '', name);
    if (existsSync(source)) cpSync(source, join(config, name));
  }
  writeFileSync(join(config, 'main.cf'), mainSettings(folder, installed));
  writeFileSync(join(config, 'master.cf'), services(port));
  const { stdout } = await execute('id', ['-u', installed.mail_owner ?? 'postfix']);
  return { version: installed.mail_version ?? '', owner: Number(stdout) };
}

async function installedSettings() {
  const names = [
    'config_directory',
    'daemon_directory',
    'command_directory',
    'meta_directory',
    'mail_owner',
    'setgid_group',
    'mail_version',
    'shlib_directory',
  ];
  const { stdout } = await execute('/usr/sbin/postconf', names);
  const lines = stdout.split('\n').flatMap((line) => {
    const [name, value] = line.split(' = ');
    return name && value ? [[name, value]] : [];
  });
  return /** @type {Record<string, string>} */ (Object.fromEntries(lines));
}

/**
 * Limits, name lookups and flow control that would slow it down are switched off; the rest is Postfix's default.
 * @param {string} folder
 * @param {Record<string, string>} installed
 */
function mainSettings(folder, installed) {
  return `compatibility_level = 3.6
daemon_directory = ${installed.daemon_directory}
command_directory = ${installed.command_directory}
meta_directory = ${installed.meta_directory}
shlib_directory = ${installed.shlib_directory}
mail_owner = ${installed.mail_owner}
setgid_group = ${installed.setgid_group}
queue_directory = ${folder}/queue
data_directory = ${folder}/data
maillog_file = ${folder}/maillog
maillog_file_prefixes = ${folder}
myhostname = mail.kolkatapolice.example
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
mydestination =
relay_domains = kolkatapolice.example
local_recipient_maps =
alias_maps =
alias_database =
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_recipient_restrictions = check_recipient_access static:HOLD
smtpd_peername_lookup = no
smtpd_client_connection_count_limit = 0
smtpd_client_connection_rate_limit = 0
smtpd_timeout = 300s
default_process_limit = 600
in_flow_delay = 0
message_size_limit = 36700160
`;
}

/** @param {number} port */
function services(port) {
  return `127.0.0.1:${port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
`;
}
