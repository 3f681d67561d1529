// One call of the system after the other is made to fail on the way of three letters, once and continuously, as SQLite
// tests itself. strace counts calls for each thread, so it is attached to the one thread whose call is to fail; with one
// worker thread for files the threads of two runs correspond.
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BEHALA, endOfLog, openInstallation } from '../e2e/daemon.js';
import { makePlace, startProgram, until } from '../e2e/place.js';
import { expect, expectEqual, needs } from '../e2e/report.js';
import { canTrace } from './abilities.js';
import { end, groupBy, isPermanent, judge, nextLetter, offer, serveAs, settle } from './house.js';

const LETTERS = 3;
const QUIET_MS = 1_500;
const STOP_MS = 10_000;
/** Behind the 250: on a full disk filing is tried again from the spool, and nobody need be refused. */
const RETRIED = /\/letters|thanadak\.db/;
const ERRORS = {
  fsync: ['EIO', 'ENOSPC'],
  fdatasync: ['EIO'],
  write: ['ENOSPC', 'EIO'],
  pwrite64: ['EIO', 'ENOSPC'],
  writev: ['ENOSPC'],
  rename: ['EIO', 'ENOSPC'],
  link: ['ENOSPC', 'EIO'],
  unlink: ['EIO'],
  openat: ['EMFILE', 'EIO'],
};
const SPARES = 8;
const ONE_WORKER = { env: { UV_THREADPOOL_SIZE: '1' } };

/**
 * `points` faults of single calls at most (but `least` of each call), and a quarter as many that last. `calls` names
 * those that fail; `together` is content when one of all faults was met, because where a call comes differs a little.
 */
export async function checkSweeps(
  report,
  { points: limit, least, calls = Object.keys(ERRORS), together = false },
) {
  const place = makePlace();
  const house = await openInstallation(join(place.folder, 'house'));
  const setting = { house, place, ledger: new Map() };
  report.explainWith(() => endOfLog(house));
  try {
    let plan;
    const planned = await report.check('the calls on the way of three letters are counted', async () => {
      needs(canTrace(), 'strace that may trace');
      plan = (await countCalls(setting)).filter(({ call }) => calls.includes(call));
      return [...groupBy(plan, ({ call }) => call)]
        .map(([call, list]) => `${list.length} ${call}`)
        .join(', ');
    });
    if (!planned) return;
    const chosen = [...groupBy(plan, (point) => point.call)].map(([call, all]) => {
      const faults = all.flatMap((point) => ERRORS[call].map((error) => ({ ...point, error })));
      const points = sample(faults, Math.max(least, Math.round((limit * all.length) / plan.length)));
      return { what: `one ${call}`, points, spares: sample(faults, SPARES) };
    });
    for (const { what, points, spares } of together ? [joined(chosen)] : chosen) {
      await report.check(`${points.length} times ${what} fails`, () => sweep(setting, points, spares));
    }
    const always = [...new Set(plan.map(({ call }) => call))].flatMap((call) =>
      ERRORS[call].map((error) => ({ call, error })),
    );
    for (const point of sample(always, Math.max(least, Math.round(limit / 4)))) {
      await report.check(`every ${point.call} fails with ${point.error}`, () => sweep(setting, [point]));
    }
  } finally {
    await end(house);
    place.close();
  }
}

function joined(chosen) {
  return {
    what: 'one call',
    points: chosen.flatMap(({ points }) => points),
    spares: chosen.flatMap(({ spares }) => spares),
  };
}

/** At most `limit` of the points, spread over all of them and beginning anywhere. */
function sample(points, limit) {
  if (points.length <= limit) return points;
  const stride = points.length / limit;
  const from = Math.random() * stride;
  return Array.from({ length: limit }, (_, index) => points[Math.floor(from + index * stride)]);
}

