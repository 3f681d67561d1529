// A Postfix of its own: own configuration, queue, data and ports, beside any other on this machine.
import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { atExit, isFree, runCommand, until, withSbin } from './place.js';

const SERVICES = `
pickup     unix n - n 60 1 pickup
cleanup    unix n - n -  0 cleanup
qmgr       unix n - n 5  1 qmgr
rewrite    unix - - n -  - trivial-rewrite
bounce     unix - - n -  0 bounce
defer      unix - - n -  0 bounce
trace      unix - - n -  0 bounce
verify     unix - - n -  1 verify
showq      unix n - n -  - showq
flush      unix n - n 1000? 0 flush
proxymap   unix - - n -  - proxymap
smtp       unix - - n -  - smtp
relay      unix - - n -  - smtp
lmtp       unix - - n -  - lmtp
error      unix - - n -  - error
retry      unix - - n -  - error
discard    unix - - n -  - discard
virtual    unix - n n -  - virtual
anvil      unix - - n -  1 anvil
scache     unix - - n -  1 scache
postlog    unix-dgram n - n - 1 postlogd
`;

/** An instance below `folder`, not started. `settings` are those of main.cf beyond what keeps it to itself. */
export function openPostfix(folder, port, settings) {
  const postfix = {
    folder,
    port,
    config: join(folder, 'etc'),
    queue: join(folder, 'queue'),
    logFile: join(folder, 'log', 'mail.log'),
    forget: undefined,
  };
  for (const part of ['etc', 'queue', 'data', 'log']) mkdirSync(join(folder, part), { recursive: true });
  const { uid, gid } = postfixUser();
  chownSync(join(folder, 'data'), uid, gid);
  writeFileSync(join(postfix.config, 'main.cf'), mainOf(postfix, settings));
  writeFileSync(join(postfix.config, 'master.cf'), `127.0.0.1:${port} inet n - n - - smtpd${SERVICES}`);
  return postfix;
}

function postfixUser() {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('postfix:'));
  const [, , uid, gid] = (line ?? '').split(':');
  if (!uid) throw new Error('there is no user postfix');
  return { uid: Number(uid), gid: Number(gid) };
}

function mainOf(postfix, settings) {
  const lines = {
    compatibility_level: '3.6',
    queue_directory: postfix.queue,
    data_directory: join(postfix.folder, 'data'),
    maillog_file: postfix.logFile,
    maillog_file_prefixes: postfix.folder,
    myhostname: 'relay.city.example',
    mydomain: 'city.example',
    mydestination: '',
    mynetworks: '127.0.0.0/8',
    inet_interfaces: '127.0.0.1',
    inet_protocols: 'ipv4',
    alias_maps: '',
    alias_database: '',
    smtputf8_enable: 'yes',
    message_size_limit: '41943040',
    disable_dns_lookups: 'yes',
    smtp_tls_security_level: 'none',
    lmtp_tls_security_level: 'none',
    smtpd_peername_lookup: 'no',
    smtpd_relay_restrictions: 'permit_mynetworks, reject',
    default_transport: 'discard',
    ...settings,
  };
  return Object.entries(lines)
    .map(([key, value]) => `${key} = ${value}\n`)
    .join('');
}

export async function startPostfix(postfix) {
  const { code, stderr, stdout } = await control(postfix, 'start');
  if (code !== 0) throw new Error(`postfix start ended with ${code}: ${stdout}${stderr}${readLog(postfix)}`);
  // Kept here, because its folder may be gone by the time it is needed.
  const pid = pidOfMaster(postfix);
  postfix.forget = atExit(() => killMaster(pid, postfix));
  await until('Postfix listens', async () => !(await isFree(postfix.port)));
}

export async function stopPostfix(postfix) {
  if (!postfix.forget) return;
  const { code, stderr } = await control(postfix, 'stop');
  if (code !== 0) throw new Error(`postfix stop ended with ${code}: ${stderr}`);
  await until('Postfix has stopped', () => isFree(postfix.port));
  postfix.forget();
  postfix.forget = undefined;
}

function control(postfix, verb) {
  return runCommand('postfix', ['-c', postfix.config, verb], { encoding: 'utf8', env: withSbin() });
}

function pidOfMaster(postfix) {
  return Number(readFileSync(join(postfix.queue, 'pid', 'master.pid'), 'utf8').trim());
}

/** Its other processes end with it. The number may by now be somebody else's. */
function killMaster(pid, postfix) {
  if (isMasterOf(pid, postfix)) process.kill(pid, 'SIGTERM');
}

function isMasterOf(pid, postfix) {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(postfix.config);
  } catch {
    return false;
  }
}

export function readLog(postfix) {
  return existsSync(postfix.logFile) ? readFileSync(postfix.logFile, 'utf8') : '';
}

/** The lines of its log that hold `text`. */
export function logLines(postfix, text) {
  return readLog(postfix)
    .split('\n')
    .filter((line) => line.includes(text));
}

/** The number of letters in its queue. */
export function queueLength(postfix) {
  const list = execFileSync('postqueue', ['-c', postfix.config, '-j'], { encoding: 'utf8', env: withSbin() });
  return list.split('\n').filter((line) => line !== '').length;
}
