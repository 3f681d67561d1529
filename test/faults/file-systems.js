// Real file systems are cut off under the running daemon, as a power cut would: what their journals have not written is
// gone. ext4 and xfs in files, where root and loop devices allow.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BEHALA, endOfLog } from '../e2e/daemon.js';
import { openLedgerClient } from '../e2e/ledger-client.js';
import { has, makePlace, until } from '../e2e/place.js';
import { expectEqual, Skip } from '../e2e/report.js';
import { isRoot, run } from './abilities.js';
import { end, isPermanent, judge, serveAs, settle } from './house.js';
import { mountAt, openInstallationOn } from './mounts.js';

const KINDS = { ext4: '128M', xfs: '320M' };
const CONNECTIONS = 4;
const LIFE_MS = 2_000;

export async function checkFileSystems(report, { rounds }) {
  for (const [kind, size] of Object.entries(KINDS)) {
    const place = makePlace();
    try {
      await report.check(`${kind} is cut off ${rounds} times under the daemon`, () =>
        cutRepeatedly(report, { place, kind, size, rounds }),
      );
    } finally {
      place.close();
    }
  }
}

async function cutRepeatedly(report, { place, kind, size, rounds }) {
  const image = join(place.folder, `${kind}.img`);
  const folder = join(place.folder, 'disk');
  makeImage(image, kind, size);
  let mounted = mountOrSkip(image, folder);
  const house = await openInstallationOn(join(place.folder, 'house'), folder);
  report.explainWith(() => endOfLog(house));
  const ledger = new Map();
  const told = { letters: 0, stopped: 0 };
  try {
    for (let round = 0; round < rounds; round += 1) {
      await cutOnce(house, ledger, told);
      await mounted.close();
      mounted = mountAt(folder, ['-o', 'loop', image]);
      await serveAs(house);
      await settle(house);
      expectEqual(judge(house, ledger).slice(0, 3), [], `faults after cut ${round + 1}`);
    }
    return `${ledger.size} letters kept, ${told.stopped} times the daemon stopped by itself`;
  } finally {
    await end(house);
    await mounted.close();
    rmSync(image);
  }
}

/** The tools of a file system, root and a loop device are not everywhere; that is no fault of Thanadak's. */
function makeImage(image, kind, size) {
  if (!isRoot()) throw new Skip('only root may mount a file system');
  for (const tool of ['xfs_io', `mkfs.${kind}`]) if (!has(tool)) throw new Skip(`${tool} is missing`);
  run('truncate', ['-s', size, image]);
  run(`mkfs.${kind}`, ['-q', image]);
}

function mountOrSkip(image, folder) {
  try {
    return mountAt(folder, ['-o', 'loop', image]);
  } catch (error) {
    throw new Skip(`no loop device can be mounted: ${error.stderr?.trim() || error.message}`);
  }
}

async function cutOnce(house, ledger, told) {
  const client = openLedgerClient({
    port: house.ports.smtp,
    to: BEHALA,
    letters: 2_000,
    connections: CONNECTIONS,
    pauseMs: 20,
  });
  try {
    if (!house.daemon) await serveAs(house);
    await until('letters are kept', () => client.ledger.size > 5, 60_000);
    await sleep(Math.random() * LIFE_MS);
    run('xfs_io', ['-x', '-c', 'shutdown', join(house.dataFolder, '..')]);
    await Promise.race([house.daemon.exited, sleep(4_000)]);
    if (house.daemon.how) told.stopped += 1;
  } finally {
    client.stopped = true;
    await end(house);
  }
  await client.done;
  expectEqual(client.trouble.filter(isPermanent), [], 'permanent refusals');
  for (const [messageId, entry] of client.ledger) ledger.set(messageId, entry);
}
