// A real Postfix behind us: it takes our acknowledgements and puts them into residents' mailboxes.
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  ask,
  BEHALA,
  endOfLog,
  openInstallation,
  serve,
  stopDaemon,
  thanadak,
  untilOutbox,
} from './daemon.js';
import { aLetter } from './letters.js';
import { freePort, has, makePlace, until } from './place.js';
import { logLines, openPostfix, readLog, startPostfix, stopPostfix } from './postfix.js';
import { expect, expectEqual, needs } from './report.js';
import { sendOnce } from './smtp-client.js';

const NOBODY = 65_534;

export async function checkFarSide(report) {
  const place = makePlace();
  let setting;
  try {
    const isUp = await report.check('a daemon and a mail server for its letters start', async () => {
      needs(has('postfix'), 'postfix');
      setting = await open(place.folder);
    });
    if (!isUp) return;
    report.explainWith(
      () => `${endOfLog(setting.house)}\nPostfix:\n${readLog(setting.postfix).slice(-2_000)}`,
    );
    await report.check('the acknowledgement lies in the mailbox, and the outbox names its queue id', () =>
      sent(setting),
    );
    await report.check('a server that is away defers it; a retry brings it with the same Message-ID', () =>
      deferred(setting),
    );
    await report.check('a refused recipient fails it, and nothing follows', () => refused(setting));
    await report.check('a server that says "later" defers it', () => later(setting));
    await report.check('status shows what failed, and is healthy all the same', () => shown(setting));
  } finally {
    if (setting) await close(setting);
    place.close();
  }
}

async function open(folder) {
  const port = await freePort();
  const house = await openInstallation(join(folder, 'house'), (settings) => {
    settings.outbound = { transport: 'smtp', smtp: { host: '127.0.0.1', port, tls: 'off' } };
    return settings;
  });
  const mailboxes = join(folder, 'mailboxes');
  mkdirSync(mailboxes);
  chownSync(mailboxes, NOBODY, NOBODY);
  const later = '{ { later@home.example = 450 4.2.0 Greylisted, come back later } }';
  const postfix = openPostfix(join(folder, 'far'), port, {
    virtual_mailbox_domains: 'home.example',
    virtual_mailbox_base: mailboxes,
    virtual_mailbox_maps: 'inline:{ { rita@home.example = rita/ }, { later@home.example = later/ } }',
    virtual_uid_maps: `static:${NOBODY}`,
    virtual_gid_maps: `static:${NOBODY}`,
    smtpd_recipient_restrictions: `check_recipient_access inline:${later}, permit_mynetworks, reject`,
  });
  await startPostfix(postfix);
  await serve(house);
  return { house, postfix, mailbox: join(mailboxes, 'rita', 'new') };
}

async function close({ house, postfix }) {
  await stopDaemon(house);
  await stopPostfix(postfix);
}

/** Leaves a letter from `from`; resolves to its ticket's reference and its own Message-ID. */
async function leave({ house }, from, subject) {
  const { raw, messageId } = aLetter({ subject });
  const reply = await sendOnce(house.ports.smtp, { from, to: BEHALA, raw });
  expect(reply.startsWith('250 2.0.0 Kept as '), reply);
  const { reference } = await until(`the ticket "${subject}"`, async () => {
    const tickets = await ask(house, 'ticket', 'list');
    return tickets.find((ticket) => ticket.subject === subject);
  });
  return { reference, messageId };
}

/** Letters in the mailbox that answer `messageId`. */
function inMailbox({ mailbox }, messageId) {
  if (!existsSync(mailbox)) return [];
  const letters = readdirSync(mailbox).map((name) => readFileSync(join(mailbox, name), 'utf8'));
  return letters.filter((text) => headerOf(text, 'In-Reply-To') === messageId);
}

function headerOf(text, name) {
  const [head = ''] = text.split(/\r?\n\r?\n/);
  const unfolded = head.replace(/\r?\n[ \t]+/g, ' ');
  return unfolded.match(new RegExp(`^${name}: (.*)$`, 'im'))?.[1];
}

