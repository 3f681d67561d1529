// Two runs of the bench held against each other: what got worse beyond what such figures vary by themselves.

/** Share by which a figure may differ when nothing has changed. */
const NOISE = 0.15;
/** Times below this many milliseconds say nothing. */
const LEAST_MS = 2;

/**
 * @typedef {object} Figure
 * @property {string} name
 * @property {number} value
 * @property {boolean} isBetterHigh
 * @property {number} spread share by which rounds of the same run differ
 */

/** Every figure of a run by name. @param {any} run @returns {Map<string, Figure>} */
export function figuresOf(run) {
  /** @type {Figure[]} */
  const figures = [];
  for (const row of run.rows ?? []) {
    const name = `${row.connections} connections, ${row.sizeKb} KB`;
    const add = (
      /** @type {string} */ what,
      /** @type {number | undefined | null} */ value,
      isBetterHigh = false,
    ) => {
      if (typeof value === 'number')
        figures.push({ name: `${name}: ${what}`, value, isBetterHigh, spread: row.spread ?? 0 });
    };
    // Beside another server in the same run a slower machine cancels out.
    if (row.filedToPostfix) {
      add('filed, to Postfix', row.filedToPostfix, true);
      add('accepted, to Postfix', row.acceptedToPostfix, true);
    } else {
      add('filed/s', row.filedPerSecond, true);
      add('accepted/s', row.acceptedPerSecond, true);
    }
    add('CPU ms a letter', row.processorMsPerLetter);
    add('peak bytes', row.peakBytes);
    add('p99 ms to 250', timeOf(row.p99Ms));
  }
  if (run.paced)
    figures.push({
      name: `paced: p99 ms to 250`,
      value: timeOf(run.paced.p99Ms),
      isBetterHigh: false,
      spread: 0.3,
    });
  for (const { tickets, figures: times, startMs } of run.stores ?? []) {
    for (const [group, { p50Ms, p99Ms }] of Object.entries(/** @type {any} */ (times))) {
      figures.push({
        name: `${tickets} tickets: ${group}, p50 ms`,
        value: timeOf(p50Ms),
        isBetterHigh: false,
        spread: 0.2,
      });
      figures.push({
        name: `${tickets} tickets: ${group}, p99 ms`,
        value: timeOf(p99Ms),
        isBetterHigh: false,
        spread: 0.3,
      });
    }
    figures.push({ name: `${tickets} tickets: start ms`, value: startMs, isBetterHigh: false, spread: 0.2 });
  }
  return new Map(figures.map((figure) => [figure.name, figure]));
}

/** @param {number} milliseconds */
function timeOf(milliseconds) {
  return Math.max(LEAST_MS, milliseconds);
}

/**
 * The figures that got worse by more than noise: 15 %, or twice the spread of the rounds where that is more.
 * @param {any} before @param {any} after
 */
export function regressionsOf(before, after) {
  const old = figuresOf(before);
  return [...figuresOf(after).values()].flatMap((figure) => {
    const known = old.get(figure.name);
    if (!known || known.value === 0) return [];
    const change = figure.value / known.value - 1;
    const worse = figure.isBetterHigh ? -change : change;
    const allowed = Math.max(NOISE, 2 * Math.max(known.spread, figure.spread));
    return worse > allowed
      ? [{ name: figure.name, before: known.value, after: figure.value, worse, allowed }]
      : [];
  });
}

/** @param {any} before @param {any} after */
export function formatComparison(before, after) {
  const found = regressionsOf(before, after);
  if (found.length === 0) return `Nothing got worse: ${figuresOf(after).size} figures.\n`;
  const lines = found.map(
    ({ name, before: was, after: is, worse, allowed }) =>
      `${name}: ${short(was)} before, ${short(is)} now: ${percent(worse)} worse (noise is up to ${percent(allowed)})`,
  );
  return `${lines.join('\n')}\n`;
}

/** @param {number} value */
function short(value) {
  return value >= 100 ? String(Math.round(value)) : value.toFixed(2);
}

/** @param {number} share */
function percent(share) {
  return `${Math.round(share * 100)} %`;
}
