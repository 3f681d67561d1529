// The daemon is told to reload, to stop and to make way for a newer program, each under load and with clients in the
// middle of a letter: nothing is lost, nobody hangs, and it ends in time, naming what did not.
import { cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BEHALA, endOfLog, HOME, openInstallation, writeSettings } from '../e2e/daemon.js';
import { openLedgerClient } from '../e2e/ledger-client.js';
import { makePlace, until } from '../e2e/place.js';
import { expect, expectEqual } from '../e2e/report.js';
import { openSession } from '../e2e/smtp-client.js';
import { end, isPermanent, judge, nextLetter, offer, RITA, serveAs, settle, start } from './house.js';

const CONNECTIONS = 4;
const MID_LETTER = 6;
const STOP_MS = 30_000;

export async function checkRestarts(report, { rounds }) {
  const place = makePlace();
  const house = await openInstallation(join(place.folder, 'house'));
  const ledger = new Map();
  report.explainWith(() => endOfLog(house));
  try {
    await serveAs(house);
    await report.check('SIGHUP under load: nobody is sent away', () => reloadUnderLoad(house, ledger));
    for (let round = 1; round <= rounds; round += 1) {
      await report.check(`SIGTERM ${round} under load: ends in time, nobody hangs, nothing is lost`, () =>
        restartUnderLoad(house, ledger, HOME),
      );
    }
    const newer = newerHome(place.folder);
    await report.check('a newer program takes over under load, and has everything', () =>
      restartUnderLoad(house, ledger, newer),
    );
    await report.check('the older program is refused on what the newer one left', () => refuseOlder(house));
    await report.check('what hangs is named, the end comes in time, the letter goes once', () =>
      stopHanging(place),
    );
  } finally {
    await end(house);
    place.close();
  }
}

function load(house) {
  const { smtp: port } = house.ports;
  return openLedgerClient({ port, to: BEHALA, letters: 5_000, connections: CONNECTIONS, pauseMs: 20 });
}

async function keepsComing(client, count) {
  const before = client.ledger.size;
  await until(`${count} letters are kept`, () => client.ledger.size >= before + count, 120_000);
}

async function finish(house, client, ledger) {
  client.stopped = true;
  await client.done;
  for (const [id, entry] of client.ledger) ledger.set(id, entry);
  await settle(house);
  expectEqual(client.trouble.filter(isPermanent), [], 'permanent refusals');
  expectEqual(judge(house, ledger).slice(0, 5), [], 'faults');
}

async function reloadUnderLoad(house, ledger) {
  const client = load(house);
  const [behala] = house.settings.stations;
  for (const code of ['tala', 'tollygunge', 'thakurpukur']) {
    await keepsComing(client, 5);
    const added = { ...behala, code, name: { en: code }, addresses: [`${code}.ps@kolkatapolice.example`] };
    writeSettings(house, { ...house.settings, stations: [...house.settings.stations, added] });
    const told = house.daemon.output.split('configuration reloaded').length;
    house.daemon.kill('SIGHUP');
    await until(
      'it is reloaded',
      () => house.daemon.output.split('configuration reloaded').length > told,
      60_000,
    );
  }
  await keepsComing(client, 5);
  await finish(house, client, ledger);
  expectEqual(client.trouble, [], 'sessions that broke off');
  return `${client.ledger.size} letters kept`;
}

/** Half of a letter, then silence. `reply` resolves to the answer, or to why none came. */
async function beginLetter(house) {
  const session = await openSession(house.ports.smtp, { patienceMs: 2 * STOP_MS });
  await session.say(`MAIL FROM:<${RITA}>`);
  await session.say(`RCPT TO:<${BEHALA}>`);
  expect((await session.say('DATA')).startsWith('354'), 'DATA is not answered with 354');
  const letter = nextLetter(BEHALA);
  session.socket.write(letter.raw.subarray(0, 100));
  const reply = session.next().catch((error) => error.message);
  return { session, letter, reply };
}

