// A small file system runs full, of bytes and of inodes, while letters come: they are refused for now, nothing is torn,
// and when there is room again the same process goes on.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BEHALA, endOfLog } from '../e2e/daemon.js';
import { aLetter } from '../e2e/letters.js';
import { makePlace } from '../e2e/place.js';
import { expect, expectEqual, Skip } from '../e2e/report.js';
import { isRoot, run } from './abilities.js';
import { end, isPermanent, judge, nextLetter, offer, serveAs, settle, start, untilUp } from './house.js';
import { mountAt, openInstallationOn } from './mounts.js';

const SIZE = '48m';
const INODES = 400;
const LETTERS = 12;
/** Room that is left when the letters come, in bytes and in inodes. */
const ROOMS = [0, 4_096, 16_384, 65_536, 262_144, 1_048_576];
const INODE_ROOMS = [0, 1, 2, 5, 9];

export async function checkFullDisk(report, { rounds }) {
  const place = makePlace();
  const setting = { ledger: new Map(), house: undefined, mounted: undefined };
  try {
    const ready = await report.check('a small file system is mounted', () => prepare(setting, place));
    if (!ready) return;
    report.explainWith(() => endOfLog(setting.house));
    for (const room of pick(ROOMS, rounds)) {
      await report.check(`${room} bytes left: refused for now, and it heals`, () =>
        runFull(setting, () => fillBytes(setting, room)),
      );
    }
    for (const room of pick(INODE_ROOMS, rounds)) {
      await report.check(`${room} inodes left: refused for now, and it heals`, () =>
        runFull(setting, () => fillInodes(setting, room)),
      );
    }
    await report.check('started on a full disk it loses nothing', () => startFull(setting));
  } finally {
    if (setting.house) await end(setting.house);
    await setting.mounted?.close();
    place.close();
  }
}

function pick(rooms, count) {
  return rooms.filter((_, index) => index % Math.max(1, Math.floor(rooms.length / count)) === 0);
}

async function prepare(setting, place) {
  if (!isRoot()) throw new Skip('only root may mount a file system');
  try {
    setting.mounted = mountAt(join(place.folder, 'disk'), [
      '-t',
      'tmpfs',
      '-o',
      `size=${SIZE},nr_inodes=${INODES},mode=755`,
      'tmpfs',
    ]);
  } catch (error) {
    throw new Skip(`no file system can be mounted: ${error.stderr?.trim() || error.message}`);
  }
  setting.house = await openInstallationOn(join(place.folder, 'house'), setting.mounted.folder);
  await serveAs(setting.house);
  const first = { ...nextLetter(BEHALA), to: BEHALA };
  expect(
    (await offer(setting.house, first, setting.ledger)).startsWith('250'),
    'the first letter is refused',
  );
  await settle(setting.house);
}

function fillBytes({ mounted }, room) {
  const ballast = join(mounted.folder, 'ballast');
  const [, free] = /(\d+)\s*$/.exec(run('stat', ['-f', '-c', '%a', mounted.folder]));
  const pages = Number(free) - Math.floor(room / 4_096);
  writeFileSync(ballast, Buffer.alloc(pages * 4_096));
  return () => rmSync(ballast);
}

function fillInodes({ mounted }, room) {
  const names = [];
  const free = Number(run('stat', ['-f', '-c', '%d', mounted.folder]).trim());
  for (let index = 0; index < free - room; index += 1) {
    names.push(join(mounted.folder, `ballast-${index}`));
    writeFileSync(names.at(-1), '');
  }
  return () => {
    for (const name of names) rmSync(name);
  };
}

function someLetters() {
  return Array.from({ length: LETTERS }, (_, index) => {
    const large = index % 3 === 2;
    const letter = large
      ? aLetter({ to: BEHALA, text: `${Math.random()} ${'y '.repeat(40_000)}` })
      : nextLetter(BEHALA);
    return { ...letter, to: BEHALA };
  });
}

async function runFull(setting, fill) {
  const { house, ledger } = setting;
  const letters = someLetters();
  const empty = fill();
  let replies;
  try {
    replies = await Promise.all(letters.map((letter) => offer(house, letter, ledger)));
  } finally {
    empty();
  }
  const odd = replies.filter((reply) => !/^(expected 250, the server said: )?(250|452 4\.3\.1)/.test(reply));
  expectEqual(odd, [], 'replies that are neither 250 nor 452 4.3.1');
  expect(!house.daemon.how, 'the daemon ended by itself');
  const refused = letters.filter(({ messageId }) => !ledger.has(messageId));
  for (const letter of refused) {
    const reply = await offer(house, letter, ledger);
    expect(reply.startsWith('250'), `refused although there is room again: ${reply}`);
  }
  await settle(house);
  expectEqual(judge(house, ledger).slice(0, 3), [], 'faults');
  return `${refused.length} of ${LETTERS} refused`;
}

/** Letters lie in the spool, the disk is full, the house is started: it may refuse, and must not harm them. */
async function startFull(setting) {
  const { house, ledger } = setting;
  const replies = await Promise.all(someLetters().map((letter) => offer(house, letter, ledger)));
  await end(house);
  const empty = fillBytes(setting, 0);
  let went = 'went on';
  try {
    start(house);
    await untilUp(house).catch(() => {
      went = 'refused to start';
    });
    replies.push(...(await Promise.all(someLetters().map((letter) => offer(house, letter, ledger)))));
  } finally {
    empty();
  }
  expectEqual(replies.filter(isPermanent), [], 'permanent refusals');
  if (house.daemon.how) await serveAs(house);
  await settle(house);
  expectEqual(judge(house, ledger).slice(0, 3), [], 'faults');
  return `it ${went}`;
}
