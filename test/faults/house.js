// A Thanadak that is broken on purpose: started under a tracer or from another build, settled, and judged against the
// ledger of what was answered with 250.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import Sqlite from 'better-sqlite3';
import { HOME } from '../e2e/daemon.js';
import { aLetter, sha256 } from '../e2e/letters.js';
import { startProgram, until } from '../e2e/place.js';
import { openSession } from '../e2e/smtp-client.js';

/** A machine that does much else at the same time is slower: THANADAK_PATIENCE=5 waits five times as long. */
const PATIENCE = Number(process.env.THANADAK_PATIENCE ?? 1);

export const RITA = 'rita@home.example';

/** Starts the daemon of `home` (a checkout), `under` a command such as strace; it is not ready yet. */
export function start(house, { home = HOME, under = [], env = {} } = {}) {
  const words = [
    ...under,
    process.execPath,
    join(home, 'bin', 'thanadak.js'),
    'serve',
    '--config',
    house.file,
  ];
  const daemon = startProgram(words[0], words.slice(1), { env: { ...process.env, ...env } });
  house.daemon = daemon;
  void daemon.exited.then((how) => {
    daemon.how = how;
    house.log += daemon.output;
  });
  return daemon;
}

/** Starts it and resolves when it is ready. */
export async function serveAs(house, options) {
  const daemon = start(house, options);
  await untilUp(house);
  return daemon;
}

/**
 * Until the daemon says that it is ready. GET /readyz would not do: it never says so of the build without full syncs.
 * A tracer and a busy machine make a start slow.
 */
export function untilUp(house) {
  const { daemon } = house;
  return until(
    'the daemon is ready',
    () => {
      if (daemon.how) throw new Error(`the daemon ended at its start:\n${daemon.output.slice(-3_000)}`);
      return daemon.output.includes('"msg":"ready"');
    },
    60_000 * PATIENCE,
  );
}

export async function end(house, signal = 'SIGKILL') {
  const { daemon } = house;
  if (!daemon) return undefined;
  daemon.kill(signal);
  const late = setTimeout(() => daemon.kill('SIGKILL'), 30_000 * PATIENCE);
  const how = await daemon.exited;
  clearTimeout(late);
  house.daemon = undefined;
  return how;
}

/** Letters of the spool that are not filed. */
export function spooled(house) {
  return namesIn(join(house.dataFolder, 'spool', 'new')).filter((name) => name.endsWith('.eml'));
}

function namesIn(folder) {
  return existsSync(folder) ? readdirSync(folder) : [];
}

/**
 * Resolves when every letter is filed and every receipt that is due was tried. A letter whose envelope the power cut
 * took was never answered with 250 (`judge` would miss it): the daemon tells of it and leaves it where it is.
 */
export async function settle(house, limitMs = 60_000) {
  const look = () => ({
    letters: spooled(house).filter((name) => !isOrphan(house, name)),
    due: openDeliveries(house),
  });
  try {
    await until(
      'every letter is filed and every receipt tried',
      () => {
        if (house.daemon?.how)
          throw new Error(`the daemon ended by itself:\n${house.daemon.output.slice(-3_000)}`);
        const { letters, due } = look();
        return letters.length === 0 && due === 0;
      },
      limitMs * PATIENCE,
    );
  } catch (error) {
    throw new Error(`${error.message}; left: ${JSON.stringify(look())}\n${house.log.slice(-1_000)}`, {
      cause: error,
    });
  }
}

function isOrphan({ daemon }, name) {
  const told = `"letterId":"${name.slice(0, -'.eml'.length)}","msg":"a spooled letter has no envelope"`;
  return daemon?.output.includes(told) ?? false;
}

function openDeliveries(house) {
  return withDatabase(house, (database) => {
    const sql = `select count(*) as count from outbox where state in ('queued', 'sending') and due_at <= ?`;
    return database.prepare(sql).get(new Date().toISOString()).count;
  });
}

function withDatabase(house, work) {
  const database = new Sqlite(join(house.dataFolder, 'thanadak.db'), { readonly: true });
  try {
    return work(database);
  } finally {
    database.close();
  }
}

/**
 * Everything in which a settled house differs from `ledger` (Message-ID to `{sha256, letterId}`), as sentences; none
 * means that every letter answered with 250 is there once, as it came, and has at most one receipt.
 */
export function judge(house, ledger) {
  const found = withDatabase(house, readAll);
  const byHash = groupBy(found.letters, ({ sha256: hash }) => hash);
  return [
    ...(found.integrity === 'ok' ? [] : [`the database is damaged: ${found.integrity}`]),
    ...[...ledger].flatMap(([messageId, entry]) => judgeKept(messageId, entry, byHash)),
    ...[...byHash.values()].flatMap((letters) => judgeTicket(letters, found)),
    ...found.letters.flatMap((letter) => judgeBytes(house, letter)),
    ...judgeReceipts(house, found),
    ...namesIn(join(house.dataFolder, 'spool', 'held')).map((name) => `set aside: ${name}`),
  ];
}

