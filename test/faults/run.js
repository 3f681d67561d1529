// Proofs that no accepted letter is lost: the daemon is killed, its disk fails and its power is cut, each time held
// against a ledger of what was answered. Needs a prepared checkout.
//   node test/faults/run.js [--share] [part[=count] ...]
import process from 'node:process';
import { createReport } from '../e2e/report.js';
import { checkFileSystems } from './file-systems.js';
import { checkFullDisk } from './full-disk.js';
import { checkKills } from './kills.js';
import { checkPowerCuts } from './power-cuts.js';
import { checkRefusals } from './refusals.js';
import { checkRestarts } from './restarts.js';
import { checkSweeps } from './sweeps.js';

/** What a part does in full, in the share of a build, and which of its sizes a count on the command line means. */
const PARTS = {
  kills: { check: checkKills, full: { kills: 1_000 }, share: { kills: 12 }, count: 'kills' },
  sweeps: {
    check: checkSweeps,
    full: { points: 10_000, least: 2 },
    share: { points: 5, least: 1, calls: ['fsync', 'pwrite64', 'rename', 'link'], together: true },
    count: 'points',
  },
  'power-cuts': {
    check: checkPowerCuts,
    full: { letters: 40, cuts: 200, sabotagedCuts: 40, restarts: 48 },
    share: { letters: 10, cuts: 6, sabotagedCuts: 16, restarts: 1 },
    count: 'cuts',
  },
  'file-systems': { check: checkFileSystems, full: { rounds: 20 }, share: { rounds: 1 }, count: 'rounds' },
  'full-disk': { check: checkFullDisk, full: { rounds: 6 }, share: { rounds: 2 }, count: 'rounds' },
  restarts: { check: checkRestarts, full: { rounds: 10 }, share: { rounds: 1 }, count: 'rounds' },
  refusals: { check: checkRefusals, full: {}, share: {}, count: 'none' },
};

process.env.THANADAK_CHECK_MINUTES ??= '60';
const words = process.argv.slice(2);
const isShare = words.includes('--share');
const asked = words
  .filter((word) => word !== '--share')
  .map((word) => word.split('='))
  .map(([name, count]) => ({ name, count: count === undefined ? undefined : Number(count) }));
const wrong = asked.filter(({ name, count }) => !(name in PARTS) || Number.isNaN(count));
if (wrong.length > 0) {
  process.stderr.write(
    `no such part: ${wrong.map(({ name }) => name).join(', ')}; there are ${Object.keys(PARTS).join(', ')}\n`,
  );
  process.exit(2);
}

const report = createReport();
const startedAt = performance.now();
for (const { name, count } of asked.length > 0 ? asked : Object.keys(PARTS).map((name) => ({ name }))) {
  const part = PARTS[name];
  const sizes = { ...(isShare ? part.share : part.full) };
  if (count !== undefined) sizes[part.count] = count;
  report.enter(name);
  try {
    await part.check(report, sizes);
  } catch (error) {
    await report.check('its setting', () => Promise.reject(error));
  }
}
const { passed, failed, skipped } = report.counts;
const seconds = Math.round((performance.now() - startedAt) / 1_000);
process.stdout.write(`faults: ${seconds} s${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exit(failed > 0 ? 1 : 0);
