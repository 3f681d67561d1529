#!/usr/bin/env node
// Leaves a handful of letters with the running daemon and shows what becomes of them: `npm run demo [-- --config FILE]`.
// With `--seed` it makes a city that has been at work for weeks instead (demo/seed.js).
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { styleText } from 'node:util';

if (process.argv.includes('--seed')) {
  await import('./prepare.js');
  const { seed } = await import('./demo/seed.js');
  await seed(fileURLToPath(new URL('..', import.meta.url)), process.argv.slice(2)).catch((error) =>
    giveUp(error.message),
  );
  process.exit(0);
}

const PATIENCE_MS = 10_000;
const LINES_SHOWN = 6;
const RESIDENT = { name: 'Rita Basu', address: 'rita.basu@resident.example' };
const PHOTO =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const run = randomBytes(4).toString('hex');
const root = fileURLToPath(new URL('..', import.meta.url));
const command = join(root, 'bin', 'thanadak.js');

if (!existsSync(join(root, 'node_modules')) || !existsSync(join(root, 'dist'))) nobodyHome();
const settings = ask('config', 'print');
const door = findDoor(settings.smtp.listen);
const letters = sampleLetters(pickStations(settings.stations));
await leaveLetters();
const filed = await untilSettled();
show(filed);

/** Asks the command line; what else was given to the demo (`--config FILE`) is passed on. */
function ask(...words) {
  const args = [command, ...words, ...process.argv.slice(2), '--json'];
  try {
    return JSON.parse(
      execFileSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 2] }),
    );
  } catch {
    return giveUp(`\`thanadak ${words.join(' ')}\` failed.`);
  }
}

function findDoor(listeners) {
  const open = listeners.find(({ lmtp, tls }) => !lmtp && !tls?.implicit);
  if (!open) giveUp('The configuration has no plain SMTP listener to leave letters at.');
  const host = { '0.0.0.0': '127.0.0.1', '::': '::1' }[open.host] ?? open.host;
  return { host, port: open.port };
}

function pickStations(stations) {
  const behala = stations.find(({ code }) => code === 'behala') ?? stations[0];
  const others = stations.filter(({ code }) => code !== behala.code);
  const other = others.find(({ force }) => force === behala.force) ?? others[0] ?? behala;
  return [behala.addresses[0], other.addresses[0]];
}

function sampleLetters([first, second]) {
  return [
    {
      subject: 'Loudspeakers after midnight',
      text: 'The club next door plays loud music until two at night, every night. My father is ill. Please help.',
      to: [first],
    },
    {
      subject: 'রাতে জোরে মাইক বাজে',
      text: 'আমাদের পাড়ায় রোজ রাতে খুব জোরে মাইক বাজে। বাচ্চারা পড়তে পারে না। দয়া করে ব্যবস্থা নিন।',
      to: [first],
    },
    {
      subject: 'गली में रोज़ झगड़ा',
      text: 'हमारी गली में रोज़ शाम को कुछ लोग झगड़ा करते हैं और रास्ता रोकते हैं। कृपया किसी को भेजिए।',
      to: [first],
    },
    {
      subject: 'Lost phone / মোবাইল হারিয়েছে',
      text: 'আমার মোবাইল কাল বাজারে হারিয়ে গেছে, সিমটা বন্ধ করতে হবে।\nI lost my phone in the market yesterday.',
      to: [first],
    },
    {
      subject: 'Street light broken between two stations',
      text: 'The light at the crossing has been broken for a week. A photo is attached.',
      to: [...new Set([first, second])],
      attachments: [
        { filename: 'crossing.png', contentType: 'image/png', content: PHOTO, encoding: 'base64' },
      ],
    },
    {
      subject: 'Out of office',
      text: 'I am on leave until Monday.',
      to: [first],
      headers: { 'Auto-Submitted': 'auto-replied' },
    },
    {
      subject: 'Undelivered Mail Returned to Sender',
      text: 'The mail system could not deliver your message.',
      to: [first],
      from: { name: 'Mail Delivery System', address: 'mailer-daemon@resident.example' },
      envelopeFrom: '',
    },
  ];
}

async function leaveLetters() {
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({ ...door, secure: false, ignoreTLS: true, connectionTimeout: 3_000 });
  try {
    for (const [number, letter] of letters.entries()) {
      const { from = RESIDENT, to, envelopeFrom = from.address, ...rest } = letter;
      const messageId = `<demo-${run}-${number + 1}@resident.example>`;
      const envelope = { from: envelopeFrom, to };
      const { response } = await transport.sendMail({ from, to, envelope, messageId, ...rest });
      letter.id = /Kept as (\w+)/.exec(response)?.[1];
    }
  } catch (error) {
    if (['ECONNECTION', 'ECONNREFUSED', 'ESOCKET', 'ETIMEDOUT'].includes(error.code))
      nobodyHome(`at ${door.host}:${door.port}`);
    giveUp(`A letter was not taken: ${error.message}`);
  } finally {
    transport.close();
  }
}

