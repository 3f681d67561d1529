// The figures as a picture (SVG) that README shows: bars side by side, each with its number, in colours that can be told
// apart in grey.

const WIDTH = 880;
const LEFT = 60;
const PANEL = 230;
const GAP = 70;
const BAR = 26;
const COLOURS = ['#1b4f72', '#5499c7', '#b9770e', '#a6acaf'];
const TEXT = 'font-family="system-ui, sans-serif" font-size="12" fill="#333"';

/**
 * @typedef {object} Panel
 * @property {string} title
 * @property {string[]} series
 * @property {{ label: string, values: (number | undefined)[] }[]} groups
 * @property {number} digits
 */

/** @param {any} run what --json wrote */
export function drawChart(run) {
  const panels = [lettersPanel(run), timesPanel(run)].filter((panel) => panel.groups.length > 0);
  const height = panels.length * (PANEL + GAP) + 30;
  const about = `Thanadak ${run.thanadak}, Node ${run.node}, ${run.processors} processors`;
  const body = panels.map((panel, index) => drawPanel(panel, 30 + index * (PANEL + GAP))).join('');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Figures of the bench">`,
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    `<text x="${WIDTH - 10}" y="${height - 10}" text-anchor="end" ${TEXT}>${plain(about)}</text>`,
    `${body}</svg>\n`,
  ].join('\n');
}

/** @param {any} run @returns {Panel} */
function lettersPanel(run) {
  const rows = (run.rows ?? []).filter((/** @type {any} */ row) => row.sizeKb === 2);
  return {
    title: 'Letters of 2 KB a second',
    series: [
      'Thanadak, filed and owed its receipt',
      'Thanadak, accepted',
      'Postfix, accepted',
      'Haraka, accepted (not synced)',
    ],
    groups: rows.map((/** @type {any} */ row) => ({
      label: `${row.connections} connections`,
      values: [
        row.filedPerSecond,
        row.acceptedPerSecond,
        row.postfixAcceptedPerSecond,
        row.harakaAcceptedPerSecond,
      ],
    })),
    digits: 0,
  };
}

/** @param {any} run @returns {Panel} */
function timesPanel(run) {
  const stores = run.stores ?? [];
  const names = ['list', 'search', 'sweep', 'views'];
  return {
    title: 'Milliseconds in the store, 99 of 100 are faster',
    series: names,
    groups: stores.map((/** @type {any} */ store) => ({
      label: `${store.tickets.toLocaleString('en')} tickets`,
      values: names.map((name) => store.figures[name]?.p99Ms),
    })),
    digits: 1,
  };
}

/** @param {Panel} panel @param {number} top */
function drawPanel({ title, series, groups, digits }, top) {
  const most = Math.max(...groups.flatMap(({ values }) => values.map((value) => value ?? 0)), 1e-9);
  const bottom = top + PANEL;
  const step = (WIDTH - LEFT) / groups.length;
  const bars = groups.flatMap(({ label, values }, group) => {
    const start = LEFT + group * step;
    const drawn = values.map((value, index) => {
      if (typeof value !== 'number') return '';
      const tall = Math.max(1, (value / most) * (PANEL - 60));
      const x = start + index * (BAR + 8);
      const number = value.toLocaleString('en', { maximumFractionDigits: digits });
      return `<rect x="${x}" y="${(bottom - tall).toFixed(1)}" width="${BAR}" height="${tall.toFixed(1)}" fill="${COLOURS[index]}"/><text x="${x + BAR / 2}" y="${(bottom - tall - 4).toFixed(1)}" text-anchor="middle" font-size="10" ${TEXT.replace('font-size="12" ', '')}>${number}</text>`;
    });
    return [...drawn, `<text x="${start}" y="${bottom + 18}" ${TEXT}>${plain(label)}</text>`];
  });
  const legend = series.map((name, index) => {
    const x = LEFT + index * 205;
    return `<rect x="${x}" y="${top + 12}" width="12" height="12" fill="${COLOURS[index]}"/><text x="${x + 17}" y="${top + 22}" font-size="11" ${TEXT.replace('font-size="12" ', '')}>${plain(name)}</text>`;
  });
  const heading = `<text x="${LEFT}" y="${top}" font-weight="bold" ${TEXT.replace('12', '14')}>${plain(title)}</text>`;
  const line = `<line x1="${LEFT}" y1="${bottom}" x2="${WIDTH - 10}" y2="${bottom}" stroke="#333"/>`;
  return [heading, ...legend, ...bars, line, ''].join('\n');
}

/** @param {string} text */
function plain(text) {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
