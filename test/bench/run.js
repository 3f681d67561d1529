// `npm run bench`: letters a second into Thanadak, accepted and filed, beside the same letters into Postfix and Haraka.
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { drawChart } from './chart.js';
import { formatComparison, regressionsOf } from './compare.js';
import { startBenchDaemon } from './daemon.js';
import { FILL_USAGE, fillStore, readFillOptions } from './fill/fill.js';
import { startBenchHaraka, whyNoHaraka } from './haraka.js';
import { measureOther, measureThanadak, readBase, startLoad, verifyThanadak } from './measure.js';
import { isGoal, lettersFor, readOptions, roundsOf, USAGE, warmUpLetters } from './options.js';
import { openPlace, shareOfOthers } from './place.js';
import { startBenchPostfix, whyNoPostfix } from './postfix.js';
import { describeProfiles } from './profile.js';
import { formatNotes, formatPaced, formatStores, formatTable, summarise } from './report.js';
import { makeStores, measureStores } from './stores.js';

const KB = 1024;
const WARM_UP_MS = { goal: 9_000, other: 3_000 };
const WARM_UP_STEPS = 8;
const PACED_SECONDS = 8;
const PACED_CONNECTIONS = 20;
const CHART = new URL('./chart.svg', import.meta.url);

/** @param {string} text */
function say(text) {
  process.stderr.write(`bench: ${text}\n`);
}

/**
 * Measures everything that was asked for. Resolves to every figure.
 * @param {import('./options.js').BenchOptions} options
 */
async function bench(options) {
  const place = openPlace(options.dir);
  try {
    const others = await shareOfOthers();
    if (others > 0.1)
      say(`others use ${Math.round(others * 100)} % of the processors: expect low and uneven figures.`);
    const servers = await startOthers(place, options);
    const load = startLoad(place);
    const house = { place, servers, load, options };
    const rows = [];
    for (const cell of options.cells) rows.push(await measureRow(house, cell));
    const paced = options.paced > 0 ? await measurePaced(house) : undefined;
    load.stop();
    for (const server of servers) await server.stop();
    const stores = options.measureStores ? await measureStores(place, options.stores) : [];
    return { ...about(options, servers), rows: summarise(rows), paced, stores, measured: rows };
  } finally {
    place.leave();
  }
}

/** @typedef {import('./postfix.js').BenchPostfix & { name: string }} Other */

/**
 * @param {import('./place.js').Place} place
 * @param {import('./options.js').BenchOptions} options
 * @returns {Promise<Other[]>}
 */
async function startOthers(place, options) {
  const others = [];
  const noPostfix = options.postfix ? whyNoPostfix() : 'Postfix was not asked for';
  if (noPostfix) say(`${noPostfix}; there is nothing to compare with.`);
  else others.push({ ...(await startBenchPostfix(place)), name: 'Postfix' });
  if (!options.haraka) return others;
  const noHaraka = await whyNoHaraka();
  if (noHaraka) say(`${noHaraka}; it is left out.`);
  else others.push({ ...(await startBenchHaraka(place)), name: 'Haraka' });
  return others;
}

/**
 * @typedef {object} House
 * @property {import('./place.js').Place} place
 * @property {Other[]} servers
 * @property {import('./measure.js').Load} load
 * @property {import('./options.js').BenchOptions} options
 */

/**
 * A store of its own for every row, so that memory and speed of one say nothing about another; or the one given.
 * @param {House} house
 * @param {import('./options.js').Cell} cell
 * @returns {Promise<import('./report.js').Row>}
 */
async function measureRow(house, cell) {
  const { place, servers, load, options } = house;
  const { connections, sizeKb } = cell;
  const { daemon, base, folder } = await openDaemon(house, `thanadak-${connections}-${sizeKb}`);
  const warmUp = { connections, letters: warmUpLetters(sizeKb), bytes: sizeKb * KB };
  const warm = await warmUpThanadak(load, daemon, {
    ...warmUp,
    limitMs: isGoal(cell) ? WARM_UP_MS.goal : WARM_UP_MS.other,
  });
  for (const server of servers) await measureOther(load, server, warmUp);
  const letters = lettersFor(options, { ...cell, perSecond: warm.perSecond });
  const task = { ...warmUp, letters };
  const thanadak = [];
  /** @type {Record<string, import('./measure.js').Round[]>} */
  const theirs = { Postfix: [], Haraka: [] };
  const rounds = roundsOf(options, cell);
  for (let round = 1; round <= rounds; round += 1) {
    await calmDisk(place);
    thanadak.push(await measureThanadak(load, daemon, task));
    for (const server of servers) {
      await calmDisk(place);
      theirs[server.name]?.push(await measureOther(load, server, task));
    }
    say(roundLine({ ...cell, round }, thanadak.at(-1), theirs));
  }
  await verifyThanadak(daemon, warm.letters + rounds * letters, base);
  const peakBytes = daemon.peakBytes();
  await daemon.stop();
  rmSync(folder, { recursive: true, force: true });
  return { ...cell, thanadak, postfix: theirs.Postfix ?? [], haraka: theirs.Haraka ?? [], peakBytes };
}

/** @param {House} house @param {string} name */
async function openDaemon({ place, options }, name) {
  const folder = join(place.folder, name);
  mkdirSync(folder);
  const dataDir = options.store === undefined ? undefined : resolve(options.store);
  const daemon = await startBenchDaemon(place, folder, { nodeArgs: profilingArgs(options), dataDir });
  return { daemon, base: await readBase(daemon), folder };
}

