// The daemon is killed again and again under load. What was answered with 250 must be there, once, and be acknowledged
// once; what was not answered may be there once.
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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
    setting.found = readStore(setting);
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

/** Ten minutes pass: a lease of a daemon that was killed is over. */
async function expireLeases(setting) {
  const { house } = setting;
  expectEqual((await stopDaemon(house)).code, 0, 'the exit code at SIGTERM');
  const database = new Sqlite(join(house.dataFolder, 'thanadak.db'));
  const past = new Date(Date.now() - 1_000).toISOString();
  const cut = database
    .prepare("update outbox set lease_until = ?, due_at = ? where state = 'sending'")
    .run(past, past).changes;
  database.close();
  await serve(house);
  await until(
    'every letter of the outbox is sent',
    async () => {
      const records = await ask(house, 'outbox', 'list', '--limit', '100000');
      return records.every(({ state }) => state === 'sent');
    },
    60_000,
  );
  expectEqual((await stopDaemon(house)).code, 0, 'the exit code at SIGTERM');
  return `${cut} were under way at a kill`;
}

/** Everything the checks look at, out of a copy of the store. */
function readStore({ house, folder }) {
  const copy = join(folder, 'copy.db');
  for (const suffix of ['', '-wal', '-shm']) {
    const file = join(house.dataFolder, `thanadak.db${suffix}`);
    if (existsSync(file)) cpSync(file, copy + suffix);
  }
  const database = new Sqlite(copy);
  const all = (query) => database.prepare(query).all();
  const found = {
    integrity: database.pragma('integrity_check', { simple: true }),
    letters: all('select id, sha256, bytes, archive_path path, duplicate_of copyOf from letter'),
    messages: all("select message_id id, ticket_id ticket, sha256 from message where direction = 'in'"),
    tickets: all('select id, reference, acknowledged_at acknowledgedAt from ticket'),
    outbox: all('select id, ticket_id ticket, state, message_id messageId from outbox'),
  };
  database.close();
  return found;
}

function groupBy(items, keyOf) {
  const groups = new Map();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

function everyLetterOnce({ client, found }) {
  expectEqual(found.integrity, 'ok', 'the integrity of the database');
  const byMessage = groupBy(found.messages, ({ id }) => id);
  const letters = new Map(found.letters.map((letter) => [letter.id, letter]));
  const wrong = [];
  for (const [messageId, entry] of client.ledger) {
    const messages = byMessage.get(messageId) ?? [];
    const kept = letters.get(entry.letterId);
    const isRight =
      messages.length === 1 && messages[0].sha256 === entry.sha256 && kept?.sha256 === entry.sha256;
    if (!isRight) wrong.push({ messageId, ...entry, tickets: messages.length, isKept: kept !== undefined });
  }
  expectEqual(wrong.slice(0, 5), [], `${wrong.length} letters without exactly one ticket`);
  const others = [...byMessage].filter(([id, messages]) => !client.ledger.has(id) && messages.length !== 1);
  expectEqual(others.slice(0, 5), [], `${others.length} letters of smtp-source with several tickets`);
  expectEqual(found.tickets.length, byMessage.size, 'tickets and letters');
  const copies = found.letters.filter(({ copyOf }) => copyOf !== null).length;
  return `${byMessage.size} tickets, ${copies} second copies`;
}

function everyByteKept({ house, found }) {
  const broken = found.letters.filter(({ path, sha256: wanted, bytes }) => {
    const content = readFileSync(join(house.dataFolder, path));
    return content.length !== bytes || sha256(content) !== wanted;
  });
  expectEqual(broken.slice(0, 5), [], 'letters that differ from what was received');
  const files = (folder) => {
    const below = readdirSync(join(house.dataFolder, folder), { withFileTypes: true, recursive: true });
    return below.filter((entry) => entry.isFile()).length;
  };
  expectEqual(files('letters'), found.letters.length, 'files in the archive and letters in the store');
  expectEqual(files('spool'), 0, 'files left in the spool');
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