async function sent(setting) {
  const { reference, messageId } = await leave(setting, 'rita@home.example', 'First');
  const record = await untilOutbox(setting.house, reference, ['sent']);
  const [letter] = await until('the letter in the mailbox', () => {
    const found = inMailbox(setting, messageId);
    return found.length > 0 && found;
  });
  expectEqual(headerOf(letter, 'Message-ID'), record.messageId, 'the Message-ID');
  expectEqual(headerOf(letter, 'Return-Path'), '<>', 'the return path');
  expectEqual(headerOf(letter, 'Auto-Submitted'), 'auto-replied', 'Auto-Submitted');
  expect(letter.includes(reference), 'the letter does not name the reference');
  expect(/^\w{6,}$/.test(record.queueId ?? ''), `the queue id is ${record.queueId}`);
  expect(
    logLines(setting.postfix, `${record.queueId}: to=<rita@home.example>`).length > 0,
    'Postfix has no such queue id',
  );
  const ticket = await ask(setting.house, 'ticket', 'show', reference);
  const clock = ticket.clocks.find(({ name }) => name === 'acknowledgement');
  expectEqual([clock.state, clock.metAt], ['met', record.sentAt], 'the clock of the acknowledgement');
  expectEqual(ticket.acknowledgedAt, record.sentAt, 'acknowledgedAt');
}

async function deferred(setting) {
  const { house, postfix } = setting;
  await stopPostfix(postfix);
  const { reference, messageId } = await leave(setting, 'rita@home.example', 'Second');
  const before = await untilOutbox(house, reference, ['deferred']);
  expect(/ECONNREFUSED/.test(before.lastReply), `the last reply: ${before.lastReply}`);
  expect(before.dueAt > new Date().toISOString(), `it is due at ${before.dueAt}`);
  await startPostfix(postfix);
  const { code, stderr } = await thanadak(house, 'outbox', 'retry', before.id);
  expectEqual(code, 0, `outbox retry: ${stderr}`);
  const after = await untilOutbox(house, reference, ['sent']);
  expectEqual(after.messageId, before.messageId, 'the Message-ID of the outbox');
  expectEqual(after.attempts, 2, 'the attempts');
  const [letter] = await until('the letter in the mailbox', () => {
    const found = inMailbox(setting, messageId);
    return found.length > 0 && found;
  });
  expectEqual(headerOf(letter, 'Message-ID'), before.messageId, 'the Message-ID of the letter');
  expectEqual(inMailbox(setting, messageId).length, 1, 'letters in the mailbox');
  expectEqual(
    (await thanadak(house, 'outbox', 'retry', before.id)).code,
    5,
    'the exit code of a retry of what is sent',
  );
}

async function refused(setting) {
  const { house } = setting;
  const before = (await ask(house, 'outbox', 'list')).length;
  const { reference } = await leave(setting, 'gone@home.example', 'Third');
  const record = await untilOutbox(house, reference, ['failed']);
  expect(/^550 5\.1\.1/.test(record.lastReply), `the last reply: ${record.lastReply}`);
  expectEqual(record.attempts, 1, 'the attempts');
  await sleep(2_500);
  const records = await ask(house, 'outbox', 'list');
  expectEqual(records.length, before + 1, 'letters in the outbox');
  expectEqual(records.find(({ id }) => id === record.id).state, 'failed', 'the state');
  const rejections = logLines(setting.postfix, 'to=<gone@home.example>').filter((line) =>
    line.includes('reject'),
  );
  expectEqual(rejections.length, 1, 'attempts that Postfix saw');
  const { journal } = await ask(house, 'ticket', 'show', reference);
  const events = journal.map(({ event }) => event);
  expectEqual(events, ['opened', 'delivery-failed'], 'the journal');
}

async function later(setting) {
  const { reference } = await leave(setting, 'later@home.example', 'Fourth');
  const record = await untilOutbox(setting.house, reference, ['deferred']);
  expect(/^450 4\.2\.0/.test(record.lastReply), `the last reply: ${record.lastReply}`);
  const minutes = (Date.parse(record.dueAt) - Date.now()) / 60_000;
  expect(minutes > 0 && minutes <= 1.1, `it is due in ${minutes} minutes`);
}

async function shown({ house }) {
  const { code, stdout } = await thanadak(house, 'status', '--json');
  const status = JSON.parse(stdout);
  expectEqual([code, status.ready], [0, true], 'exit code and ready');
  expectEqual(status.outbox, { queued: 0, deferred: 1, failed: 1, suppressed: 0 }, 'the outbox');
  expect(status.problems.length === 1 && /could not be delivered/.test(status.problems[0].what), stdout);
}
