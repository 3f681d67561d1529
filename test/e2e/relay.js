// A real Postfix in front of us: it takes the letters and hands them on, by SMTP and by LMTP, telling by XFORWARD whom
// they come from.
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask, BEHALA, endOfLog, LAKE, openInstallation, rawLetter, serve, stopDaemon } from './daemon.js';
import { aLetter, sha256, withAttachments } from './letters.js';
import { freePort, has, makePlace, runCommand, until } from './place.js';
import { logLines, openPostfix, queueLength, readLog, startPostfix, stopPostfix } from './postfix.js';
import { expect, expectEqual, needs } from './report.js';
import { openSession, sendOnce } from './smtp-client.js';

export async function checkRelay(report) {
  const place = makePlace();
  let setting;
  try {
    const isUp = await report.check('a relay and a daemon that trusts it start', async () => {
      needs(has('postfix'), 'postfix');
      needs(has('swaks'), 'swaks');
      setting = await open(place.folder);
    });
    if (!isUp) return;
    report.explainWith(
      () => `${endOfLog(setting.house)}\nPostfix:\n${readLog(setting.postfix).slice(-2_000)}`,
    );
    await report.check('a letter by SMTP arrives with the client behind the relay', () => bySmtp(setting));
    await report.check('a letter by LMTP arrives with the client behind the relay', () => byLmtp(setting));
    await report.check('a letter to two stations is one ticket at each', () => toBoth(setting));
    await report.check('an unknown station is bounced by the relay with our 550', () =>
      unknownStation(setting),
    );
    await report.check('Bengali in 8BITMIME arrives byte for byte', () => bengali(setting));
    await report.check('a sender with a Bengali address (SMTPUTF8) arrives', () => bengaliSender(setting));
    await report.check('a letter of 20 MB passes', () => large(setting));
    await report.check('while we are away the relay keeps the letter, and brings it later', () =>
      away(setting),
    );
  } finally {
    if (setting) await close(setting);
    place.close();
  }
}

async function open(folder) {
  const house = await openInstallation(join(folder, 'house'), (settings) => {
    settings.smtp.trusted_relays = ['127.0.0.1'];
    settings.stations[1].addresses.push('lake.ps@lmtp.example');
    return settings;
  });
  const { ports } = house;
  const routes = [
    `kolkatapolice.example = smtp:[127.0.0.1]:${ports.smtp}`,
    `lmtp.example = lmtp:inet:127.0.0.1:${ports.lmtp}`,
  ];
  const postfix = openPostfix(join(folder, 'relay'), await freePort(), {
    transport_maps: `inline:{ ${routes.map((route) => `{ ${route} }`).join(', ')} }`,
    smtp_send_xforward_command: 'yes',
    lmtp_send_xforward_command: 'yes',
    minimal_backoff_time: '1s',
    maximal_backoff_time: '1s',
    queue_run_delay: '1s',
    // One failed connection would otherwise make it think the destination dead for a while.
    smtp_destination_concurrency_failed_cohort_limit: '0',
  });
  await serve(house);
  await startPostfix(postfix);
  return { house, postfix };
}

async function close({ house, postfix }) {
  await stopPostfix(postfix);
  await stopDaemon(house);
}

/** Leaves a letter at the relay with swaks, from 127.0.0.2 so that the relay itself is not mistaken for the client. */
async function swaks({ postfix }, to, raw) {
  const session = ['--server', `127.0.0.1:${postfix.port}`, '--helo', 'pc.home.example', '-li', '127.0.0.2'];
  const options = ['--from', 'rita@home.example', '--to', to, '--data', '-', '--hide-all'];
  const done = runCommand('sh', ['-c', 'exec swaks "$@" <"$0"', raw, ...session, ...options]);
  const { code, stdout, stderr } = await done;
  expectEqual(code, 0, `swaks: ${stdout}${stderr}`);
}

async function viaSwaks(setting, to, subject) {
  const { raw, messageId } = aLetter({ subject, to });
  const file = join(setting.house.folder, `${sha256(messageId)}.eml`);
  // swaks ends what it is given with a line end of its own.
  writeFileSync(file, raw.subarray(0, -2));
  await swaks(setting, to, file);
  return { raw, messageId };
}

/** The filed letter that `tell` accepts, with its envelope. */
async function arrived({ house }, subject) {
  const ticket = await until(`the ticket "${subject}"`, async () => {
    const tickets = await ask(house, 'ticket', 'list');
    return tickets.find((candidate) => candidate.subject === subject);
  });
  const shown = await ask(house, 'ticket', 'show', ticket.reference);
  const [message] = shown.messages;
  const letter = await ask(house, 'letter', 'show', message.letterId);
  return { ticket: shown, message, letter, bytes: await rawLetter(house, message.letterId) };
}

/** What we keep is what the relay sent: its own Received on top, the resident's bytes below. */
function expectIntact({ message, letter, bytes }, raw) {
  expectEqual(sha256(bytes), message.sha256, 'the hash on the ticket');
  expectEqual(letter.sha256, message.sha256, 'the hash of the letter');
  expectEqual(letter.bytes, bytes.length, 'the size');
  expect(bytes.subarray(-raw.length).equals(raw), 'the letter does not end with the bytes that were sent');
  const top = bytes.subarray(0, bytes.length - raw.length).toString();
  expect(/^Received: from pc\.home\.example \(unknown \[127\.0\.0\.2\]\)/.test(top), `on top stands: ${top}`);
}

