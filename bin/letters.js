#!/usr/bin/env node
// Sends every letter of a folder to the running daemon and tells in JSON lines what it made of each: `npm run letters -- DIR`.
import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, statSync, writeSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect as connectTls } from 'node:tls';
import { parseArgs } from 'node:util';

const HELP = `npm run letters -- DIR [--config FILE] [--to ADDRESS] [--out FILE]

Sends every letter of the folder DIR (with its subfolders) over SMTP to the running daemon and writes one JSON line
for each. Letters are files *.eml, and *.box or *.mbox with several letters each.

  --config FILE   configuration of the daemon; found as \`thanadak\` finds it when left out
  --to ADDRESS    recipient; the first address of the first station when left out
  --out FILE      where the lines go; standard output when left out

Leaves 0 when every letter was answered, 1 otherwise. Letters from strangers may be acknowledged: let the daemon
write its letters into a directory (outbound.transport) when the addresses in them are real.
`;
const CONNECTIONS = 4;
const CONNECT_MS = 5_000;
const SILENCE_MS = 60_000;
const FILING_MS = 10_000;
const ACKNOWLEDGING_MS = 2_000;
const POLL_MS = 25;
const TEXT_SHOWN = 2_000;
const NO_CONNECTION = ['ECONNREFUSED', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND', 'EADDRNOTAVAIL'];
const ADDRESS = /[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z\d](?:[a-z\d.-]{0,251}[a-z\d])?/i;
const STAND_IN = 'resident@letters.example';

const { folder, config: configFile, to, out } = readArguments();
const files = findFiles(folder);
const { loadOrThrow } = await fromDist('configuration.js');
const { openHouse } = await fromDist('house.js');
const { parseBytes } = await fromDist('mime/parse-letter.js');
const { readPart } = await fromDist('mime/read-part.js');
const config = orGiveUp(() => loadOrThrow(configFile));
const [door] = config.smtp.listen;
const recipient = to ?? config.stations[0]?.addresses[0];
if (!recipient) giveUp('The configuration has no station to write to; name a recipient with --to.');
const NOTHING = {
  tickets: [],
  state: null,
  duplicateOf: null,
  parked: null,
  subject: '',
  from: null,
  text: '',
  attachments: [],
  acknowledgement: null,
  problem: null,
  repairs: [],
  parsed: null,
  cpuMs: 0,
};
let reading = Promise.resolve();
const first = await openSession().catch((error) => giveUp(error.message));
const house = await openHouse(configFile).catch((error) => giveUp(error.message));
const results = await sendAll();
await house.close();
sumUp(results);

function readArguments() {
  const text = { type: 'string' };
  const options = { config: text, to: text, out: text, help: { type: 'boolean', short: 'h' } };
  const given = orGiveUp(() => parseArgs({ options, allowPositionals: true }));
  if (given.values.help) {
    process.stdout.write(HELP);
    process.exit(0);
  }
  if (given.positionals.length !== 1) giveUp(`Name one folder with letters.\n\n${HELP}`);
  return { ...given.values, folder: given.positionals[0] };
}

function fromDist(path) {
  const url = new URL(`../dist/${path}`, import.meta.url);
  if (!existsSync(url)) giveUp('Thanadak is not compiled yet: node bin/prepare.js');
  return import(url.href);
}

function findFiles(place) {
  if (!statSync(place, { throwIfNoEntry: false })?.isDirectory()) giveUp(`There is no folder ${place}.`);
  const names = readdirSync(place, { recursive: true }).filter((name) => /\.(eml|m?box)$/i.test(name));
  const found = names.filter((name) => statSync(join(place, name), { throwIfNoEntry: false })?.isFile());
  if (found.length === 0) giveUp(`There are no letters (.eml, .box, .mbox) in ${place}.`);
  return found.sort();
}

function* eachLetter() {
  let number = 0;
  for (const file of files) {
    const content = readFileSync(join(folder, file)).toString('latin1');
    const letters = /\.eml$/i.test(file) ? [content] : splitBox(content);
    for (const [index, letter] of letters.entries()) {
      yield { number, file, index, wire: letter.replace(/\r?\n/g, '\r\n') };
      number += 1;
    }
  }
}

/** The letters of a box, without what the box added to them. Latin-1 text stands for bytes here. */
function splitBox(content) {
  const starts = [...content.matchAll(/^From .*(?:\n|$)/gm)].filter((line) => isSeparator(line, content));
  const heads = starts[0]?.index === 0 ? starts : [{ index: 0, 0: '' }, ...starts];
  const pieces = heads.map((line, at) => content.slice(line.index + line[0].length, heads[at + 1]?.index));
  const isSplit = pieces.length > 1 || starts.length > 0;
  return pieces
    .filter((piece) => !isSplit || /\S/.test(piece))
    .map((piece, at) => (isSplit ? unquote(piece, at < pieces.length - 1) : piece));
}

/** A line of text may begin with "From " too; a box says an address or a time of day and a year after it. */
function isSeparator({ index, 0: line }, content) {
  if (index === 0 || /\d\d:\d\d.*\d{4}/.test(line)) return true;
  return /\n\r?\n$/.test(content.slice(Math.max(0, index - 3), index)) && /^From (?:\S+@\S+|-)\s/.test(line);
}

function unquote(piece, isBeforeAnother) {
  const letter = piece.replace(/^>(>*From )/gm, '$1');
  return isBeforeAnother ? letter.replace(/(\r?\n)\r?\n$/, '$1') : letter;
}

/** The address the letter itself names: Return-Path (`<>` stands for a report), or else From. */
function senderOf(wire) {
  const head = wire.split('\r\n\r\n', 1)[0].replace(/\r\n[ \t]+/g, ' ');
  const [, path] = /^Return-Path:(.*)$/im.exec(head) ?? [];
  if (path?.trim() === '<>') return '';
  const [, from = ''] = /^From:(.*)$/im.exec(head) ?? [];
  const named = [path, ...[...from.matchAll(/<([^<>]*)>/g)].map((found) => found[1]).reverse(), from];
  const addresses = named.map((text) => ADDRESS.exec(text ?? '')?.[0]);
  return addresses.find((address) => address && !address.includes('..')) ?? STAND_IN;
}

/** Spoken by hand, because nodemailer's connection writes a lone CR as CRLF and so leaves another letter than it was given. */
async function openSession() {
  const host = { '0.0.0.0': '127.0.0.1', '::': '::1' }[door.host] ?? door.host;
  const options = { host, port: door.port, rejectUnauthorized: false };
  const socket = door.tls?.implicit ? connectTls(options) : connect(options);
  const replies = readReplies(socket);
  const say = (line) => {
    socket.write(`${line}\r\n`, 'latin1');
    return replies.next();
  };
  try {
    const greeting = await replies.next();
    const hello = greeting.startsWith('220')
      ? await say(`${door.lmtp ? 'LHLO' : 'EHLO'} letters.example`)
      : '';
    if (!hello.startsWith('250')) throw new Error(hello || greeting);
    return { say, isOpen: () => !replies.isOver(), close: () => socket.destroy() };
  } catch (error) {
    socket.destroy();
    const isAway = NO_CONNECTION.includes(error.code) || error instanceof AggregateError;
    const where = `at ${host}:${door.port}`;
    if (isAway) giveUp(`No Thanadak is running ${where}. Start it first, in another terminal: npm start`);
    throw new Error(`The daemon ${where} does not talk to us: ${error.message}`);
  }
}

/** Replies in their order (RFC 5321 4.2.1), each as one text; after the last one the reason why there are no more. */
function readReplies(socket) {
  const done = [];
  const waiting = [];
  let rest = '';
  let over;
  const pass = () => {
    while (waiting.length > 0 && done.length > 0) waiting.shift().resolve(done.shift());
    if (over) for (const { reject } of waiting.splice(0)) reject(over);
  };
  const end = (error) => {
    over ??= error;
    pass();
  };
  socket.setTimeout(CONNECT_MS, () => socket.destroy(new Error('it is silent')));
  socket.on('data', (chunk) => {
    socket.setTimeout(SILENCE_MS);
    rest += chunk;
    const whole = rest.match(/(?:\d{3}-.*\r\n)*\d{3}(?: .*)?\r\n/g) ?? [];
    rest = rest.slice(whole.join('').length);
    done.push(...whole.map((reply) => reply.trimEnd().replaceAll('\r\n', '\n')));
    pass();
  });
  socket.on('error', end);
  socket.on('close', () => end(new Error('it closed the connection')));
  return {
    isOver: () => over !== undefined,
    next: () =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        pass();
      }),
  };
}

