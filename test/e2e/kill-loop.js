// The daemon is killed again and again under load. What was answered with 250 must be there, once, and be acknowledged
// once; what was not answered may be there once.
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import {
  ask,
  BEHALA,
  endOfLog,
  LAKE,
  openInstallation,
  serve,
  startDaemon,
  stopDaemon,
  thanadak,
} from './daemon.js';
import { openLedgerClient } from './ledger-client.js';
import { sha256 } from './letters.js';
import { has, makePlace, startProgram, until, withSbin } from './place.js';
import { expect, expectEqual, needs } from './report.js';

const LETTERS = 2_000;
const KILLS = 10;
const CONNECTIONS = 20;

export async function checkKillLoop(report) {
  const place = makePlace();
  const house = await openInstallation(join(place.folder, 'house'));
  const setting = { house, folder: place.folder, sources: { running: undefined, stopped: false } };
  report.explainWith(() => endOfLog(house));
  try {
    const survived = await report.check(`${KILLS} kills while ${LETTERS} letters arrive`, () =>
      rage(setting),
    );
    if (!survived) return;
    await report.check('afterwards it is healthy and files the rest', () => calmDown(setting));
    await report.check('letters whose sending was cut off go out when their lease is over', () =>
      expireLeases(setting),
    );
    setting.found = await readHouse(setting);
    await report.check('every letter answered with 250 has exactly one ticket', () =>
      everyLetterOnce(setting),
    );
    await report.check('every letter kept is in the archive as it came', () => everyByteKept(setting));
    await report.check('no letter is acknowledged twice', () => acknowledgedOnce(setting));
    await report.check('every letter answered with 250 is acknowledged', () => everyOneAcknowledged(setting));
    await report.check('references are used once', () => referencesOnce(setting));
  } finally {
    setting.sources.stopped = true;
    setting.sources.running?.kill('SIGKILL');
    await stopDaemon(house, 'SIGKILL');
    place.close();
  }
}

async function rage(setting) {
  needs(has('smtp-source'), 'smtp-source');
  const { house } = setting;
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
  const others = keepSmtpSourceBusy(setting);
  try {
    const kills = await killAgainAndAgain(setting, () => kept);
    await client.done;
    setting.sources.stopped = true;
    await others;
    const again = [...client.ledger.values()].filter(({ attempts }) => attempts > 1).length;
    expectEqual([kills, client.ledger.size], [KILLS, LETTERS], 'kills and letters in the ledger');
    expect(again > 0, 'no kill met a letter under way, so nothing is proved');
    return `${again} letters sent again, ${setting.sources.runs} runs of smtp-source`;
  } finally {
    client.stopped = true;
    setting.sources.stopped = true;
  }
}

/** Every kill comes after a share of the letters, at a moment nobody can foresee. */
async function killAgainAndAgain({ house, client }, keptSoFar) {
  const share = LETTERS / (KILLS + 1);
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const mark = Math.min(LETTERS - CONNECTIONS, Math.round(share * (kill - 0.5 + Math.random())));
    await until(
      `${mark} letters are kept`,
      () => {
        if (house.daemon.child.exitCode !== null) throw new Error('the daemon ended by itself');
        return keptSoFar() >= mark;
      },
      60_000,
    );
    await sleep(Math.random() * 40);
    const how = await stopDaemon(house, 'SIGKILL');
    expectEqual(how.signal, 'SIGKILL', 'how the daemon ended');
    expect(client.ledger.size < LETTERS, 'all letters were there before the last kill');
    startDaemon(house);
  }
  return KILLS;
}

/** smtp-source gives up when the server goes away, so it is started again; what it is told is not known. */
async function keepSmtpSourceBusy({ house, sources }) {
  const address = ['-f', 'foo@home.example', '-t', LAKE, `127.0.0.1:${house.ports.smtp}`];
  const args = ['-s', '20', '-m', '400', '-l', '1000', '-M', 'pc.home.example', ...address];
  sources.runs = 0;
  while (!sources.stopped) {
    sources.running = startProgram('smtp-source', args, { env: withSbin() });
    sources.runs += 1;
    await sources.running.exited;
    await sleep(100);
  }
}

async function calmDown(setting) {
  const { house } = setting;
  const status = await until(
    'nothing is left in the spool or queued',
    async () => {
      const { code, stdout } = await thanadak(house, 'status', '--json');
      if (code !== 0) return false;
      const told = JSON.parse(stdout);
      const sending = await ask(house, 'outbox', 'list', '--state', 'sending', '--limit', '5000');
      return told.spooled === 0 && told.outbox.queued === sending.length && told;
    },
    120_000,
  );
  expectEqual([status.ready, status.held, status.problems], [true, 0, []], 'ready, held, problems');
  expectEqual(status.database.synchronous, 'FULL', 'synchronous');
  expectEqual([status.outbox.deferred, status.outbox.failed], [0, 0], 'deferred and failed');
}

/** Ten minutes pass, in which the lease of a daemon that was killed ends. */
async function expireLeases(setting) {
  const { house } = setting;
  const cut = await ask(house, 'outbox', 'list', '--state', 'sending', '--limit', '5000');
  expectEqual((await stopDaemon(house)).code, 0, 'the exit code at SIGTERM');
  const later = new URL('./later.js', import.meta.url).href;
  await serve(house, { env: { ...process.env, NODE_OPTIONS: `--import=${later}` } });
  await until(
    'every letter of the outbox is sent',
    async () => {
      const records = await ask(house, 'outbox', 'list', '--limit', '100000');
      return records.every(({ state }) => state === 'sent');
    },
    60_000,
  );
  return `${cut.length} were under way at a kill`;
}