async function bySmtp(setting) {
  const { raw } = await viaSwaks(setting, BEHALA, 'By SMTP');
  const found = await arrived(setting, 'By SMTP');
  expectIntact(found, raw);
  const { client, protocol, from, to } = found.letter;
  expectEqual(client, { address: '127.0.0.2', name: 'pc.home.example', relay: '127.0.0.1' }, 'the client');
  expectEqual([from, to, protocol], ['rita@home.example', [BEHALA], 'ESMTP'], 'the envelope');
}

async function byLmtp(setting) {
  const { raw } = await viaSwaks(setting, 'lake.ps@lmtp.example', 'By LMTP');
  const found = await arrived(setting, 'By LMTP');
  expectIntact(found, raw);
  const { client, protocol, to } = found.letter;
  expectEqual(client, { address: '127.0.0.2', name: 'pc.home.example', relay: '127.0.0.1' }, 'the client');
  expectEqual([to, protocol], [['lake.ps@lmtp.example'], 'LMTP'], 'the envelope');
  expectEqual(found.ticket.station, 'lake', 'the station');
  const kept = logLines(setting.postfix, `Kept as ${found.letter.id}`);
  expect(kept.length === 1 && kept[0].includes('status=sent'), `Postfix recorded: ${kept}`);
}

async function toBoth(setting) {
  const { raw } = aLetter({ subject: 'To both' });
  await sendOnce(setting.postfix.port, { from: 'rita@home.example', to: [BEHALA, LAKE], raw });
  const { ticket } = await arrived(setting, 'To both');
  const all = (await ask(setting.house, 'ticket', 'list')).filter(({ subject }) => subject === 'To both');
  expectEqual(all.map(({ station }) => station).sort(), ['behala', 'lake'], 'the stations');
  expectEqual(ticket.linked.length, 1, 'linked tickets');
}

async function unknownStation(setting) {
  const { raw } = aLetter({ subject: 'To nobody' });
  const to = 'nowhere.ps@kolkatapolice.example';
  await sendOnce(setting.postfix.port, { from: 'rita@home.example', to, raw });
  const [line] = await until('the bounce in the log of the relay', () => {
    const lines = logLines(setting.postfix, `to=<${to}>`);
    return lines.length > 0 && lines;
  });
  expect(/status=bounced .*said: 550 5\.1\.1 No police station has this address/.test(line), line);
  const tickets = await ask(setting.house, 'ticket', 'list');
  expect(!tickets.some(({ subject }) => subject === 'To nobody'), 'there is a ticket');
}

const BENGALI = 'আমাদের পাড়ায় রোজ রাতে খুব জোরে গান বাজে। দয়া করে ব্যবস্থা নিন।';

async function bengali(setting) {
  const { raw } = aLetter({ subject: '=?utf-8?B?4Kat4Ka+4Kaw4KeA?=', text: `${BENGALI}\r\n.\r\n..x` });
  const mailOptions = ' BODY=8BITMIME';
  const session = await openSession(setting.postfix.port, { hello: 'EHLO pc.home.example' });
  await session.send({ from: 'rita@home.example', to: BEHALA, raw, mailOptions });
  session.close();
  const found = await arrived(setting, 'ভারী');
  expect(found.bytes.subarray(-raw.length).equals(raw), 'the bytes differ');
  expectEqual(found.message.text.replace(/\r\n/g, '\n').trim(), `${BENGALI}\n.\n..x`, 'the text');
  expectEqual(found.ticket.language, 'bn', 'the language');
}

async function bengaliSender(setting) {
  const from = 'রীতা@ডাক.example';
  const { raw } = aLetter({ subject: 'ঠিকানা', text: BENGALI });
  const utf8 = Buffer.from(raw.toString().replace('rita@home.example', from));
  const to = BEHALA;
  await sendOnce(setting.postfix.port, { from, to, raw: utf8, mailOptions: ' BODY=8BITMIME SMTPUTF8' });
  const found = await arrived(setting, 'ঠিকানা');
  expectEqual(found.letter.from.normalize('NFC'), from.normalize('NFC'), 'the envelope sender');
  expect(found.bytes.subarray(-utf8.length).equals(utf8), 'the bytes differ');
}

async function large(setting) {
  const { raw, expected } = withAttachments(
    [{ name: 'clip.mp4', type: 'video/mp4', size: 14_900_000 }],
    `20 MB ${randomBytes(3).toString('hex')}`,
  );
  const subject = raw.toString('latin1', 0, 400).match(/Subject: (.*)\r/)[1];
  await sendOnce(setting.postfix.port, { from: 'rita@home.example', to: BEHALA, raw });
  const found = await arrived(setting, subject);
  expect(raw.length > 20_000_000, `the letter has only ${raw.length} bytes`);
  expect(found.bytes.subarray(-raw.length).equals(raw), 'the bytes differ');
  expectEqual(found.message.attachments, expected, 'the attachments');
}

async function away(setting) {
  const { house, postfix } = setting;
  await stopDaemon(house);
  const { raw } = aLetter({ subject: 'While away' });
  await sendOnce(postfix.port, { from: 'rita@home.example', to: BEHALA, raw });
  await until('the relay defers', () => logLines(postfix, 'status=deferred').length > 0);
  await sleep(200);
  expectEqual(queueLength(postfix), 1, 'letters in the queue of the relay');
  await serve(house);
  await arrived(setting, 'While away');
  await until('the queue of the relay is empty', () => queueLength(postfix) === 0);
}
