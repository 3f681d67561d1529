// End-to-end checks: Thanadak as a process, with real mail servers before and behind it. Needs a prepared checkout.
//   node test/e2e/run.js [part ...]
import process from 'node:process';
import { checkDesk } from './desk.js';
import { checkFarSide } from './far-side.js';
import { checkFreshStart } from './fresh-start.js';
import { checkHostileLetters } from './hostile-letters.js';
import { checkKillLoop } from './kill-loop.js';
import { checkLargeLetter } from './large-letter.js';
import { checkPages } from './pages.js';
import { checkRace } from './race.js';
import { checkRelay } from './relay.js';
import { createReport } from './report.js';
import { checkRestore } from './restore.js';
import { checkScreening } from './screening.js';
import { checkSignals } from './signals.js';
import { checkSocketActivation } from './socket-activation.js';

const PARTS = {
  'fresh-start': checkFreshStart,
  relay: checkRelay,
  'far-side': checkFarSide,
  'large-letter': checkLargeLetter,
  desk: checkDesk,
  pages: checkPages,
  'hostile-letters': checkHostileLetters,
  screening: checkScreening,
  race: checkRace,
  signals: checkSignals,
  'socket-activation': checkSocketActivation,
  'kill-loop': checkKillLoop,
  restore: checkRestore,
};

/** Not yet the same in every run, so only when asked for by name. */
const BY_NAME = ['pages'];

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in PARTS));
if (unknown.length > 0) {
  process.stderr.write(`no such part: ${unknown.join(', ')}; there are ${Object.keys(PARTS).join(', ')}\n`);
  process.exit(2);
}

const report = createReport();
const startedAt = performance.now();
const usual = Object.keys(PARTS).filter((name) => !BY_NAME.includes(name));
for (const name of asked.length > 0 ? asked : usual) {
  report.enter(name);
  try {
    await PARTS[name](report);
  } catch (error) {
    await report.check('its setting', () => Promise.reject(error));
  }
}
const { passed, failed, skipped } = report.counts;
const seconds = Math.round((performance.now() - startedAt) / 1_000);
process.stdout.write(`end to end: ${seconds} s${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exit(failed > 0 ? 1 : 0);
