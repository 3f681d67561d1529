// The drill: a backup while letters stream in, restored elsewhere, verified, and a daemon started on it. Whatever was
// answered with 250 before the backup began must be there as it came, with its ticket.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import {
  ask,
  BEHALA,
  endOfLog,
  openInstallation,
  rawLetter,
  serve,
  startDaemon,
  stopDaemon,
  thanadak,
  writeSettings,
} from './daemon.js';
import { openLedgerClient } from './ledger-client.js';
import { sha256 } from './letters.js';
import { makePlace, until } from './place.js';
import { expect, expectEqual } from './report.js';

const LETTERS = 2_000;
const CONNECTIONS = 20;
const BACKUPS = 3;

export async function checkRestore(report) {
  const place = makePlace();
  const setting = await openSetting(place.folder);
  report.explainWith(() => endOfLog(setting.house));
  try {
    const saved = await report.check(`${BACKUPS} backups while ${LETTERS} letters arrive`, () =>
      save(setting),
    );
    if (!saved) return;
    await report.check('what is saved verifies, and so does the house', () => verifyBoth(setting));
    await report.check('the backup is restored on a machine that has nothing else', () => restore(setting));
    await report.check('a daemon started on it is healthy', () => startAnew(setting));
    await report.check('every letter answered before the backup has its ticket and its bytes', () =>
      compareLedger(setting),
    );
    await report.check('new letters go on with the next numbers, and it verifies', () => goOn(setting));
    await report.check('a flipped byte and a deleted ticket are found and named', () => tamper(setting));
    await report.check('what a kill left half made is cleared away by the next backup', () =>
      killHalfway(setting),
    );
  } finally {
    if (setting.client) setting.client.stopped = true;
    for (const house of [setting.house, setting.anew]) await stopDaemon(house, 'SIGKILL');
    place.close();
  }
}

async function openSetting(folder) {
  const backups = join(folder, 'backups');
  const house = await openInstallation(join(folder, 'house'));
  const anew = await openInstallation(join(folder, 'anew'));
  return { folder, house, anew, backups, client: undefined, saved: undefined };
}

async function save(setting) {
  const { house, backups } = setting;
  await serve(house);
  let kept = 0;
  const onKept = (count) => {
    kept = count;
  };
  const client = openLedgerClient({
    port: house.ports.smtp,
    to: BEHALA,
    letters: LETTERS,
    connections: CONNECTIONS,
    onKept,
  });
  setting.client = client;
  let note = '';
  for (let turn = 1; turn <= BACKUPS; turn += 1) {
    await until(`${turn * 400} letters are kept`, () => kept >= turn * 400, 60_000);
    setting.ledger = new Map(client.ledger);
    const made = await ask(house, 'backup', backups, '--keep', '2');
    expectEqual(made.problems, [], 'problems of the backup');
    const during = client.ledger.size - setting.ledger.size;
    const ms = Date.parse(made.endedAt) - Date.parse(made.begunAt);
    note = `${setting.ledger.size} answered before the last one, ${during} during its ${ms} ms, ${made.spooled} in the spool`;
    setting.saved = made;
  }
  expect(client.ledger.size > setting.ledger.size, 'no letter came after the backup, so nothing is proved');
  await client.done;
  expectEqual(client.ledger.size, LETTERS, 'letters in the ledger');
  expectEqual(readdirSync(join(backups, 'sets')).length, 2, 'sets kept');
  return note;
}

async function verifyBoth({ house, backups }) {
  const saved = await ask(house, 'verify', '--backup', backups);
  expectEqual([saved.ok, saved.findings], [true, []], 'the backup');
  await until('the spool is empty', async () => (await ask(house, 'status')).spooled === 0, 60_000);
  const own = await ask(house, 'verify');
  expectEqual([own.ok, own.findings, own.letters], [true, [], LETTERS], 'the house');
  const status = await ask(house, 'status');
  expect(status.lastBackupAt !== null, 'status does not know of the backup');
  expectEqual((await stopDaemon(house)).code, 0, 'the exit code at SIGTERM');
  return `${saved.letters} letters, ${saved.tickets} tickets`;
}

async function restore({ house, anew, backups, saved }) {
  const again = await thanadak(house, 'restore', backups, '--into', house.dataFolder);
  expectEqual(again.code, 5, 'the exit code where something lies already');
  // The other house is the only one from now on.
  const restored = await ask(anew, 'restore', backups);
  expectEqual([restored.set, restored.findings], [saved.set, []], 'set and findings');
  expect(existsSync(join(anew.dataFolder, 'config', 'thanadak.yaml')), 'the configuration was not restored');
  const same = ['keys/reply.key'].every((path) =>
    readFileSync(join(anew.dataFolder, path)).equals(readFileSync(join(house.dataFolder, path))),
  );
  expect(same, 'the key is another');
  const { ok, findings } = await ask(anew, 'verify');
  expectEqual([ok, findings], [true, []], 'what was restored');
}

