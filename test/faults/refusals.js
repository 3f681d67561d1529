// What the daemon must not start on: it says why in a sentence, ends, and leaves the folder as it found it.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { BEHALA, openInstallation, writeSettings } from '../e2e/daemon.js';
import { freePort, makePlace } from '../e2e/place.js';
import { expect, expectEqual } from '../e2e/report.js';
import { end, judge, nextLetter, offer, serveAs, settle, start } from './house.js';

const LIMIT_MS = 60_000;

const SPOILT = [
  {
    name: 'a database newer than the program',
    spoil: change(`insert into migration values (999, '0999_future', 'x', 'y')`),
    says: /newer than this program \(it has migration 0999_future\)/,
  },
  {
    name: 'a migration half done',
    spoil: change('delete from migration where number = (select max(number) from migration)'),
    says: /Migration \w+ cannot be applied .*restore the database/,
  },
  {
    name: 'a migration left out',
    spoil: change('delete from migration where number = 2'),
    says: /not number 2 before it; restore the database/,
  },
  {
    name: 'the database of another program with a name of its own',
    spoil: change('pragma application_id = 42'),
    says: /database of another program/,
  },
  {
    name: 'the database of another program without a name',
    spoil(house) {
      forget(house);
      const database = new Sqlite(fileOf(house));
      database.exec('create table diary (entry text)');
      database.close();
    },
    says: /database of another program/,
  },
  {
    name: 'a folder of somebody else',
    spoil(house) {
      rmSync(house.dataFolder, { recursive: true });
      mkdirSync(join(house.dataFolder, 'photos'), { recursive: true });
    },
    says: /holds no database of Thanadak and things that are not ours \(photos\)/,
  },
  {
    name: 'a file in place of the folder',
    spoil(house) {
      rmSync(house.dataFolder, { recursive: true });
      writeFileSync(house.dataFolder, '');
    },
    says: /is a file, and data_dir must be a folder/,
  },
  {
    name: 'letters without their database',
    spoil: forget,
    says: /holds letters and no database; restore thanadak.db/,
  },
];

export async function checkRefusals(report) {
  const place = makePlace();
  const house = await openInstallation(join(place.folder, 'house'));
  const ledger = new Map();
  try {
    await serveAs(house);
    const letter = { ...nextLetter(BEHALA), to: BEHALA };
    await offer(house, letter, ledger);
    await settle(house);
    await report.check('two daemons on one folder: the second is refused, the first goes on', () =>
      refuseSecond(place, house, ledger),
    );
    expectEqual((await end(house, 'SIGTERM')).code, 0, 'the exit code at SIGTERM');
    const whole = join(place.folder, 'whole');
    cpSync(house.dataFolder, whole, { recursive: true });
    for (const { name, spoil, says } of SPOILT) {
      await report.check(`${name}: refused with a sentence, and nothing is touched`, () =>
        refuse(house, { whole, spoil, says }),
      );
    }
    await report.check('a folder whose disk is not mounted: refused with a sentence, and not made', () =>
      refuseUnmounted(place),
    );
    await report.check('put back as it was, it starts and has everything', () =>
      putBack(house, whole, ledger),
    );
  } finally {
    await end(house);
    place.close();
  }
}

async function refuseSecond(place, house, ledger) {
  const second = await openInstallation(join(place.folder, 'second'));
  writeSettings(second, {
    ...second.settings,
    data_dir: house.dataFolder,
    web: { listen: { host: '127.0.0.1', port: await freePort() } },
  });
  await expectRefusal(second, /data folder .* is in use: another Thanadak runs on it/);
  const letter = { ...nextLetter(BEHALA), to: BEHALA };
  expect((await offer(house, letter, ledger)).startsWith('250'), 'the first takes no letter any more');
  await settle(house);
  expectEqual(judge(house, ledger), [], 'faults');
}

async function refuseUnmounted(place) {
  const house = await openInstallation(join(place.folder, 'third'), (settings) => ({
    ...settings,
    data_dir: 'disk/thanadak',
  }));
  await expectRefusal(house, /folder .*disk for data_dir does not exist; mount its disk/);
  expect(!existsSync(join(house.folder, 'disk')), 'the folder was made');
}

async function refuse(house, { whole, spoil, says }) {
  restore(house, whole);
  spoil(house);
  const before = contentOf(house);
  await expectRefusal(house, says);
  expect(contentOf(house) === before, 'the database was changed');
}

/** Ends by itself, not with success, and with one sentence instead of the trace of a fault. */
async function expectRefusal(house, says) {
  const daemon = start(house);
  const how = await Promise.race([daemon.exited, sleep(LIMIT_MS)]);
  await end(house);
  expect(how, 'it goes on running');
  expect(how.code > 0, `it ended with ${how.code}`);
  expect(says.test(daemon.output), `it says: ${daemon.output}`);
  expect(!/^ +at /m.test(daemon.output), `a sentence was wanted: ${daemon.output}`);
}

async function putBack(house, whole, ledger) {
  restore(house, whole);
  await serveAs(house);
  await settle(house);
  expectEqual(judge(house, ledger), [], 'faults');
}

function restore({ dataFolder }, whole) {
  rmSync(dataFolder, { recursive: true });
  cpSync(whole, dataFolder, { recursive: true });
}

function fileOf({ dataFolder }) {
  return join(dataFolder, 'thanadak.db');
}

function change(statement) {
  return (house) => {
    const database = new Sqlite(fileOf(house));
    database.exec(statement);
    database.pragma('wal_checkpoint(TRUNCATE)');
    database.close();
  };
}

function forget(house) {
  for (const suffix of ['', '-wal', '-shm']) rmSync(fileOf(house) + suffix, { force: true });
}

/** Everything that is in the database, or that there is none. */
function contentOf(house) {
  if (!existsSync(fileOf(house))) return 'none';
  return readFileSync(fileOf(house)).toString('latin1');
}
