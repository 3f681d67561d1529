// A letter of 30 MB: memory must not grow with it, and nothing of it may change.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  ask,
  BEHALA,
  endOfLog,
  openInstallation,
  rawLetter,
  serve,
  stopDaemon,
  untilFiled,
} from './daemon.js';
import { aLetter, sha256, withAttachments } from './letters.js';
import { makePlace } from './place.js';
import { expect, expectEqual } from './report.js';
import { openSession, sendOnce } from './smtp-client.js';

const MAY_GROW_MB = 40;
const ATTACHMENTS = [
  { name: 'clip.mp4', type: 'video/mp4', size: 12_000_000 },
  { name: 'photo 1.jpg', type: 'image/jpeg', size: 6_000_001 },
  { name: 'photo 2.jpg', type: 'image/jpeg', size: 3_999_998 },
  { name: 'complaint.pdf', type: 'application/pdf', size: 700_003 },
];

export async function checkLargeLetter(report) {
  const place = makePlace();
  const house = await openInstallation(join(place.folder, 'house'));
  const setting = { house };
  report.explainWith(() => endOfLog(house));
  try {
    await serve(house);
    await report.check(`30 MB pass with less than ${MAY_GROW_MB} MB more memory`, () => measure(setting));
    if (!setting.letter) return;
    await report.check('the archived bytes are those sent, and the ticket has their hash', () =>
      bytes(setting),
    );
    await report.check('attachments have their names, types, sizes and hashes', () => attachments(setting));
    await report.check('a letter above the limit is refused with 552 and leaves nothing', () =>
      tooLarge(setting),
    );
  } finally {
    await stopDaemon(house);
    place.close();
  }
}

/** Small letters first, so that what the daemon loads once is not counted against the large one. */
async function measure(setting) {
  const { house } = setting;
  const { pid } = house.daemon.child;
  await warmUp(house);
  const letter = withAttachments(ATTACHMENTS);
  expect(letter.raw.length > 30_000_000, `the letter has only ${letter.raw.length} bytes`);
  const before = memory(pid).now;
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
  const session = await openSession(house.ports.smtp);
  const reply = await session.send({ from: 'rita@home.example', to: BEHALA, raw: letter.raw });
  session.close();
  expect(reply.startsWith('250'), reply);
  setting.letter = { ...letter, id: reply.split(' ').at(-1) };
  await untilFiled(house, setting.letter.id);
  await sleep(500);
  const grown = memory(pid).highest - before;
  expect(grown < MAY_GROW_MB, `memory grew by ${grown.toFixed(0)} MB (from ${before.toFixed(0)} MB)`);
  return `from ${before.toFixed(0)} MB, ${grown.toFixed(0)} MB more`;
}

async function warmUp(house) {
  for (let round = 0; round < 40; round += 1) {
    await sendOnce(house.ports.smtp, { from: 'rita@home.example', to: BEHALA, raw: aLetter().raw });
  }
  for (let round = 0; round < 3; round += 1) {
    const { raw } = withAttachments([{ name: 'a.jpg', type: 'image/jpeg', size: 300_000 }], `Warm ${round}`);
    const reply = await sendOnce(house.ports.smtp, { from: 'rita@home.example', to: BEHALA, raw });
    await untilFiled(house, reply.split(' ').at(-1));
  }
  await sleep(500);
}

/** Megabytes in memory, now and at most since `clear_refs` was last told so. */
function memory(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const megabytes = (name) => Number(status.match(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm'))[1]) / 1_024;
  return { now: megabytes('VmRSS'), highest: megabytes('VmHWM') };
}

async function bytes(setting) {
  const { house, letter } = setting;
  const kept = await rawLetter(house, letter.id);
  expect(kept.equals(letter.raw), 'the bytes differ');
  const [reference] = (await ask(house, 'letter', 'show', letter.id)).tickets;
  const ticket = await ask(house, 'ticket', 'show', reference);
  setting.message = ticket.messages.find(({ letterId }) => letterId === letter.id);
  expectEqual(setting.message.sha256, sha256(letter.raw), 'the hash on the ticket');
  expectEqual(setting.message.parsed, true, 'whether it could be read');
}

async function attachments({ message, letter }) {
  expectEqual(message?.attachments, letter.expected, 'the attachments');
}

async function tooLarge({ house }) {
  const before = await ask(house, 'letter', 'list', '--limit', '1000');
  const { raw } = withAttachments([{ name: 'film.mp4', type: 'video/mp4', size: 27_500_000 }]);
  expect(raw.length > 36_700_160, `the letter has only ${raw.length} bytes`);
  const reply = await sendOnce(house.ports.smtp, { from: 'rita@home.example', to: BEHALA, raw });
  expect(reply.startsWith('552 5.3.4'), reply);
  const declared = await openSession(house.ports.smtp);
  const early = await declared.say('MAIL FROM:<rita@home.example> SIZE=40000000');
  declared.close();
  expect(early.startsWith('552'), `with its size declared: ${early}`);
  expectEqual(await ask(house, 'letter', 'list', '--limit', '1000'), before, 'the letters');
}