/** Every call on a file of the data folder that a clean run makes, as `{thread, call, count}`: the how-manieth it is. */
async function countCalls(setting) {
  const { house, place } = setting;
  await serveAs(house, ONE_WORKER);
  await sendLetters(setting, LETTERS);
  await settle(house);
  const log = join(place.folder, 'clean.log');
  const threads = threadsOf(house);
  const tracer = await attach([
    '-f',
    '-p',
    String(house.daemon.child.pid),
    '-y',
    '-o',
    log,
    '-e',
    `trace=${Object.keys(ERRORS)}`,
  ]);
  await sendLetters(setting, LETTERS);
  await settle(house);
  await sleep(QUIET_MS);
  await detach(tracer);
  const counts = new Map();
  const points = [];
  for (const line of readFileSync(log, 'latin1').split('\n')) {
    const [, tid, call] = /^(\d+) +(\w+)\(/.exec(line) ?? [];
    if (!call) continue;
    const key = `${tid} ${call}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    const thread = threads.indexOf(tid);
    if (thread >= 0 && line.includes(house.dataFolder)) points.push({ thread, call, count: counts.get(key) });
  }
  expect(points.length > 20, `only ${points.length} calls were counted`);
  return points;
}

function threadsOf({ daemon }) {
  return readdirSync(`/proc/${daemon.child.pid}/task`).sort((a, b) => Number(a) - Number(b));
}

/** Starts strace and resolves when it holds on to the daemon. */
async function attach(args) {
  const tracer = startProgram('strace', args);
  await until('strace is attached', () => {
    if (/attached/.test(tracer.output)) return true;
    if (tracer.child.exitCode !== null) throw new Error(tracer.output);
    return false;
  });
  return tracer;
}

/** strace lets go of the daemon when it is told to end. */
async function detach(tracer) {
  tracer.kill('SIGTERM');
  await tracer.exited;
}

async function sendLetters({ house, ledger }, count) {
  const letters = Array.from({ length: count }, () => ({ ...nextLetter(BEHALA), to: BEHALA }));
  const [first, ...others] = letters;
  const replies = [await offer(house, first, ledger)];
  replies.push(...(await Promise.all(others.map((letter) => offer(house, letter, ledger)))));
  return { replies, refused: letters.filter(({ messageId }) => !ledger.has(messageId)) };
}

/** Which call is the how-manieth differs a little from run to run, so `spares` are tried until one is met. */
async function sweep(setting, points, spares = []) {
  const tally = { hit: 0, missed: 0, stopped: 0, refused: 0 };
  for (const point of points) await tryPoint(setting, point, tally);
  for (const point of spares) if (tally.hit === 0) await tryPoint(setting, point, tally);
  needs(tally.hit > 0, 'a call that comes at the same place in each run');
  return `${tally.hit} met, ${tally.stopped} stopped the daemon, ${tally.refused} letters refused`;
}

/** Fails one call (or, without a count, all of them) while letters come, then starts the daemon anew and judges it. */
async function tryPoint(setting, point, tally) {
  const { house, ledger } = setting;
  const what = `${point.call} ${point.error}${point.count ? ` at call ${point.count} of thread ${point.thread}` : ''}`;
  if (!house.daemon || house.daemon.how) await serveAs(house, ONE_WORKER);
  const { replies, refused, injected } = await faultWhileSending(setting, point);
  tally[injected.length > 0 ? 'hit' : 'missed'] += 1;
  tally.refused += refused.length;
  const untrusted = injected.filter((line) =>
    /^(\d+ +)?f(data)?sync.*\/(spool|letters|thanadak\.db)/.test(line),
  );
  // A full disk heals; after any other failure of a sync the kernel may have dropped what it was to write.
  const mustStop = untrusted.length > 0 && point.error === 'EIO';
  if (mustStop) await Promise.race([house.daemon.exited, sleep(STOP_MS)]);
  const stopped = house.daemon.how !== undefined;
  if (stopped) tally.stopped += 1;
  expectEqual(replies.filter(isPermanent), [], `${what}: permanent refusals`);
  expect(!mustStop || stopped, `${what}: the daemon goes on after a failed sync: ${untrusted[0]}`);
  expect(
    untrusted.length === 0 || stopped || refused.length > 0 || RETRIED.test(untrusted[0]),
    `${what}: after a failed sync the daemon went on as if nothing had been: ${untrusted[0]}`,
  );
  await end(house);
  await serveAs(house, ONE_WORKER);
  for (const letter of refused) {
    expect(
      (await offer(house, letter, ledger)).startsWith('250'),
      `${what}: a letter is refused after a clean start`,
    );
  }
  await settle(house);
  expectEqual(judge(house, ledger).slice(0, 3), [], `${what} (${injected[0]})`);
}

async function faultWhileSending(setting, { thread, call, count, error }) {
  const { house, place } = setting;
  const log = join(place.folder, 'fault.log');
  rmSync(log, { force: true });
  const tid = thread === undefined ? String(house.daemon.child.pid) : threadsOf(house)[thread];
  const when = count === undefined ? '1+' : String(count);
  const tracer = await attach([
    ...(thread === undefined ? ['-f'] : []),
    ...[
      '-p',
      tid,
      '-y',
      '-o',
      log,
      '-e',
      `trace=${call}`,
      '-e',
      `inject=${call}:error=${error}:when=${when}`,
    ],
  ]);
  const sent = await sendLetters(setting, LETTERS);
  await quiet(house);
  await detach(tracer);
  const lines = readFileSync(log, 'latin1').split('\n');
  // One call is aimed at a file of the house; when all fail, what the process says to itself fails too, and may end it.
  const isOurs = (line) => count === undefined || line.includes(house.dataFolder);
  return { ...sent, injected: lines.filter((line) => line.includes('(INJECTED)') && isOurs(line)) };
}

/** Until what can be done is done, or the daemon has stopped. */
async function quiet(house) {
  await Promise.race([settle(house, QUIET_MS).catch(() => undefined), house.daemon.exited]);
  await Promise.race([sleep(300), house.daemon.exited]);
}