/** Each letter with the references of its tickets, once all are filed and nothing about them is waiting to be sent. */
async function untilSettled() {
  const endsAt = Date.now() + PATIENCE_MS;
  for (;;) {
    const records = ask('letter', 'list');
    for (const letter of letters) {
      const record = records.find(({ id }) => id === letter.id);
      Object.assign(letter, { tickets: record?.tickets ?? [], parked: record?.parked ?? null });
    }
    const outbox = ask('outbox', 'list');
    const ours = outbox.filter(({ ticket }) => letters.some(({ tickets }) => tickets.includes(ticket)));
    const isDone = letters.every(isSettled) && !ours.some(isWaiting);
    if (isDone || Date.now() > endsAt) return { outbox: ours, tickets: ask('ticket', 'list') };
    await sleep(200);
  }
}

/** A robot's letter about letters of ours opens no ticket, and says why. */
function isSettled({ tickets, parked }) {
  return tickets.length > 0 || parked !== null;
}

function isWaiting({ state, dueAt }) {
  return state === 'sending' || (state === 'queued' && Date.parse(dueAt) <= Date.now());
}

function show({ outbox, tickets }) {
  say(styleText('bold', `${letters.length} letters were left at ${door.host}:${door.port}. The tickets:`));
  say('');
  const rows = letters.flatMap((letter) =>
    letter.tickets.map((reference) => rowOf(reference, tickets, letter)),
  );
  say(table([['REFERENCE', 'LANGUAGE', 'FILES', 'SUBJECT'], ...rows]));
  say(styleText('bold', 'What the writers get:'));
  for (const record of [...outbox].reverse()) showAnswer(record);
  for (const { subject, parked } of letters.filter((letter) => letter.parked !== null)) {
    say('');
    say(styleText('dim', `"${subject}": set aside without a ticket (${parked})`));
  }
  say('');
  if (settings.outbound.transport === 'directory')
    say(`These letters are files in ${settings.outbound.directory}`);
  say(
    `See more:  ${styleText('cyan', `node bin/thanadak.js ticket show ${letters[0].tickets[0] ?? 'REF'}`)}`,
  );
  if (!letters.every(isSettled)) {
    giveUp('Not every letter has become a ticket within 10 seconds; look into the log of the daemon.');
  }
}

function rowOf(reference, tickets, letter) {
  const ticket = tickets.find((candidate) => candidate.reference === reference);
  return [
    reference,
    ticket?.languages.join(' + ') ?? '',
    String(letter.attachments?.length ?? 0),
    letter.subject,
  ];
}

/** The last column may be of any width: scripts differ in how wide they are shown. */
function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column])).join('  '));
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

function showAnswer({ id, kind, state, subject, ticket, alsoFor, reason, to }) {
  const about = [ticket, ...alsoFor].join(', ');
  say('');
  if (state === 'suppressed') return say(styleText('dim', `${about}: no automatic answer (${reason})`));
  say(styleText('dim', `${about}: ${kind} to ${to}, ${state}`));
  say(`  ${styleText('bold', subject)}`);
  for (const line of firstLines(id)) say(`  | ${line}`);
}

function firstLines(id) {
  const file = join(settings.outbound.directory, `${id}.eml`);
  if (settings.outbound.transport !== 'directory' || !existsSync(file)) return [];
  // A letter in two languages says everything twice, with a line of dashes between.
  const parts = textOf(readFileSync(file, 'utf8')).split(/\r?\n-{20,}\r?\n/);
  return parts.flatMap((part) => {
    const lines = part.trim().split(/\r?\n/);
    return [...lines.slice(0, LINES_SHOWN), ...(lines.length > LINES_SHOWN ? ['...'] : [])];
  });
}

/** Our own letters have one part, in one of three encodings (RFC 2045 6). */
function textOf(raw) {
  const [head, ...rest] = raw.split(/\r?\n\r?\n/);
  const body = rest.join('\n\n');
  const encoding = /^Content-Transfer-Encoding: (.*)$/im.exec(head)?.[1]?.trim().toLowerCase();
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString();
  if (encoding !== 'quoted-printable') return body;
  const unwrapped = body.replace(/=\r?\n/g, '');
  const bytes = unwrapped.replace(/=([0-9A-F]{2})/gi, (_, code) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString();
}

function nobodyHome(where = 'here') {
  giveUp(`No Thanadak is running ${where}. Start it first, in another terminal: npm start`);
}

function giveUp(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

function say(line) {
  process.stdout.write(`${line}\n`);
}
