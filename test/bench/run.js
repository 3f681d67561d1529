// `npm run bench`: letters a second into Thanadak, accepted and filed, beside the same letters into Postfix.
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { startBenchDaemon } from './daemon.js';
import { measurePostfix, measureThanadak, startLoad, verifyThanadak } from './measure.js';
import { lettersFor, readOptions, USAGE, warmUpLetters } from './options.js';
import { openPlace, shareOfOthers } from './place.js';
import { startBenchPostfix, whyNoPostfix } from './postfix.js';
import { describeProfiles } from './profile.js';
import { formatNotes, formatTable, summarise } from './report.js';

const KB = 1024;
const WARM_UP_MS = 9_000;
const WARM_UP_STEPS = 8;

/** @param {string} text */
function say(text) {
  process.stderr.write(`bench: ${text}\n`);
}

/** @param {import('./options.js').BenchOptions} options */
async function bench(options) {
  const place = openPlace(options.dir);
  try {
    const reason = options.postfix ? whyNoPostfix() : 'Postfix was not asked for';
    if (reason) say(`${reason}; there is nothing to compare with.`);
    const others = await shareOfOthers();
    if (others > 0.1)
      say(`others use ${Math.round(others * 100)} % of the processors: expect low and uneven figures.`);
    const postfix = reason ? undefined : await startBenchPostfix(place);
    const load = startLoad(place);
    const house = { place, postfix, load, options };
    const rows = [];
    for (const sizeKb of options.sizes) {
      for (const connections of options.connections) {
        rows.push(await measureRow(house, { connections, sizeKb }));
      }
    }
    load.stop();
    await postfix?.stop();
    print(options, rows, postfix?.version);
  } finally {
    place.leave();
  }
}

/**
 * @typedef {object} House
 * @property {import('./place.js').Place} place
 * @property {import('./postfix.js').BenchPostfix | undefined} postfix
 * @property {import('./measure.js').Load} load
 * @property {import('./options.js').BenchOptions} options
 */

/**
 * A store of its own for every row, so that memory and speed of one say nothing about another.
 * @param {House} house
 * @param {{ connections: number, sizeKb: number }} cell
 * @returns {Promise<import('./report.js').Row>}
 */
async function measureRow({ place, postfix, load, options }, { connections, sizeKb }) {
  const folder = join(place.folder, `thanadak-${connections}-${sizeKb}`);
  mkdirSync(folder);
  const daemon = await startBenchDaemon(place, folder, profilingArgs(options));
  const warmUp = { connections, letters: warmUpLetters(sizeKb), bytes: sizeKb * KB };
  const warm = await warmUpThanadak(load, daemon, warmUp);
  if (postfix) await measurePostfix(load, postfix, warmUp);
  const letters = lettersFor(options, { connections, perSecond: warm.perSecond });
  const task = { ...warmUp, letters };
  const thanadak = [];
  const theirs = [];
  for (let round = 1; round <= options.rounds; round += 1) {
    await calmDisk(place);
    thanadak.push(await measureThanadak(load, daemon, task));
    await calmDisk(place);
    if (postfix) theirs.push(await measurePostfix(load, postfix, task));
    say(roundLine({ connections, sizeKb, round }, thanadak.at(-1), theirs.at(-1)));
  }
  await verifyThanadak(daemon, warm.letters + options.rounds * letters);
  const peakBytes = daemon.peakBytes();
  await daemon.stop();
  rmSync(folder, { recursive: true, force: true });
  return { connections, sizeKb, thanadak, postfix: theirs, peakBytes };
}

/**
 * A process that has just started compiles more than it files, so the speed of the last step is the one that counts.
 * @param {import('./measure.js').Load} load
 * @param {import('./daemon.js').BenchDaemon} daemon
 * @param {{ connections: number, letters: number, bytes: number }} step
 */
async function warmUpThanadak(load, daemon, step) {
  const until = performance.now() + WARM_UP_MS;
  let perSecond = 0;
  let letters = 0;
  while (letters < WARM_UP_STEPS * step.letters && performance.now() < until) {
    perSecond = (await measureThanadak(load, daemon, step)).filedPerSecond;
    letters += step.letters;
  }
  return { letters, perSecond };
}

/** @param {import('./options.js').BenchOptions} options */
function profilingArgs({ profile }) {
  return profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${resolve(profile)}`];
}

/** What one round left unwritten must not be paid for in the next. @param {import('./place.js').Place} place */
async function calmDisk(place) {
  await promisify(execFile)('sync', ['-f', place.folder]);
}

/**
 * @param {{ connections: number, sizeKb: number, round: number }} cell
 * @param {import('./measure.js').FiledRound | undefined} ours
 * @param {import('./measure.js').Round | undefined} theirs
 */
function roundLine({ connections, sizeKb, round }, ours, theirs) {
  const figures = [
    `${connections} connections, ${sizeKb} KB, round ${round}: accepted ${ours?.acceptedPerSecond.toFixed(0)}/s`,
    `filed ${ours?.filedPerSecond.toFixed(0)}/s`,
    ...(theirs ? [`Postfix ${theirs.acceptedPerSecond.toFixed(0)}/s`] : []),
  ];
  return figures.join(', ');
}

/**
 * @param {import('./options.js').BenchOptions} options
 * @param {import('./report.js').Row[]} rows
 * @param {string | undefined} postfixVersion
 */
function print(options, rows, postfixVersion) {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const about = {
    thanadak: version,
    node: process.versions.node,
    postfix: postfixVersion ?? null,
    processors: availableParallelism(),
    rounds: options.rounds,
  };
  const summaries = summarise(rows);
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ ...about, rows: summaries, measured: rows }, null, 2)}\n`);
  } else {
    const against = postfixVersion === undefined ? '' : `, Postfix ${postfixVersion}`;
    const title = `Thanadak ${version}, Node ${about.node}${against}, ${about.processors} processors`;
    process.stdout.write(`${title}\n\n${formatTable(summaries)}${formatNotes(summaries)}`);
  }
  if (options.profile !== undefined) process.stderr.write(`\n${describeProfiles(options.profile, 15)}`);
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') process.stdout.write(USAGE);
  else await bench(options);
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