async function sendAll() {
  const letters = eachLetter();
  const target = out === undefined ? 1 : orGiveUp(() => openSync(out, 'w'));
  const all = [];
  let written = 0;
  const work = async (line) => {
    for (const letter of letters) {
      all[letter.number] = await treat(letter, line);
      for (; all[written] !== undefined; written += 1) writeLine(target, all[written]);
    }
    line.session?.close();
  };
  await Promise.all(
    Array.from({ length: CONNECTIONS }, (_, at) => work({ session: at ? undefined : first })),
  );
  if (out !== undefined) closeSync(target);
  if (all.length === 0) giveUp(`The files in ${folder} hold no letters.`);
  return all;
}

/** A pipe takes a part at a time, and sometimes none yet. */
function writeLine(target, result) {
  let bytes = Buffer.from(`${JSON.stringify(result)}\n`);
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(writeSync(target, bytes));
    } catch (error) {
      if (error.code !== 'EAGAIN') giveUp(`The lines cannot be written: ${error.message}`);
    }
  }
}

async function treat({ file, index, wire }, line) {
  const startedAt = performance.now();
  const result = { file, index, answer: null, letterId: null, ...NOTHING };
  try {
    if (!line.session?.isOpen()) line.session = await openSession();
    result.answer = await leave(wire, line.session);
    result.letterId = /^250 .*Kept as (\w+)/m.exec(result.answer)?.[1] ?? null;
    if (result.letterId !== null) Object.assign(result, await findResult(result.letterId, wire));
  } catch (error) {
    result.problem = error.message;
  }
  return { ...result, seconds: Math.round(performance.now() - startedAt) / 1000 };
}