/** What the command line tells of everything, and whether the database is whole. */
async function readHouse({ house, folder }) {
  const every = ['--limit', '100000'];
  const found = {
    letters: await ask(house, 'letter', 'list', ...every),
    tickets: await ask(house, 'ticket', 'list', ...every),
    outbox: await ask(house, 'outbox', 'list', ...every),
  };
  expectEqual((await stopDaemon(house)).code, 0, 'the exit code at SIGTERM');
  const copy = join(folder, 'copy.db');
  for (const suffix of ['', '-wal', '-shm']) {
    const file = join(house.dataFolder, `thanadak.db${suffix}`);
    if (existsSync(file)) cpSync(file, copy + suffix);
  }
  const database = new Sqlite(copy);
  found.integrity = database.pragma('integrity_check', { simple: true });
  database.close();
  return found;
}

function groupBy(items, keyOf) {
  const groups = new Map();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

/** A letter that came twice is two letters with the same bytes, the second a copy of the first, and one ticket. */
function isOneTicket(letters) {
  const originals = letters.filter(({ duplicateOf }) => duplicateOf === null);
  const references = new Set(letters.flatMap(({ tickets }) => tickets));
  return originals.length === 1 && originals[0].tickets.length === 1 && references.size === 1;
}

function everyLetterOnce({ client, found }) {
  expectEqual(found.integrity, 'ok', 'the integrity of the database');
  const unfiled = found.letters.filter(({ state }) => state !== 'filed');
  expectEqual(unfiled.slice(0, 3), [], `${unfiled.length} letters not filed`);
  const byHash = groupBy(found.letters, ({ sha256: hash }) => hash);
  const wrong = [...client.ledger].filter(([, entry]) => {
    const letters = byHash.get(entry.sha256) ?? [];
    return !letters.some(({ id }) => id === entry.letterId) || !isOneTicket(letters);
  });
  expectEqual(wrong.slice(0, 5), [], `${wrong.length} letters answered with 250 without exactly one ticket`);
  const others = [...byHash.values()].filter((letters) => !isOneTicket(letters));
  expectEqual(others.slice(0, 3), [], `${others.length} letters without exactly one ticket`);
  expectEqual(found.tickets.length, byHash.size, 'tickets, and different letters');
  return `${byHash.size} tickets, ${found.letters.length - byHash.size} second copies`;
}

function everyByteKept({ house, found }) {
  const files = filesBelow(join(house.dataFolder, 'letters'));
  const byId = new Map(files.map((file) => [basename(file, '.eml'), file]));
  const broken = found.letters.filter(({ id, sha256: wanted, bytes }) => {
    const content = byId.has(id) ? readFileSync(byId.get(id)) : Buffer.alloc(0);
    return content.length !== bytes || sha256(content) !== wanted;
  });
  expectEqual(broken.slice(0, 5), [], `${broken.length} letters differ from what was received`);
  expectEqual(files.length, found.letters.length, 'files in the archive, and letters');
  expectEqual(filesBelow(join(house.dataFolder, 'spool')), [], 'files left in the spool');
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

/** Letters in the directory, by the letter they answer. */
function readAcknowledgements({ house }) {
  const folder = join(house.dataFolder, 'sent');
  const sent = readdirSync(folder)
    .filter((name) => name.endsWith('.eml'))
    .map((name) => {
      const head = readFileSync(join(folder, name), 'utf8')
        .split('\r\n\r\n')[0]
        .replace(/\r\n[ \t]+/g, ' ');
      const header = (wanted) => head.match(new RegExp(`^${wanted}: (.*)$`, 'im'))?.[1];
      return { name, answers: header('In-Reply-To'), messageId: header('Message-ID') };
    });
  return groupBy(sent, ({ answers }) => answers);
}

function acknowledgedOnce(setting) {
  const { found } = setting;
  const sent = readAcknowledgements(setting);
  const twice = [...sent].filter(
    ([, letters]) => new Set(letters.map(({ messageId }) => messageId)).size !== 1,
  );
  expectEqual(twice.slice(0, 3), [], `${twice.length} letters acknowledged more than once`);
  const unnamed = sent.get(undefined) ?? [];
  expectEqual(unnamed, [], 'acknowledgements that answer nothing');
  const perTicket = [...groupBy(found.outbox, ({ ticket }) => ticket)].filter(
    ([, records]) => records.length !== 1,
  );
  expectEqual(perTicket.slice(0, 3), [], `${perTicket.length} tickets with several acknowledgements`);
}

function everyOneAcknowledged(setting) {
  const { client, found } = setting;
  const sent = readAcknowledgements(setting);
  const missing = [...client.ledger.keys()].filter((messageId) => !sent.has(messageId));
  expectEqual(missing.slice(0, 5), [], `${missing.length} letters without an acknowledgement`);
  const named = new Set([...sent.values()].flat().map(({ messageId }) => messageId));
  expectEqual(named.size, found.outbox.length, 'letters in the directory and in the outbox');
  const open = found.tickets.filter(({ acknowledgedAt }) => acknowledgedAt === null);
  expectEqual(open.slice(0, 3), [], `${open.length} tickets that do not know it`);
}

function referencesOnce({ found }) {
  const numbers = found.tickets.map(({ reference }) => reference);
  expectEqual(new Set(numbers).size, numbers.length, 'different references');
  const highest = groupBy(numbers, (reference) => reference.split('-')[0]);
  for (const [station, references] of highest) {
    const last = Math.max(...references.map((reference) => Number(reference.split('-')[2])));
    expectEqual(last, references.length, `the last number of ${station}: none is left out`);
  }
}