async function restartUnderLoad(house, ledger, home) {
  const client = load(house);
  await keepsComing(client, 10);
  const begun = await Promise.all(Array.from({ length: MID_LETTER }, () => beginLetter(house)));
  const { daemon } = house;
  const startedAt = performance.now();
  daemon.kill('SIGTERM');
  await until('it is stopping', () => daemon.output.includes('"msg":"stopping"'), STOP_MS);
  // Every second goes on with its letter, the others stay silent.
  for (const { session, letter } of begun.filter((_, index) => index % 2 === 0)) {
    session.socket.write(letter.raw.subarray(100));
    session.socket.write('.\r\n');
  }
  const how = await Promise.race([daemon.exited, sleep(STOP_MS)]);
  const seconds = (performance.now() - startedAt) / 1_000;
  expect(how, `it has not ended after ${STOP_MS / 1_000} s`);
  expectEqual([how.code, how.signal], [0, null], 'how it ended');
  house.daemon = undefined;
  const replies = await Promise.all(begun.map(({ reply }) => reply));
  expectEqual(replies.filter(isPermanent), [], 'permanent refusals in the middle of a letter');
  await serveAs(house, { home });
  for (const [index, { letter, session }] of begun.entries()) {
    session.close();
    const reply = replies[index];
    if (reply.startsWith('250')) continue;
    expect(
      (await offer(house, { ...letter, to: BEHALA }, ledger)).startsWith('250'),
      'refused after the restart',
    );
  }
  await keepsComing(client, 5);
  await finish(house, client, ledger);
  const finished = replies.filter((reply) => reply.startsWith('250')).length;
  expect(finished > 0, `no letter was finished while it closed: ${replies.join('; ')}`);
  return `${seconds.toFixed(1)} s, ${finished} of ${MID_LETTER} letters finished, ${client.ledger.size} kept`;
}

/** This program with one more migration. */
function newerHome(folder) {
  const home = join(folder, 'newer');
  mkdirSync(home, { recursive: true });
  for (const part of ['bin', 'dist', 'config', 'migrations', 'package.json']) {
    cpSync(join(HOME, part), join(home, part), { recursive: true });
  }
  symlinkSync(join(HOME, 'node_modules'), join(home, 'node_modules'));
  const migrations = join(home, 'migrations', 'sqlite');
  const number = String(readdirSync(migrations).length + 1).padStart(4, '0');
  writeFileSync(join(migrations, `${number}_later.sql`), 'create table later (word text not null);\n');
  return home;
}

async function refuseOlder(house) {
  expectEqual((await end(house, 'SIGTERM')).code, 0, 'the exit code of the newer one');
  const daemon = start(house);
  const how = await Promise.race([daemon.exited, sleep(2 * STOP_MS)]);
  await end(house);
  expect(how?.code > 0, 'it starts');
  expect(/newer than this program/.test(daemon.output), daemon.output);
}

/** A mail server that takes connections and never says a word holds up whoever hands over a letter. */
async function stopHanging(place) {
  const sockets = new Set();
  const silent = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  await new Promise((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const house = await openInstallation(join(place.folder, 'hanging'));
  const { outbound } = house.settings;
  const smtp = { host: '127.0.0.1', port: silent.address().port, tls: 'off', connections: 1 };
  const ledger = new Map();
  try {
    writeSettings(house, { ...house.settings, outbound: { transport: 'smtp', smtp } });
    await serveAs(house);
    for (let number = 0; number < 5; number += 1)
      await offer(house, { ...nextLetter(BEHALA), to: BEHALA }, ledger);
    await until('a letter is being handed over', () => sockets.size > 0, 60_000);
    const startedAt = performance.now();
    const { daemon } = house;
    const how = await end(house, 'SIGTERM');
    const seconds = (performance.now() - startedAt) / 1_000;
    expect(seconds < STOP_MS / 1_000, `it took ${seconds.toFixed(1)} s`);
    expectEqual([how.code, how.signal], [0, null], 'how it ended');
    const named = /"room":"(\w+)"[^\n]*did not close in order/.exec(daemon.output)?.[1];
    expectEqual(named, 'outbox', 'what is named as not closed');
    writeSettings(house, { ...house.settings, outbound });
    await serveAs(house);
    await settle(house);
    expectEqual(judge(house, ledger), [], 'faults');
    return `${seconds.toFixed(1)} s`;
  } finally {
    await end(house);
    for (const socket of sockets) socket.destroy();
    silent.close();
  }
}