/** Resolves to the last reply: the one to the letter, or the refusal before it. */
async function leave(wire, { say }) {
  const commands = [`MAIL FROM:<${senderOf(wire)}>`, `RCPT TO:<${recipient}>`, 'DATA'];
  for (const command of commands) {
    const reply = await say(command);
    if (/^[23]/.test(reply)) continue;
    await say('RSET').catch(() => undefined);
    return reply;
  }
  const stuffed = wire.replace(/(^|\r\n)\./g, '$1..');
  return say(`${stuffed}${stuffed.endsWith('\r\n') ? '' : '\r\n'}.`);
}

async function findResult(letterId, wire) {
  const { store, archive } = house;
  const record = await until(() => store.letters.find(letterId), FILING_MS);
  if (!record) return { problem: await whyNotFiled(letterId) };
  const read = await readAgain(wire);
  const references = [...new Set(await store.letters.referencesOf(letterId))];
  const tickets = await Promise.all(references.map((reference) => store.tickets.find(reference)));
  const lists = await Promise.all(tickets.map(({ id }) => store.messages.ofTicket(id)));
  const original = record.duplicateOf ?? letterId;
  const message = lists.flat().find((one) => one.letterId === original) ?? read;
  const { parsed, subject, from, text, attachments } = message;
  return {
    tickets: references,
    state: tickets[0]?.state ?? null,
    duplicateOf: record.duplicateOf,
    parked: record.parked,
    subject,
    from: from && { address: from.address, name: from.name },
    text: text.slice(0, TEXT_SHOWN),
    attachments: await listFiles(attachments, archive.pathOf(record.archivePath)),
    acknowledgement: await acknowledgementOf(letterId, tickets),
    problem: record.problem,
    repairs: read.repairs,
    parsed,
    cpuMs: read.cpuMs,
  };
}

async function whyNotFiled(letterId) {
  const held = (await house.spool.listHeld()).find(({ id }) => id === letterId);
  return held ? `set aside: ${held.problem}` : `not filed within ${FILING_MS / 1000} seconds`;
}

/** What the store does not keep. One letter at a time, so that the time of the processor is that of this letter. */
function readAgain(wire) {
  const task = reading.then(async () => {
    const before = process.cpuUsage();
    const read = await parseBytes(Buffer.from(wire, 'latin1')).catch(() => NOTHING);
    const { user, system } = process.cpuUsage(before);
    return { ...read, cpuMs: Math.round((user + system) / 1000) };
  });
  reading = task;
  return task;
}

async function listFiles(attachments, path) {
  const listed = [];
  for (const { name, type, size, sha256, part } of attachments) {
    const bytes = await readPart(path, part).catch(() => null);
    const md5 = bytes && createHash('md5').update(bytes).digest('hex');
    listed.push({ name, type, size, sha256, md5 });
  }
  return listed;
}

/** 'sent', 'queued' (and the like), the reason why none is sent, or null when none was ever thought of. */
async function acknowledgementOf(letterId, tickets) {
  const find = async () => {
    const lists = await Promise.all(
      tickets.map(({ id: ticketId }) => house.store.outbox.list({ ticketId, limit: 1_000 })),
    );
    return lists.flat().find((one) => one.letterId === letterId && one.letter.kind === 'acknowledgement');
  };
  const found = (await until(async () => settled(await find()), ACKNOWLEDGING_MS)) ?? (await find());
  return found?.reason ?? found?.state ?? null;
}

/** Undefined while the letter is about to be sent. */
function settled(record) {
  const isDue = record?.state === 'queued' && Date.parse(record.dueAt) <= Date.now();
  return isDue || record?.state === 'sending' ? undefined : (record ?? null);
}

/** What `ask` finds, asked again while it finds nothing; undefined when the time is over. */
async function until(ask, limitMs) {
  const endsAt = Date.now() + limitMs;
  for (;;) {
    const found = await ask();
    if (found !== undefined || Date.now() > endsAt) return found;
    await sleep(POLL_MS);
  }
}

function sumUp(all) {
  const count = (is) => all.filter(is).length;
  const isKept = ({ answer }) => answer?.startsWith('250') ?? false;
  const tickets = new Set(all.flatMap((result) => result.tickets)).size;
  const answered = count(({ answer }) => answer !== null);
  const facts = [
    `${all.length} letters sent`,
    `${count(isKept)} answered 250`,
    `${answered - count(isKept)} refused`,
    ...(answered < all.length ? [`${all.length - answered} without answer`] : []),
    `${tickets} tickets`,
    `${count((result) => result.parsed === false)} unparsed`,
    `${count(({ parked }) => parked !== null)} parked`,
    `${count((result) => isKept(result) && result.tickets.length === 0 && result.parked === null)} lost`,
  ];
  process.stderr.write(`${facts.join(', ')}\n`);
  process.exitCode = answered === all.length ? 0 : 1;
}

function orGiveUp(work) {
  try {
    return work();
  } catch (error) {
    return giveUp(error.message);
  }
}

function giveUp(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
