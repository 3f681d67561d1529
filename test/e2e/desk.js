// The desk by command line on a running daemon: from a letter to closure, back by "হয়নি", and up the ranks.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask, BEHALA, endOfLog, openInstallation, serve, stopDaemon, thanadak } from './daemon.js';
import { aLetter } from './letters.js';
import { makePlace, until } from './place.js';
import { expect, expectEqual } from './report.js';
import { sendOnce } from './smtp-client.js';

const RITA = 'rita@home.example';
const DEPUTY = 'dc.sw@kolkatapolice.example';

export async function checkDesk(report) {
  const place = makePlace();
  const house = await openInstallation(join(place.folder, 'house'), (settings) => {
    settings.forces[0].divisions[0].deputy_commissioner = DEPUTY;
    return settings;
  });
  report.explainWith(() => endOfLog(house));
  try {
    await serve(house);
    await report.check(
      'letter, answer, closure, "হয়নি", open again and one rank higher: every letter out is seen',
      () => thereAndBack(house),
    );
    await report.check('exit codes: 3 unknown, 4 not allowed, 5 state, 2 usage', () => exitCodes(house));
    await report.check('the link in the notice acknowledges by its button, and only by it', () =>
      useLink(house),
    );
  } finally {
    await stopDaemon(house, 'SIGKILL');
    place.close();
  }
}

function sentTo(house, address) {
  const folder = join(house.dataFolder, 'sent');
  const files = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.eml'))
        .sort()
    : [];
  const letters = files.map((name) => readFileSync(join(folder, name), 'utf8'));
  return letters.filter((letter) => new RegExp(`^To: .*${address}`, 'm').test(letter));
}

const untilSent = (house, address, count) =>
  until(`${count} letters to ${address} lie in var/sent`, () => {
    const letters = sentTo(house, address);
    return letters.length === count && letters;
  });

async function openTicket(house, text) {
  const before = await ask(house, 'ticket', 'list');
  await sendOnce(house.ports.smtp, { from: RITA, to: BEHALA, raw: aLetter({ text }).raw });
  return until('the letter is a ticket', async () => {
    const tickets = await ask(house, 'ticket', 'list');
    return tickets.length > before.length && tickets[0].reference;
  });
}

async function thereAndBack(house) {
  const reference = await openTicket(house, 'রোজ রাতে আমাদের পাড়ায় জোরে গান বাজে। দয়া করে ব্যবস্থা নিন।');
  await untilSent(house, RITA, 1);
  await ask(house, 'ticket', 'reply', reference, '--text', 'আমরা দেখছি।');
  await untilSent(house, RITA, 2);
  const closed = await ask(
    house,
    'ticket',
    'close',
    reference,
    '--outcome',
    'patrol-arranged',
    '--text',
    'রাতে টহল থাকবে।',
  );
  expectEqual(closed.state, 'closed', 'state after closing');
  const letters = await untilSent(house, RITA, 3);
  const [, messageId] = /^Message-ID:\s*(<[^>]+>)/im.exec(letters.at(-1)) ?? [];
  expect(messageId, `the closure has a Message-ID:\n${letters.at(-1)}`);
  const answer = aLetter({ subject: 'Re:', text: 'হয়নি', headers: [`In-Reply-To: ${messageId}`] });
  await sendOnce(house.ports.smtp, { from: RITA, to: BEHALA, raw: answer.raw });
  const ticket = await until('the ticket is open again', async () => {
    const now = await ask(house, 'ticket', 'show', reference);
    return now.state === 'open' && now;
  });
  expectEqual([ticket.level, ticket.reopened], ['oc', 1], 'level and times opened again');
  expectEqual(
    ticket.escalations.map(({ clock }) => clock),
    ['reopened'],
    'escalations',
  );
  await untilSent(house, DEPUTY, 1);
  return `${reference}: 3 letters to the resident, 1 to the deputy commissioner`;
}

async function exitCodes(house) {
  const [{ reference }] = await ask(house, 'ticket', 'list');
  const code = async (...args) => (await thanadak(house, ...args)).code;
  expectEqual(await code('escalation', 'acknowledge', 'nowhere'), 3, 'unknown escalation');
  expectEqual(await code('ticket', 'note', reference, '--text', 'x', '--by', 'nobody'), 3, 'unknown officer');
  expectEqual(await code('ticket', 'reopen', reference, '--reason', 'x'), 5, 'reopening what is open');
  expectEqual(await code('ticket', 'close', reference), 2, 'closing without outcome');
  await ask(
    house,
    'officer',
    'add',
    'si-lake',
    '--name',
    'Lake Officer',
    '--rank',
    'si',
    '--station',
    'lake',
  );
  expectEqual(
    await code('ticket', 'note', reference, '--text', 'x', '--by', 'si-lake'),
    4,
    'officer of another station',
  );
}

async function useLink(house) {
  const [notice] = sentTo(house, DEPUTY);
  const text = notice.includes('base64')
    ? Buffer.from(notice.split(/\r?\n\r?\n/)[1], 'base64').toString()
    : notice;
  const [link] =
    /http:\/\/127\.0\.0\.1:\d+\/escalations\/[^\s]+/.exec(
      text.replace(/=\r?\n/g, '').replaceAll('=3D', '='),
    ) ?? [];
  expect(link, `the notice has a link:\n${text}`);
  const address = link.replace(/:\d+\//, `:${house.ports.web}/`);
  const page = await fetch(address);
  expectEqual(page.status, 200, 'GET');
  expect(!(await page.text()).includes('গান'), 'the page tells nothing of the matter');
  expectEqual((await ask(house, 'escalation', 'list')).length, 1, 'open escalations after the GET');
  const done = await fetch(address, { method: 'POST', redirect: 'follow' });
  expectEqual(done.status, 200, 'POST');
  expectEqual((await ask(house, 'escalation', 'list')).length, 0, 'open escalations after the POST');
  const forged = await fetch(`${address.slice(0, -1)}x`, { method: 'POST' });
  expectEqual(forged.status, 404, 'a forged link');
}
