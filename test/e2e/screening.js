// A real rspamd and a real clamd beside us: junk is put away and comes back, viruses are held back, and a scanner that
// is away keeps no letter.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import {
  ask,
  BEHALA,
  COMMAND,
  endOfLog,
  openInstallation,
  serve,
  stopDaemon,
  thanadak,
  writeSettings,
} from './daemon.js';
import { aLetter, sha256 } from './letters.js';
import { has, makePlace, runCommand, until } from './place.js';
import { expect, expectEqual, needs } from './report.js';
import { EICAR, GTUBE, startClamd, startRspamd, stopScanner } from './scanners.js';
import { sendOnce } from './smtp-client.js';

const RITA = 'rita@home.example';

export async function checkScreening(report) {
  const place = makePlace();
  const setting = { place };
  try {
    const isUp = await report.check('rspamd, clamd and a daemon that asks them start', async () => {
      needs(has('rspamd'), 'rspamd');
      needs(has('clamd'), 'clamd');
      await open(setting);
    });
    if (!isUp) return;
    report.explainWith(() => endOfLog(setting.house));
    await report.check('a plain letter is acknowledged as ever', () => plain(setting));
    await report.check('junk is put away without receipt and clocks, and one deed brings it back', () =>
      junk(setting),
    );
    await report.check('what rspamd only doubts is junk from our own mark on', () => overTheMark(setting));
    await report.check('junk that tells of a life in danger is only flagged', () => danger(setting));
    await report.check('an infected attachment is handed out only to those who insist', () => virus(setting));
    await report.check('a letter of 12 MB is looked at as a whole', () => large(setting));
    await report.check('a scanner that stands still keeps no letter longer than its time', () =>
      standsStill(setting),
    );
    await report.check('without scanners letters are filed as ever', () => away(setting));
  } finally {
    if (setting.house?.daemon) await stopDaemon(setting.house);
    await stopScanner(setting.rspamd);
    await stopScanner(setting.clamd);
    place.close();
  }
}

async function open(setting) {
  const { folder } = setting.place;
  [setting.clamd, setting.rspamd] = await Promise.all([
    startClamd(join(folder, 'clamd')),
    startRspamd(join(folder, 'rspamd')),
  ]);
  setting.house = await openInstallation(join(folder, 'house'), (settings) => {
    settings.junk = { from: 'rspamd', rspamd_url: setting.rspamd.url, mark: 6, deadline: PATIENCE };
    settings.viruses = { clamd: setting.clamd.socket, deadline: PATIENCE };
    return settings;
  });
  await serve(setting.house);
}

/** Long for a busy machine; only the check of a scanner that stands still measures time. */
const PATIENCE = '30s';
const FILED_MS = 60_000;

/** Sends a letter and resolves to its ticket once it is filed. */
async function ticketOf({ house }, { raw, messageId }) {
  const hash = sha256(raw);
  await sendOnce(house.ports.smtp, { from: RITA, to: BEHALA, raw });
  const findReference = async () => {
    const letters = await ask(house, 'letter', 'list', '--state', 'filed', '--limit', '3');
    return letters.find((letter) => letter.sha256 === hash)?.tickets[0];
  };
  return ask(house, 'ticket', 'show', await until(`the ticket of ${messageId}`, findReference, FILED_MS));
}

const outgoing = async ({ house }, reference) =>
  (await ask(house, 'outbox', 'list')).filter(({ ticket }) => ticket === reference);

async function isAcknowledged(setting, { reference }) {
  await until(`the receipt of ${reference}`, async () => {
    const [receipt] = await outgoing(setting, reference);
    return receipt?.state === 'sent';
  });
}

async function plain(setting) {
  const ticket = await ticketOf(setting, aLetter({ subject: 'Street light' }));
  expectEqual(ticket.junk, null, 'junk');
  expectEqual(ticket.junkOpinion.from, 'rspamd', 'who judged');
  await isAcknowledged(setting, ticket);
}

async function junk(setting) {
  const { house } = setting;
  const before = await ask(house, 'status');
  const ticket = await ticketOf(setting, aLetter({ subject: 'Great', text: GTUBE }));
  const { reference } = ticket;
  expectEqual([ticket.junk, ticket.clocks, ticket.acknowledgedAt], ['junk', [], null], 'the ticket');
  expect(ticket.junkOpinion.words.includes('GTUBE'), `the words are ${ticket.junkOpinion.words}`);
  expectEqual((await ask(house, 'status')).tickets.open, before.tickets.open, 'open tickets');
  const listed = await ask(house, 'ticket', 'list');
  expect(!listed.some((one) => one.reference === reference), 'the plain list shows it');
  const away = await ask(house, 'ticket', 'list', '--junk');
  expectEqual(
    away.map((one) => one.reference),
    [reference],
    'the list of junk',
  );
  const [receipt] = await outgoing(setting, reference);
  expectEqual([receipt.state, receipt.reason], ['suppressed', 'junk'], 'the receipt');
  const refused = await thanadak(house, 'ticket', 'acknowledge', reference);
  expectEqual(refused.code, 5, 'the exit code of acknowledging junk');
  await ask(house, 'ticket', 'not-junk', reference);
  const back = await ask(house, 'ticket', 'show', reference);
  expectEqual(back.junk, 'cleared', 'junk');
  for (const clock of back.clocks) expectEqual(clock.startedAt, ticket.receivedAt, `start of ${clock.name}`);
  expectEqual(back.clocks.length, 3, 'clocks');
  await ask(house, 'ticket', 'acknowledge', reference);
  await isAcknowledged(setting, back);
}