function readAll(database) {
  return {
    integrity: database.pragma('integrity_check', { simple: true }),
    letters: database
      .prepare(`select id, sha256, bytes, archive_path as path, duplicate_of as duplicateOf from letter`)
      .all(),
    tickets: database.prepare('select id from ticket').all(),
    messages: database
      .prepare(`select letter_id as letterId, ticket_id as ticketId from message where direction = 'in'`)
      .all(),
    outbox: database
      .prepare(
        `select letter_id as letterId, state, message_id as messageId from outbox where kind = 'acknowledgement'`,
      )
      .all(),
    notices: database
      .prepare(`select message_id as messageId from outbox where kind <> 'acknowledgement'`)
      .all(),
  };
}

function judgeKept(messageId, { sha256: hash, letterId }, byHash) {
  const letters = byHash.get(hash) ?? [];
  return letters.some(({ id }) => id === letterId)
    ? []
    : [`letter ${letterId} (${messageId}) was answered with 250 and is lost`];
}

/** A letter that came twice is two letters with the same bytes, the second a copy of the first, and one ticket. */
function judgeTicket(letters, { messages, outbox }) {
  const originals = letters.filter(({ duplicateOf }) => duplicateOf === null);
  const [original] = originals;
  if (originals.length !== 1) return [`${originals.length} originals of ${letters[0].id}`];
  const tickets = new Set(
    messages.filter(({ letterId }) => letterId === original.id).map(({ ticketId }) => ticketId),
  );
  const receipts = outbox.filter(({ letterId }) => letters.some(({ id }) => id === letterId));
  return [
    ...(tickets.size === 1 ? [] : [`letter ${original.id} has ${tickets.size} tickets`]),
    ...(receipts.length === 1 ? [] : [`letter ${original.id} has ${receipts.length} receipts in the outbox`]),
  ];
}

function judgeBytes({ dataFolder }, { id, path, bytes, sha256: wanted }) {
  const file = join(dataFolder, path);
  if (!existsSync(file)) return [`letter ${id} is not in the archive`];
  const content = readFileSync(file);
  return content.length === bytes && sha256(content) === wanted
    ? []
    : [`letter ${id} differs in the archive`];
}

/** A state that is started long after its record owes notices to officers too; they are no receipts. */
function judgeReceipts({ dataFolder }, { outbox, notices }) {
  const folder = join(dataFolder, 'sent');
  const others = new Set(notices.map(({ messageId }) => messageId));
  const sent = namesIn(folder)
    .filter((name) => name.endsWith('.eml'))
    .map((name) => readHead(join(folder, name)))
    .filter(({ messageId }) => !others.has(messageId));
  const twice = [...groupBy(sent, ({ answers }) => answers)].filter(
    ([, letters]) => new Set(letters.map(({ messageId }) => messageId)).size > 1,
  );
  const there = new Set(sent.map(({ messageId }) => messageId));
  const missing = outbox.filter(({ state, messageId }) => state === 'sent' && !there.has(messageId));
  return [
    ...twice.map(([answers]) => `${answers} was acknowledged twice`),
    ...missing.map(({ letterId }) => `the receipt of ${letterId} counts as sent and is lost`),
  ];
}

function readHead(file) {
  const head = readFileSync(file, 'utf8')
    .split('\r\n\r\n')[0]
    .replace(/\r\n[ \t]+/g, ' ');
  const header = (wanted) => head.match(new RegExp(`^${wanted}: (.*)$`, 'im'))?.[1];
  return { answers: header('In-Reply-To'), messageId: header('Message-ID') };
}

export function groupBy(items, keyOf) {
  const groups = new Map();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

let number = 0;

/** A letter nobody has sent yet. */
export function nextLetter(to) {
  number += 1;
  return aLetter({ to, subject: `Letter ${number}`, text: `${number}\r\n${'x '.repeat(300)}` });
}

/** Sends `letter` once; resolves to the reply, or to why there was none. What is kept goes into `ledger`. */
export async function offer(house, letter, ledger) {
  let reply;
  try {
    const session = await openSession(house.ports.smtp, { patienceMs: 15_000 * PATIENCE });
    try {
      reply = await session.send({ from: RITA, to: letter.to, raw: letter.raw });
    } finally {
      session.close();
    }
  } catch (error) {
    return error.message;
  }
  if (reply.startsWith('250')) {
    ledger.set(letter.messageId, { sha256: sha256(letter.raw), letterId: reply.split(' ').at(-1) });
  }
  return reply;
}

/** Whether a reply, or what our client says of one, is a refusal for ever. */
export function isPermanent(reply) {
  return /(^|server said: )5\d\d/.test(reply);
}
