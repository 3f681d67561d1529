// Signals and exit codes: reload, stop, and what `status` says to a monitor.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  ask,
  BEHALA,
  endOfLog,
  openInstallation,
  serve,
  startDaemon,
  stopDaemon,
  thanadak,
  writeSettings,
} from './daemon.js';
import { aLetter } from './letters.js';
import { isFree, makePlace, until } from './place.js';
import { expect, expectEqual } from './report.js';
import { openSession, sendOnce } from './smtp-client.js';

export async function checkSignals(report) {
  const place = makePlace();
  const house = await openInstallation(join(place.folder, 'house'));
  report.explainWith(() => endOfLog(house));
  try {
    await serve(house);
    await report.check('SIGHUP with a bad file keeps the old configuration and says so', () =>
      badReload(house),
    );
    await report.check('SIGHUP with a good file takes a new station at once', () => goodReload(house));
    await report.check('status ends with 0 while the daemon is up', () => statusUp(house));
    await report.check('SIGTERM ends it with 0 within 30 s, with a client in mid-letter', () =>
      stopMidLetter(house),
    );
    await report.check('status ends with 6 while the daemon is down', () => statusDown(house));
    await report.check('SIGTERM lets a letter under way be finished', () => finishLetter(house));
    await report.check('a second SIGTERM does not cut it short', () => stopTwice(house));
    await report.check('serve with a bad file ends with 2 and names the line', () => badStart(house));
    await report.check('a second daemon on the same ports ends and says why', () => secondDaemon(house));
  } finally {
    await stopDaemon(house, 'SIGKILL');
    place.close();
  }
}

const untilLogged = (house, text) =>
  until(`the log says "${text}"`, () => house.daemon.output.includes(text));

async function tryRecipient(house, recipient) {
  const session = await openSession(house.ports.smtp);
  await session.say('MAIL FROM:<rita@home.example>');
  const reply = await session.say(`RCPT TO:<${recipient}>`);
  session.close();
  return reply.slice(0, 3);
}

async function badReload(house) {
  const { settings } = house;
  writeFileSync(house.file, JSON.stringify({ ...settings, stations: [], acknowledgment: {} }, null, 2));
  house.daemon.kill('SIGHUP');
  await untilLogged(house, 'the configuration was not reloaded; the old one stays');
  expect(house.daemon.output.includes('acknowledgment'), 'the log does not name the unknown key');
  expectEqual(await tryRecipient(house, BEHALA), '250', 'the reply to a known station');
  writeSettings(house, settings);
}

async function goodReload(house) {
  const thakurpukur = 'thakurpukur.ps@kolkatapolice.example';
  expectEqual(await tryRecipient(house, thakurpukur), '550', 'the reply before');
  const [behala] = house.settings.stations;
  const added = { ...behala, code: 'thakurpukur', name: { en: 'Thakurpukur' }, addresses: [thakurpukur] };
  writeSettings(house, { ...house.settings, stations: [...house.settings.stations, added] });
  house.daemon.kill('SIGHUP');
  await untilLogged(house, 'configuration reloaded');
  expectEqual(await tryRecipient(house, thakurpukur), '250', 'the reply after');
  await sendOnce(house.ports.smtp, { from: 'rita@home.example', to: thakurpukur, raw: aLetter().raw });
  await until('a ticket there', async () => {
    const tickets = await ask(house, 'ticket', 'list', '--station', 'thakurpukur');
    return tickets.length === 1;
  });
}

async function statusUp(house) {
  const { code, stdout } = await thanadak(house, 'status', '--json');
  const { ready, database, problems } = JSON.parse(stdout);
  expectEqual([code, ready, problems, database.synchronous], [0, true, [], 'FULL'], 'the status');
}

async function statusDown(house) {
  const { code, stdout } = await thanadak(house, 'status', '--json');
  const { ready, problems } = JSON.parse(stdout);
  expectEqual([code, ready, problems.length], [6, false, 1], 'the status');
}

/** Begins a letter and leaves it unfinished. */
async function beginLetter(house, raw) {
  const session = await openSession(house.ports.smtp);
  await session.say('MAIL FROM:<rita@home.example>');
  await session.say(`RCPT TO:<${BEHALA}>`);
  expect((await session.say('DATA')).startsWith('354'), 'DATA is not answered with 354');
  session.socket.write(raw);
  await sleep(100);
  return session;
}

async function stopMidLetter(house) {
  const before = (await ask(house, 'letter', 'list')).length;
  const session = await beginLetter(house, 'Subject: never finished\r\n\r\nThe first line\r\n');
  const idle = await openSession(house.ports.smtp);
  const farewell = idle.next();
  const startedAt = performance.now();
  const how = await stopDaemon(house);
  const seconds = (performance.now() - startedAt) / 1_000;
  expectEqual([how.code, how.signal], [0, null], 'how it ended');
  expect(seconds < 30, `it took ${seconds.toFixed(1)} s`);
  expect((await farewell).startsWith('421 4.3.2'), 'an idle client is not told that we close');
  expect(house.log.includes('"stopped"'), 'the log does not end with "stopped"');
  expect(await isFree(house.ports.smtp), 'the port is still in use');
  session.close();
  idle.close();
  expectEqual((await ask(house, 'letter', 'list')).length, before, 'letters');
  return `${seconds.toFixed(1)} s`;
}

async function finishLetter(house) {
  await serve(house);
  const { raw } = aLetter({ subject: 'Finished while closing' });
  const session = await beginLetter(house, raw.subarray(0, 200));
  house.daemon.kill('SIGTERM');
  await untilLogged(house, '"stopping"');
  await sleep(200);
  session.socket.write(raw.subarray(200));
  session.socket.write('.\r\n');
  const reply = await session.next();
  expect(reply.startsWith('250 2.0.0 Kept as '), reply);
  const how = await house.daemon.exited;
  expectEqual(how.code, 0, 'the exit code');
  await serve(house);
  await until('its ticket', async () => {
    const tickets = await ask(house, 'ticket', 'list');
    return tickets.some(({ subject }) => subject === 'Finished while closing');
  });
}

/** npm and the terminal both pass a Ctrl-C on, so signals come in pairs. */
async function stopTwice(house) {
  const session = await beginLetter(house, 'Subject: never finished\r\n\r\n');
  house.daemon.kill('SIGTERM');
  await untilLogged(house, '"stopping"');
  const how = stopDaemon(house);
  await sleep(300);
  session.close();
  expectEqual((await how).code, 0, 'the exit code');
  expect(house.log.trimEnd().split('\n').at(-1).includes('"stopped"'), 'the log does not end with "stopped"');
}

async function badStart(house) {
  const file = join(house.folder, 'bad.yaml');
  writeFileSync(file, 'data_dir: var\nmail_domian: mail.kolkatapolice.example\n');
  const { code, stderr } = await thanadak({ ...house, file }, 'serve');
  expectEqual(code, 2, 'the exit code');
  expect(/bad\.yaml:2:1\b.*mail_domian.*mail_domain/s.test(stderr), stderr);
}

async function secondDaemon(house) {
  if (!house.daemon || house.daemon.child.exitCode !== null) await serve(house);
  const second = startDaemon({ ...house });
  const how = await Promise.race([second.exited, sleep(20_000)]);
  second.kill('SIGKILL');
  expect(how, 'it goes on running');
  expect(how.code > 0, `it ended with ${how.code}`);
  expect(/in use|EADDRINUSE/.test(second.output), second.output);
  expectEqual((await thanadak(house, 'status')).code, 0, 'the status of the first');
}
