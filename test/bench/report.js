// The figures as a table for people.

/**
 * @typedef {object} Row
 * @property {number} connections
 * @property {number} sizeKb
 * @property {import('./measure.js').FiledRound[]} thanadak
 * @property {import('./measure.js').Round[]} postfix as many, or none
 * @property {number} peakBytes
 */

/** @param {Row[]} rows */
export function summarise(rows) {
  return rows.map(({ connections, sizeKb, thanadak, postfix, peakBytes }) => {
    const theirs = postfix.map((round) => round.acceptedPerSecond);
    const accepted = thanadak.map((round) => round.acceptedPerSecond);
    const filed = thanadak.map((round) => round.filedPerSecond);
    return {
      connections,
      sizeKb,
      letters: thanadak[0]?.letters ?? 0,
      acceptedPerSecond: median(accepted),
      filedPerSecond: median(filed),
      settledPerSecond: median(thanadak.map((round) => round.settledPerSecond)),
      p50Ms: median(thanadak.map((round) => round.p50Ms)),
      p99Ms: median(thanadak.map((round) => round.p99Ms)),
      processorMsPerLetter: median(thanadak.map((round) => round.processorMsPerLetter)),
      loadProcessorShare: median(thanadak.map((round) => round.loadProcessorShare)),
      peakBytes,
      postfixAcceptedPerSecond: median(theirs),
      postfixP99Ms: median(postfix.map((round) => round.p99Ms)),
      filedToPostfix: median(ratios(filed, theirs)),
      acceptedToPostfix: median(ratios(accepted, theirs)),
    };
  });
}

/** @typedef {ReturnType<typeof summarise>[number]} Summary */

/**
 * Each round of ours against the round of Postfix right after it, so that a slow minute of the machine hits both.
 * @param {number[]} ours
 * @param {number[]} theirs
 */
function ratios(ours, theirs) {
  return theirs.map((value, index) => (ours[index] ?? 0) / value);
}

/**
 * Undefined of nothing.
 * @param {number[]} values
 */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  if (upper === undefined) return undefined;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

/** @type {[string, string, (row: Summary) => string][]} */
const COLUMNS = [
  ['', 'connections', (row) => String(row.connections)],
  ['', 'letter', (row) => `${row.sizeKb} KB`],
  ['', 'letters', (row) => String(row.letters)],
  ['Thanadak', 'accepted/s', (row) => rate(row.acceptedPerSecond)],
  ['', 'filed/s', (row) => rate(row.filedPerSecond)],
  ['', 'p50 ms', (row) => decimals(row.p50Ms, 1)],
  ['', 'p99 ms', (row) => decimals(row.p99Ms, 1)],
  ['', 'CPU ms', (row) => decimals(row.processorMsPerLetter, 2)],
  ['', 'peak MB', (row) => rate(row.peakBytes / 1e6)],
  ['Postfix', 'accepted/s', (row) => rate(row.postfixAcceptedPerSecond)],
  ['', 'p99 ms', (row) => decimals(row.postfixP99Ms, 1)],
  ['ratio', 'filed', (row) => decimals(row.filedToPostfix, 2)],
  ['', 'accepted', (row) => decimals(row.acceptedToPostfix, 2)],
];

/** @param {Summary[]} rows */
export function formatTable(rows) {
  const lines = [
    COLUMNS.map(([group]) => group),
    COLUMNS.map(([, name]) => name),
    ...rows.map((row) => COLUMNS.map(([, , show]) => show(row))),
  ];
  const widths = COLUMNS.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) => line.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  '))
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

/** @param {number | undefined} value */
function rate(value) {
  return value === undefined || Number.isNaN(value) ? '-' : Math.round(value).toLocaleString('en');
}

/**
 * @param {number | undefined} value
 * @param {number} digits
 */
function decimals(value, digits) {
  return value === undefined || Number.isNaN(value) ? '-' : value.toFixed(digits);
}

/** What the figures mean, and whether the goal is met. @param {Summary[]} rows */
export function formatNotes(rows) {
  const goal = rows.find((row) => row.connections === 20 && row.sizeKb === 2);
  const notes = [
    'accepted: first MAIL to last 250. filed: first MAIL until every letter is a committed ticket with its',
    'acknowledgement in the outbox, while acknowledgements are written out as well. p50, p99: end of DATA to 250.',
    'Postfix: the same letters into its hold queue. Medians of the rounds; each ratio within its round.',
  ];
  if (goal?.filedToPostfix !== undefined) {
    const met = goal.filedToPostfix >= 1 ? 'met' : 'NOT met';
    notes.push(`Goal (20 connections, 2 KB: filed/s at least Postfix's accepted/s): ${met}.`);
  }
  return `\n${notes.join('\n')}\n`;
}