/** Letters come at a steady pace, as on a bad day; what counts is how long each sender waits. @param {House} house */
async function measurePaced(house) {
  const { load, options } = house;
  const { daemon, base, folder } = await openDaemon(house, 'thanadak-paced');
  const { letters } = await warmUpThanadak(load, daemon, {
    connections: PACED_CONNECTIONS,
    letters: warmUpLetters(2),
    bytes: 2 * KB,
    limitMs: WARM_UP_MS.other,
  });
  const task = {
    connections: PACED_CONNECTIONS,
    letters: PACED_SECONDS * options.paced,
    bytes: 2 * KB,
    perSecond: options.paced,
  };
  const round = await measureThanadak(load, daemon, task);
  await verifyThanadak(daemon, letters + task.letters, base);
  await daemon.stop();
  rmSync(folder, { recursive: true, force: true });
  return { perSecond: options.paced, ...round };
}

/**
 * A process that has just started compiles more than it files, so the speed of the last step is the one that counts.
 * @param {import('./measure.js').Load} load
 * @param {import('./daemon.js').BenchDaemon} daemon
 * @param {{ connections: number, letters: number, bytes: number, limitMs: number }} step
 */
async function warmUpThanadak(load, daemon, { limitMs, ...step }) {
  const until = performance.now() + limitMs;
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
 * @param {import('./options.js').Cell & { round: number }} cell
 * @param {import('./measure.js').FiledRound | undefined} ours
 * @param {Record<string, import('./measure.js').Round[]>} theirs
 */
function roundLine({ connections, sizeKb, round }, ours, theirs) {
  const others = Object.entries(theirs).flatMap(([name, rounds]) => {
    const last = rounds.at(-1);
    return last ? [`${name} ${last.acceptedPerSecond.toFixed(0)}/s`] : [];
  });
  return [
    `${connections} connections, ${sizeKb} KB, round ${round}: accepted ${ours?.acceptedPerSecond.toFixed(0)}/s`,
    `filed ${ours?.filedPerSecond.toFixed(0)}/s`,
    ...others,
  ].join(', ');
}

/** @param {import('./options.js').BenchOptions} options @param {Other[]} servers */
function about(options, servers) {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const versionOf = (/** @type {string} */ name) =>
    servers.find((server) => server.name === name)?.version ?? null;
  return {
    thanadak: version,
    node: process.versions.node,
    postfix: versionOf('Postfix'),
    haraka: versionOf('Haraka'),
    processors: availableParallelism(),
    rounds: options.rounds,
    store: options.store === undefined ? null : 'filled',
  };
}

/** @param {Awaited<ReturnType<typeof bench>>} run */
function formatRun({ thanadak, node, postfix, haraka, processors, rows, paced, stores }) {
  const against = [postfix && `Postfix ${postfix}`, haraka && `Haraka ${haraka}`].filter(Boolean);
  const title = [`Thanadak ${thanadak}`, `Node ${node}`, ...against, `${processors} processors`].join(', ');
  return `${title}\n\n${formatTable(rows)}${formatPaced(paced)}${formatStores(stores)}${formatNotes(rows)}`;
}

/** @param {string[]} args */
async function measure(args) {
  const options = readOptions(args);
  if (options === 'help') return process.stdout.write(USAGE);
  const run = await bench(options);
  process.stdout.write(formatRun(run));
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(run, null, 2)}\n`);
  if (options.profile !== undefined) process.stderr.write(`\n${describeProfiles(options.profile, 15)}`);
}

/** @param {string[]} args */
async function fill(args) {
  const options = readFillOptions(args);
  if (options === 'help') return process.stdout.write(FILL_USAGE);
  const folder = options.folder ?? join(tmpdir(), `filled-${options.tickets}`);
  const begin = performance.now();
  const held = await fillStore({ ...options, folder }, (done) =>
    say(`${done} of ${options.tickets} tickets`),
  );
  const seconds = Math.round((performance.now() - begin) / 1_000);
  const gigabytes = (held.bytes / 1e9).toFixed(1);
  process.stdout.write(
    `${folder}: ${held.tickets} tickets, ${held.messages} messages, ${held.journal} journal rows, ${gigabytes} GB in ${seconds} s. The letters' files are left out.\n`,
  );
}

/** Without a second file it measures what the first one measured. @param {string[]} args */
async function compare([old = '', recent, ...more]) {
  const before = JSON.parse(readFileSync(old, 'utf8'));
  const isFile = recent !== undefined && !recent.startsWith('-');
  const after = isFile
    ? JSON.parse(readFileSync(recent, 'utf8'))
    : await bench(optionsLike(before, recent === undefined ? [] : [recent, ...more]));
  process.stdout.write(formatComparison(before, after));
  if (regressionsOf(before, after).length > 0) process.exitCode = 1;
}

/** @param {any} before @param {string[]} args */
function optionsLike(before, args) {
  const options = readOptions(args);
  if (options === 'help') throw new Error(USAGE);
  const cells = before.rows.map((/** @type {any} */ { connections, sizeKb }) => ({ connections, sizeKb }));
  return {
    ...options,
    cells,
    paced: before.paced?.perSecond ?? 0,
    haraka: before.haraka !== null,
    measureStores: before.stores.length > 0,
  };
}

/** @param {string[]} args */
async function chart([figures = '', out]) {
  writeFileSync(out ?? CHART, drawChart(JSON.parse(readFileSync(figures, 'utf8'))));
}

const WORDS = { fill, compare, chart, stores: ([folder = '']) => makeStores(folder, say) };

try {
  const [word = '', ...args] = process.argv.slice(2);
  const ask = WORDS[/** @type {'fill'} */ (word)];
  await (ask ? ask(args) : measure(process.argv.slice(2)));
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
