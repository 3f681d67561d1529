// A clamd and an rspamd of our own, from Debian's packages: own configuration, own rules, nothing asked of the network.
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freePort, startProgram, until, withSbin } from './place.js';

/** The test file that every scanner knows (eicar.org), in two pieces so that none finds it here. */
export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', '-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');
/** The same for judges of junk (spamassassin.apache.org). */
export const GTUBE = ['XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE', '-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X'].join('');

/** Both compile what they know at their start, on a busy machine for long. */
const START_MS = 120_000;

/** A clamd on a unix socket whose whole knowledge is the test file. */
export async function startClamd(folder) {
  const database = join(folder, 'signatures');
  mkdirSync(database, { recursive: true });
  writeFileSync(join(database, 'own.ndb'), `Test.Eicar:0:*:${Buffer.from(EICAR).toString('hex')}\n`);
  const socket = join(folder, 'clamd.ctl');
  const settings = {
    LocalSocket: socket,
    DatabaseDirectory: database,
    TemporaryDirectory: folder,
    Foreground: 'yes',
    User: 'root',
  };
  const file = join(folder, 'clamd.conf');
  writeFileSync(
    file,
    Object.entries(settings)
      .map((pair) => `${pair.join(' ')}\n`)
      .join(''),
  );
  const program = startProgram('clamd', ['-c', file], { env: withSbin() });
  await untilUp('clamd', program, () => answers(connect(socket), 'zPING\0', 'PONG\0'));
  return { program, socket };
}

/** An rspamd with its usual rules and one of ours: the word lottery in a subject is worth seven points. */
export async function startRspamd(folder) {
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const file = join(folder, 'rspamd.conf');
  writeFileSync(join(folder, 'tlds'), 'example\n');
  writeFileSync(file, rspamdConfig(folder, port));
  const program = startProgram('rspamd', ['-c', file, '-f', '-i'], { env: withSbin(), cwd: folder });
  const url = `http://127.0.0.1:${port}`;
  await untilUp('rspamd', program, () =>
    fetch(`${url}/ping`, { signal: AbortSignal.timeout(2_000) }).then(
      ({ status }) => status === 200,
      () => false,
    ),
  );
  return { program, url };
}

function rspamdConfig(folder, port) {
  return `
options {
  pidfile = "${folder}/rspamd.pid";
  tempdir = "${folder}";
  cache_file = "${folder}/symbols.cache";
  hs_cache_dir = "${folder}";
  url_tld = "${folder}/tlds";
  control_socket = "${folder}/control.sock mode=0600";
  filters = "regexp";
  dns { nameserver = ["127.0.0.1:1"]; timeout = 0.1s; retransmits = 1; }
}
logging { type = "console"; level = "warning"; }
worker "normal" { bind_socket = "127.0.0.1:${port}"; count = 1; }
actions { reject = 15; add_header = 10; }
lua = "/usr/share/rspamd/rules/rspamd.lua";
regexp { E2E_LOTTERY { re = 'Subject=/lottery/i'; score = 7.0; } }
group "local" { symbols { "E2E_LOTTERY" { score = 7.0; } } }
`;
}

async function untilUp(name, program, isUp) {
  let how;
  void program.exited.then((end) => {
    how = end;
  });
  const ask = async () => {
    if (how) throw new Error(`${name} ended at its start (${JSON.stringify(how)}): ${program.output}`);
    return isUp();
  };
  await until(`${name} answers`, ask, START_MS);
}

function answers(socket, question, wanted) {
  return new Promise((resolve) => {
    socket.once('error', () => resolve(false));
    socket.once('data', (chunk) => {
      socket.destroy();
      resolve(chunk.toString() === wanted);
    });
    socket.write(question);
  });
}

export async function stopScanner(scanner) {
  if (!scanner) return;
  scanner.program.kill('SIGTERM');
  const late = setTimeout(() => scanner.program.kill('SIGKILL'), 10_000);
  await scanner.program.exited;
  clearTimeout(late);
}