async function overTheMark(setting) {
  const ticket = await ticketOf(setting, aLetter({ subject: 'You won the lottery' }));
  const { isJunk, score, words } = ticket.junkOpinion;
  expect(!isJunk && score >= 6 && score < 10, `rspamd said ${JSON.stringify(ticket.junkOpinion)}`);
  expect(words.includes('E2E_LOTTERY'), `the words are ${words}`);
  expectEqual(ticket.junk, 'junk', 'junk');
}

async function danger(setting) {
  const text = `He stands in front of my door with a knife and says he will kill me. Help now!\r\n${GTUBE}`;
  const ticket = await ticketOf(setting, aLetter({ subject: 'Help', text }));
  expectEqual([ticket.junk, ticket.urgency], ['suspected', 'urgent'], 'junk and urgency');
  await isAcknowledged(setting, ticket);
}

function infected(filler = 0) {
  const part = (name, bytes) => [
    '--b',
    `Content-Type: application/octet-stream; name="${name}"`,
    `Content-Disposition: attachment; filename="${name}"`,
    'Content-Transfer-Encoding: base64',
    '',
    bytes.toString('base64').replace(/.{76}/g, '$&\r\n'),
  ];
  const { raw, messageId } = aLetter({ subject: `Invoice ${randomBytes(4).toString('hex')}` });
  const head = raw.toString().split('Content-Type:')[0];
  const lines = [
    `${head}Content-Type: multipart/mixed; boundary=b`,
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'See the invoice.',
    ...part('good.txt', Buffer.from('nothing bad')),
    ...(filler > 0 ? part('large.bin', randomBytes(filler)) : []),
    ...part('bad.com', Buffer.from(EICAR)),
    '--b--',
    '',
  ];
  return { raw: Buffer.from(lines.join('\r\n')), messageId };
}

async function write({ house }, ...args) {
  return runCommand(process.execPath, [COMMAND, ...args, '--config', house.file], { encoding: 'buffer' });
}

async function virus(setting) {
  const letter = infected();
  const ticket = await ticketOf(setting, letter);
  const [message] = ticket.messages;
  expect(/^Test\.Eicar/.test(message.infected), `the virus is ${message.infected}`);
  const marked = message.attachments.map(({ name, infected: virusName }) => [name, virusName !== undefined]);
  expectEqual(
    marked,
    [
      ['good.txt', false],
      ['bad.com', true],
    ],
    'which are infected',
  );
  const good = await write(setting, 'letter', 'attachment', message.letterId, '1');
  expectEqual([good.code, good.stdout.toString()], [0, 'nothing bad'], 'the clean one');
  for (const what of [
    ['attachment', message.letterId, '2'],
    ['show', message.letterId, '--raw'],
  ]) {
    const refused = await write(setting, 'letter', ...what);
    expectEqual([refused.code, refused.stdout.length], [4, 0], `letter ${what.join(' ')}`);
    expect(/Test\.Eicar/.test(refused.stderr.toString()), `it says: ${refused.stderr}`);
  }
  const bad = await write(setting, 'letter', 'attachment', message.letterId, '2', '--infected-too');
  expectEqual(bad.stdout.toString(), EICAR, 'the infected one');
  const all = await write(setting, 'letter', 'show', message.letterId, '--raw', '--infected-too');
  expect(all.stdout.equals(letter.raw), 'the raw letter differs');
  const { journal } = await ask(setting.house, 'ticket', 'show', ticket.reference);
  const handed = journal.filter(({ event }) => event === 'infected-handed-out');
  expectEqual(
    handed.map(({ actor }) => actor),
    ['operator', 'operator'],
    'who stands in the journal',
  );
  await isAcknowledged(setting, ticket);
}

/** Milliseconds from the receipt of a ticket's letter to its filing. */
function filingTime({ receivedAt, journal }) {
  return Date.parse(journal.find(({ event }) => event === 'opened').at) - Date.parse(receivedAt);
}

async function large(setting) {
  const ticket = await ticketOf(setting, infected(9_000_000));
  const marked = ticket.messages[0].attachments.map((one) => one.infected !== undefined);
  expectEqual(marked, [true, true, true], 'suspects');
  return `filed after ${filingTime(ticket)} ms`;
}

async function standsStill(setting) {
  const { house } = setting;
  const { junk: judge, viruses } = house.settings;
  writeSettings(house, {
    ...house.settings,
    junk: { ...judge, deadline: '1s' },
    viruses: { ...viruses, deadline: '1s' },
  });
  await stopDaemon(house);
  await serve(house);
  setting.clamd.program.kill('SIGSTOP');
  setting.rspamd.program.kill('SIGSTOP');
  try {
    const ticket = await ticketOf(setting, aLetter({ subject: 'Standing still' }));
    expectEqual([ticket.junk, ticket.junkOpinion], [null, null], 'junk');
    await isAcknowledged(setting, ticket);
    const tookMs = filingTime(ticket);
    expect(tookMs > 900 && tookMs < 4_000, `filed after ${tookMs} ms`);
    return `filed after ${tookMs} ms`;
  } finally {
    setting.clamd.program.kill('SIGCONT');
    setting.rspamd.program.kill('SIGCONT');
  }
}

async function away(setting) {
  await stopScanner(setting.clamd);
  await stopScanner(setting.rspamd);
  for (let n = 0; n < 5; n += 1) {
    const ticket = await ticketOf(setting, infected());
    expectEqual(ticket.messages[0].infected, null, 'the virus');
    await isAcknowledged(setting, ticket);
  }
  const told = endOfLog(setting.house, 1_000)
    .split('\n')
    .filter((line) => line.includes('does not answer'));
  expect(told.length >= 1 && told.length <= 2, `the log tells of it ${told.length} times`);
}
