// What a newcomer does: `npm start`, a letter by hand, `npm run demo`, `npm start` again.
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { ask, BEHALA, HOME, isReady, readSent } from './daemon.js';
import { has, isFree, makePlace, runCommand, startProgram, until } from './place.js';
import { expect, expectEqual, needs, Skip } from './report.js';

const SMTP_PORT = 2525;
const WEB_PORT = 8025;
const SOURCES = ['bin', 'config', 'migrations', 'src', 'package.json', 'package-lock.json'];

export async function checkFreshStart(report) {
  const place = makePlace();
  const trial = await copyCheckout(join(place.folder, 'checkout'));
  report.explainWith(() => `npm start says:\n${trial.npm?.output.trim().split('\n').slice(-15).join('\n')}`);
  try {
    const isUp = await report.check('npm start compiles, and is ready on the default ports', () =>
      start(trial),
    );
    if (!isUp) return;
    await report.check('a letter from swaks is a ticket with an acknowledgement within 5 s', () =>
      leaveLetter(trial),
    );
    await report.check('npm run demo shows tickets and acknowledgements', () => showDemo(trial));
    await report.check('Ctrl-C ends it in order', () => interrupt(trial));
    await report.check('npm start again neither installs nor compiles', () => startAgain(trial));
    await report.check('SIGTERM to npm alone ends the daemon too', () => terminate(trial));
    await report.check('npm run demo without a daemon says what to do', () => demoAlone(trial));
  } finally {
    trial.npm?.kill('SIGKILL');
    await trial.npm?.exited;
    place.close();
  }
}

/** The checkout without its build and its data, so that the trial cannot touch them; packages as hard links. */
async function copyCheckout(folder) {
  mkdirSync(folder);
  for (const name of [...SOURCES, 'tsconfig.json', 'tsconfig.build.json']) {
    cpSync(join(HOME, name), join(folder, name), { recursive: true, preserveTimestamps: true });
  }
  const linked = await runCommand('cp', ['-al', join(HOME, 'node_modules'), folder]);
  if (linked.code !== 0) await runCommand('cp', ['-a', join(HOME, 'node_modules'), folder]);
  return {
    folder,
    file: join(folder, 'config', 'thanadak.yaml'),
    dataFolder: join(folder, 'var'),
    npm: undefined,
  };
}

async function start(trial) {
  for (const port of [SMTP_PORT, WEB_PORT]) {
    if (!(await isFree(port))) throw new Skip(`port ${port} is in use by somebody else`);
  }
  await startNpm(trial);
  expect(trial.npm.output.includes('compiling'), 'it did not say that it compiles');
}

async function startNpm(trial) {
  trial.npm = startProgram('npm', ['start'], { cwd: trial.folder, env: plainEnvironment() });
  let gone;
  void trial.npm.exited.then((how) => {
    gone = how;
  });
  await until(
    'the default installation is ready',
    () => {
      if (gone) throw new Error(`npm start ended: ${JSON.stringify(gone)}`);
      return isReady(WEB_PORT);
    },
    60_000,
  );
}

/** Nothing of ours may reach the trial, and nothing of an npm that runs us. */
function plainEnvironment() {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|THANADAK_|INIT_CWD$|LISTEN_)/i.test(name),
  );
  return Object.fromEntries(own);
}

async function leaveLetter(trial) {
  needs(has('swaks'), 'swaks');
  const startedAt = Date.now();
  const address = ['--to', BEHALA, '--from', 'rita@home.example', '--helo', 'home.example'];
  const options = ['--server', `127.0.0.1:${SMTP_PORT}`, '--header', 'Subject: Dog on the street'];
  const { code, stdout } = await runCommand('swaks', [...address, ...options]);
  expectEqual(code, 0, `swaks: ${stdout}`);
  const ticket = await until('the ticket', async () => {
    const tickets = await ask(trial, 'ticket', 'list');
    return tickets.find(({ subject }) => subject === 'Dog on the street');
  });
  const letter = await until('the acknowledgement is sent', async () => {
    const records = await ask(trial, 'outbox', 'list');
    return records.find((record) => record.ticket === ticket.reference && record.state === 'sent');
  });
  const seconds = (Date.parse(letter.sentAt) - startedAt) / 1_000;
  expectEqual(ticket.station, 'behala', 'the station');
  const written = readSent(trial, `${letter.id}.eml`);
  expect(written?.includes(ticket.reference), 'the acknowledgement in var/sent names the reference');
  expect(written.includes('To: rita@home.example'), 'the acknowledgement goes to the sender');
  expect(seconds < 5, `it took ${seconds.toFixed(1)} s`);
}

async function showDemo(trial) {
  const { code, stdout, stderr } = await demo(trial);
  expectEqual(code, 0, `npm run demo:\n${stdout}${stderr}`);
  expect((stdout.match(/^BEHALA-\d\d-\d{6}-/gm) ?? []).length >= 3, `no tickets are shown:\n${stdout}`);
  for (const words of [
    'We have received your e-mail',
    'আপনার ই-মেল',
    'आपका ई-मेल',
    'set aside without a ticket (absence)',
    'null-sender',
  ]) {
    expect(stdout.includes(words), `"${words}" is missing:\n${stdout}`);
  }
  const before = (await ask(trial, 'ticket', 'list')).length;
  expectEqual((await demo(trial)).code, 0, 'the second demo');
  const after = (await ask(trial, 'ticket', 'list')).length;
  expect(after === before + (before - 1), `a second demo opens as many tickets again: ${before} -> ${after}`);
}

function demo(trial) {
  return runCommand('npm', ['run', '--silent', 'demo'], { cwd: trial.folder, env: plainEnvironment() });
}

/** A terminal sends the signal to the whole process group. */
async function interrupt(trial) {
  trial.npm.kill('SIGINT');
  await trial.npm.exited;
  expect(trial.npm.output.includes('"stopped"'), 'the log does not end with "stopped"');
  expect(await isFree(SMTP_PORT), 'the port is still in use');
  expect(existsSync(trial.dataFolder), 'the data is gone');
}

async function startAgain(trial) {
  await startNpm(trial);
  const { output } = trial.npm;
  expect(!/installing|compiling/.test(output), `it did it again:\n${output}`);
}

/** What a supervisor does that knows npm alone. */
async function terminate(trial) {
  process.kill(trial.npm.child.pid, 'SIGTERM');
  await until('the daemon has let go of its port', () => isFree(SMTP_PORT), 20_000);
  await trial.npm.exited;
  expect(trial.npm.output.includes('"stopped"'), 'the log does not end with "stopped"');
}

async function demoAlone(trial) {
  trial.npm.kill('SIGKILL');
  await until('nobody listens', () => isFree(SMTP_PORT));
  const { code, stdout, stderr } = await demo(trial);
  expectEqual(code, 1, `the exit code (${stdout}${stderr})`);
  expect(/npm start/.test(stdout + stderr), `"npm start" is not named: ${stdout}${stderr}`);
  expect(!/\n\s+at /.test(stderr), `a stack is shown: ${stderr}`);
}
