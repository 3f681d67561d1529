// The daemon is killed at moments nobody can foresee, also while it starts, again and again, under a steady load.
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BEHALA, endOfLog, openInstallation } from '../e2e/daemon.js';
import { openLedgerClient } from '../e2e/ledger-client.js';
import { makePlace, until } from '../e2e/place.js';
import { expect, expectEqual } from '../e2e/report.js';
import { end, isPermanent, judge, serveAs, settle, start } from './house.js';

const CONNECTIONS = 4;
/** Kills between two judgements. */
const STRETCH = 50;
/** Every fourth dies at some moment of its start, the others at most this long after they took their first letter. */
const START_MS = 2_500;
const LIFE_MS = 600;
const PAUSE_MS = 40;

export async function checkKills(report, { kills }) {
  const place = makePlace();
  const house = await openInstallation(join(place.folder, 'house'));
  report.explainWith(() => endOfLog(house));
  const tally = { letters: 0, again: 0, copies: 0 };
  try {
    for (let done = 0; done < kills; done += STRETCH) {
      const count = Math.min(STRETCH, kills - done);
      await report.check(
        `kills ${done + 1} to ${done + count}: nothing answered with 250 is lost or doubled`,
        () => stretch(house, count, tally),
      );
    }
  } finally {
    await end(house);
    place.close();
  }
}

const everything = new Map();

async function stretch(house, kills, tally) {
  const client = openLedgerClient({
    port: house.ports.smtp,
    to: BEHALA,
    letters: kills * 200,
    connections: CONNECTIONS,
    pauseMs: PAUSE_MS,
  });
  try {
    if (!house.daemon) await serveAs(house);
    for (let kill = 0; kill < kills; kill += 1) {
      await someMoment(house, client, kill);
      expect(!house.daemon.how, 'the daemon ended by itself');
      expectEqual((await end(house)).signal, 'SIGKILL', 'how the daemon ended');
      start(house);
    }
  } finally {
    client.stopped = true;
  }
  await client.done;
  await end(house, 'SIGTERM');
  await serveAs(house);
  await settle(house);
  for (const [id, entry] of client.ledger) everything.set(id, entry);
  expectEqual(client.trouble.filter(isPermanent), [], 'permanent refusals');
  expectEqual(judge(house, everything).slice(0, 5), [], 'faults');
  tally.letters += client.ledger.size;
  const again = [...client.ledger.values()].filter(({ attempts }) => attempts > 1).length;
  expect(again > 0, 'no kill met a letter under way, so nothing is proved');
  return `${client.ledger.size} letters kept, ${again} of them sent again`;
}

async function someMoment(house, client, kill) {
  if (kill % 4 === 3) return sleep(Math.random() * START_MS);
  const before = client.ledger.size;
  await until('a letter is kept', () => client.ledger.size > before || house.daemon.how, 60_000);
  return sleep(Math.random() * LIFE_MS);
}