async function startAnew({ anew }) {
  await serve(anew);
  await until(
    'everything that lay in the spool is filed, and nothing is owed',
    async () => {
      const { code, stdout } = await thanadak(anew, 'status', '--json');
      const told = JSON.parse(stdout);
      return code === 0 && told.spooled === 0 && told.outbox.queued === 0;
    },
    120_000,
  );
  const status = await ask(anew, 'status');
  expectEqual([status.ready, status.held, status.problems], [true, 0, []], 'ready, held, problems');
}

async function compareLedger({ anew, ledger }) {
  const letters = new Map(
    (await ask(anew, 'letter', 'list', '--limit', '100000')).map((one) => [one.id, one]),
  );
  const wrong = [...ledger.values()].filter(({ letterId, sha256: wanted }) => {
    const letter = letters.get(letterId);
    return letter?.state !== 'filed' || letter.sha256 !== wanted || letter.tickets.length !== 1;
  });
  expectEqual(wrong.slice(0, 3), [], `${wrong.length} letters answered with 250 are not as they were`);
  for (const { letterId, sha256: wanted } of [...ledger.values()].slice(0, 5)) {
    expectEqual(sha256(await rawLetter(anew, letterId)), wanted, `the bytes of ${letterId}`);
  }
  return `${ledger.size} letters in the ledger, ${letters.size} in the house`;
}

async function goOn({ anew }) {
  const before = (await ask(anew, 'ticket', 'list', '--limit', '100000')).length;
  const client = openLedgerClient({ port: anew.ports.smtp, to: BEHALA, letters: 20, connections: 2 });
  await client.done;
  await until('they are filed', async () => (await ask(anew, 'status')).spooled === 0, 60_000);
  const tickets = await ask(anew, 'ticket', 'list', '--limit', '100000');
  const numbers = new Set(tickets.map(({ reference }) => Number(reference.split('-')[2])));
  expectEqual([tickets.length - before, Math.max(...numbers)], [20, numbers.size], 'tickets and last number');
  expectEqual((await stopDaemon(anew)).code, 0, 'the exit code at SIGTERM');
  const { ok, findings } = await ask(anew, 'verify');
  expectEqual([ok, findings], [true, []], 'the house afterwards');
}

async function tamper({ anew, folder }) {
  const copy = await openInstallation(join(folder, 'tampered'));
  cpSync(anew.dataFolder, copy.dataFolder, { recursive: true });
  const [first] = await ask(copy, 'letter', 'list', '--state', 'filed', '--limit', '1');
  const path = readdirSync(join(copy.dataFolder, 'letters'), { recursive: true }).find((name) =>
    name.endsWith(`${first.id}.eml`),
  );
  const file = join(copy.dataFolder, 'letters', path);
  const bytes = readFileSync(file);
  bytes[bytes.length - 5] ^= 1;
  writeFileSync(file, bytes);
  const database = new Sqlite(join(copy.dataFolder, 'thanadak.db'));
  database.pragma('foreign_keys = OFF');
  const { reference } = database.prepare('select reference from ticket order by id limit 1').get();
  database.prepare('delete from ticket where reference = ?').run(reference);
  database.close();
  const { code, stdout } = await thanadak(copy, 'verify', '--json');
  const found = JSON.parse(stdout).findings.map(({ kind, subject }) => `${kind} ${subject}`);
  expectEqual(code, 1, 'the exit code');
  for (const wanted of [`letter-damaged letters/${path}`, `ticket-missing ${reference}`]) {
    expect(found.includes(wanted), `${wanted} is not among ${found.join(', ')}`);
  }
  rmSync(copy.folder, { recursive: true });
}

/** A daemon that backs up by itself every minute is killed while it does. */
async function killHalfway({ anew, folder }) {
  const backups = join(folder, 'own-backups');
  mkdirSync(join(backups, 'sets', '2026-01-01T00-00-00.000Z.part'), { recursive: true });
  writeSettings(anew, { ...anew.settings, backup: { directory: backups, schedule: '* * * * *', keep: 2 } });
  await serve(anew);
  const sets = () => readdirSync(join(backups, 'sets'));
  await until('the daemon has begun one', () => sets().some((name) => !name.startsWith('2026-01')), 75_000);
  await stopDaemon(anew, 'SIGKILL');
  startDaemon(anew);
  await sleep(200);
  const made = await ask(anew, 'backup');
  expectEqual(
    sets().filter((name) => name.endsWith('.part')),
    [],
    'half-made sets',
  );
  expect(sets().includes(made.set), 'the set is not there');
  const { ok, findings } = await ask(anew, 'verify', '--backup', backups);
  expectEqual([ok, findings], [true, []], 'the backup');
}
