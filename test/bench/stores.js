// Stores of several sizes: made once, measured in every run.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startBenchDaemon } from './daemon.js';
import { fillStore } from './fill/fill.js';

const SIZES = [10_000, 100_000, 1_000_000];
const ASKER = fileURLToPath(new URL('./store-times.js', import.meta.url));

/**
 * @typedef {object} StoreFigures
 * @property {number} tickets
 * @property {number} atHand of them unclosed
 * @property {number} openMs
 * @property {number} startMs of the whole daemon, until it is ready
 * @property {Record<string, { p50Ms: number, p99Ms: number }>} figures
 */

/** Makes those that are missing. @param {string} folder @param {(text: string) => void} say */
export async function makeStores(folder, say) {
  for (const tickets of SIZES) {
    const store = join(folder, String(tickets));
    if (existsSync(join(store, 'thanadak.db'))) continue;
    say(`filling ${store}`);
    await fillStore({ tickets, folder: store, seed: 1, until: Date.now() }, (done) => say(`${done} tickets`));
  }
}

/**
 * @param {import('./place.js').Place} place
 * @param {string | undefined} folder with a data folder for each number of tickets; undefined: one is made
 * @returns {Promise<StoreFigures[]>}
 */
export async function measureStores(place, folder) {
  const where = folder ?? join(place.folder, 'stores');
  if (folder === undefined) {
    const until = Math.floor(Date.now() / 60_000) * 60_000;
    await fillStore({ tickets: SIZES[0] ?? 0, folder: join(where, String(SIZES[0])), seed: 1, until });
  }
  const sizes = readdirSync(where)
    .map(Number)
    .filter((size) => size > 0)
    .sort((one, other) => one - other);
  const measured = [];
  for (const tickets of sizes) {
    const dataDir = join(where, String(tickets));
    const { stdout } = await promisify(execFile)(process.execPath, [ASKER, dataDir]);
    const work = join(place.folder, `start-${tickets}`);
    mkdirSync(work);
    const daemon = await startBenchDaemon(place, work, { dataDir });
    await daemon.stop();
    measured.push({ tickets, startMs: daemon.startMs, ...JSON.parse(stdout) });
  }
  return measured;
}
