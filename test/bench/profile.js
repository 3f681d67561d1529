// Where the processor time went: sums the .cpuprofile files that Node writes, one a thread, by function.
// Also a command: node test/bench/profile.js DIR [N]
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The `most` largest self times of every profile in `folder`, as text.
 * @param {string} folder
 * @param {number} most
 */
export function describeProfiles(folder, most) {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.cpuprofile'))
    .map((name) => describeProfile(join(folder, name), most))
    .join('\n');
}

/**
 * @param {string} file
 * @param {number} most
 */
function describeProfile(file, most) {
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(file, 'utf8'));
  /** @type {Map<number, string>} */
  const names = new Map(nodes.map((/** @type {any} */ node) => [node.id, nameOf(node.callFrame)]));
  const spent = sumSelfTimes(samples, timeDeltas, names);
  const idle = spent.get('(idle)') ?? 0;
  const total = [...spent.values()].reduce((sum, time) => sum + time, 0);
  spent.delete('(idle)');
  const rows = [...spent].sort(([, a], [, b]) => b - a).slice(0, most);
  const head = `${basename(file)}: ${seconds(total - idle)} s busy of ${seconds(total)} s\n`;
  return (
    head + rows.map(([name, time]) => `${share(time, total - idle)}  ${seconds(time)} s  ${name}\n`).join('')
  );
}

/**
 * @param {number[]} samples
 * @param {number[]} timeDeltas microseconds
 * @param {Map<number, string>} names
 */
function sumSelfTimes(samples, timeDeltas, names) {
  /** @type {Map<string, number>} */
  const spent = new Map();
  for (const [index, id] of samples.entries()) {
    const name = names.get(id) ?? '?';
    spent.set(name, (spent.get(name) ?? 0) + (timeDeltas[index] ?? 0));
  }
  return spent;
}

/** @param {{ functionName: string, url: string, lineNumber: number }} frame */
function nameOf({ functionName, url, lineNumber }) {
  const where = url.replace(/^.*\/node_modules\//, '').replace(/^.*\/(?=dist\/)/, '');
  return `${functionName || '(anonymous)'}${where ? `  ${where}:${lineNumber + 1}` : ''}`;
}

/** @param {number} microseconds */
function seconds(microseconds) {
  return (microseconds / 1e6).toFixed(2);
}

/**
 * @param {number} part
 * @param {number} whole
 */
function share(part, whole) {
  return `${((100 * part) / whole).toFixed(1).padStart(6)} %`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder = '.', most = '25'] = process.argv.slice(2);
  process.stdout.write(describeProfiles(folder, Number(most)));
}
