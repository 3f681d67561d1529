// The figures as a table for people.

/**
 * @typedef {object} Row
 * @property {number} connections
 * @property {number} sizeKb
 * @property {import('./measure.js').FiledRound[]} thanadak
 * @property {import('./measure.js').Round[]} postfix as many, or none
 * @property {import('./measure.js').Round[]} haraka as many, or none
 * @property {number} peakBytes
 */

/** @param {Row[]} rows */
export function summarise(rows) {
  return rows.map(({ connections, sizeKb, thanadak, postfix, haraka, peakBytes }) => {
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
      acknowledgedP50Ms: median(definedOf(thanadak.map((round) => round.acknowledgedP50Ms))),
      acknowledgedP99Ms: median(definedOf(thanadak.map((round) => round.acknowledgedP99Ms))),
      peakBytes,
      spread: spreadOf(filed),
      harakaAcceptedPerSecond: median(haraka.map((round) => round.acceptedPerSecond)),
      harakaP99Ms: median(haraka.map((round) => round.p99Ms)),
      postfixAcceptedPerSecond: median(theirs),
      postfixP99Ms: median(postfix.map((round) => round.p99Ms)),
      filedToPostfix: median(ratios(filed, theirs)),
      acceptedToPostfix: median(ratios(accepted, theirs)),
    };
  });
}

/** @param {(number | undefined)[]} values @returns {number[]} */
function definedOf(values) {
  return values.filter((value) => value !== undefined);
}

/** Share by which rounds of the same row differ from their median. @param {number[]} values */
function spreadOf(values) {
  const middle = median(values) ?? 1;
  return Math.max(...values.map((value) => Math.abs(value / middle - 1)));
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
  ['', 'conn.', (row) => String(row.connections)],
  ['', 'letter', (row) => (row.sizeKb < 1024 ? `${row.sizeKb} KB` : `${row.sizeKb / 1024} MB`)],
  ['', 'letters', (row) => String(row.letters)],
  ['Thanadak', 'accepted/s', (row) => rate(row.acceptedPerSecond)],
  ['', 'filed/s', (row) => rate(row.filedPerSecond)],
  ['', 'p50 ms', (row) => decimals(row.p50Ms, 1)],
  ['', 'p99 ms', (row) => decimals(row.p99Ms, 1)],
  ['', 'ack p50 s', (row) => decimals(secondsOf(row.acknowledgedP50Ms), 2)],
  ['', 'p99 s', (row) => decimals(secondsOf(row.acknowledgedP99Ms), 2)],
  ['', 'CPU ms', (row) => decimals(row.processorMsPerLetter, 2)],
  ['', 'peak MB', (row) => rate(row.peakBytes / 1e6)],
  ['Postfix', 'accepted/s', (row) => rate(row.postfixAcceptedPerSecond)],
  ['', 'p99 ms', (row) => decimals(row.postfixP99Ms, 1)],
  ['Haraka', 'accepted/s', (row) => rate(row.harakaAcceptedPerSecond)],
  ['to Postfix', 'filed', (row) => decimals(row.filedToPostfix, 2)],
  ['', 'accepted', (row) => decimals(row.acceptedToPostfix, 2)],
];

/** @param {number | undefined} milliseconds */
function secondsOf(milliseconds) {
  return milliseconds === undefined ? undefined : milliseconds / 1_000;
}

/** @param {Summary[]} rows */
export function formatTable(rows) {
  return align([
    COLUMNS.map(([group]) => group),
    COLUMNS.map(([, name]) => name),
    ...rows.map((row) => COLUMNS.map(([, , show]) => show(row))),
  ]);
}

/** Milliseconds in the store. @param {import('./stores.js').StoreFigures[]} stores */
export function formatStores(stores) {
  if (stores.length === 0) return '';
  const groups = Object.keys(stores[0]?.figures ?? {});
  const head = ['tickets', 'unclosed', ...groups.flatMap((group) => [`${group} p50`, 'p99']), 'start s'];
  const lines = stores.map(({ tickets, atHand, figures, startMs }) => [
    rate(tickets),
    rate(atHand),
    ...groups.flatMap((group) => [decimals(figures[group]?.p50Ms, 1), decimals(figures[group]?.p99Ms, 1)]),
    decimals(startMs / 1_000, 2),
  ]);
  return `\nIn the store, milliseconds:\n${align([head, ...lines])}`;
}

/** @param {{ perSecond: number, p50Ms: number, p99Ms: number, acceptedPerSecond: number } | undefined} paced */
export function formatPaced(paced) {
  if (!paced) return '';
  const { perSecond, acceptedPerSecond, p50Ms, p99Ms } = paced;
  const figures = `p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms`;
  return `\nAt a steady pace of ${perSecond} letters/s (kept: ${rate(acceptedPerSecond)}/s), end of DATA to 250: ${figures}.\n`;
}

/** @param {string[][]} lines */
function align(lines) {
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
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
    'ack: receipt of the letter to its acknowledgement handed over (they wait while letters stream in).',
    'Postfix: the same letters into its hold queue. Haraka: into its queue, which it does not sync.',
    'Medians of the rounds; each ratio within its round.',
  ];
  if (goal?.filedToPostfix !== undefined) {
    const { filedToPostfix: filed, acceptedToPostfix: accepted = 0 } = goal;
    const met = filed >= 2 && accepted >= 3 ? 'met' : 'NOT met';
    notes.push(
      `Goal (20 connections, 2 KB: filed/s twice Postfix's accepted/s, accepted/s three times): ${met}.`,
    );
  }
  return `\n${notes.join('\n')}\n`;
}
