// What the command line of the bench asks for.
import { parseArgs } from 'node:util';

const ROUND_SECONDS = 3;
const MB = 1_024;

export const USAGE = `Usage: npm run bench -- [options]
  --quick            only 20 connections and 2 KB, beside Postfix
  --connections N,N  numbers of connections (default 1,20,100,500; with letters of 10 MB only 1,20)
  --sizes N,N        sizes of a letter in KB (default 2,200,10240)
  --letters N        letters in each round, for every row (default: what goes through in about 3 s)
  --rounds N         rounds of the row that the goal is about, whose median counts (default 3; others a third of it)
  --paced N          letters a second of the run at a steady pace (default 500; 0: none)
  --no-postfix       do not compare with Postfix
  --no-haraka        do not compare with Haraka, which npm installs into the folder for temporary files
  --store DIR        work on this data folder (see fill) instead of empty ones; the letters sent stay in it
  --stores DIR       measure lists, search and sweep in the stores that \`stores DIR\` made (default: one of 10,000)
  --no-stores        do not measure lists, search and sweep
  --dir DIR          folder on the disk to measure (default: the one for temporary files)
  --profile DIR      also write processor profiles of Thanadak into DIR and print the largest costs
  --json FILE        also write every figure to FILE
Other words: npm run bench -- fill N | stores DIR | compare OLD.json [NEW.json] | chart FIGURES.json [OUT.svg]
`;

/**
 * @typedef {object} Cell
 * @property {number} connections
 * @property {number} sizeKb
 */

/**
 * @typedef {object} BenchOptions
 * @property {Cell[]} cells
 * @property {number | undefined} letters in each round; see `lettersFor`
 * @property {number} rounds
 * @property {number} paced letters a second
 * @property {boolean} postfix
 * @property {boolean} haraka
 * @property {string | undefined} store
 * @property {string | undefined} stores
 * @property {boolean} measureStores
 * @property {string | undefined} dir
 * @property {string | undefined} profile
 * @property {string | undefined} json
 */

/**
 * Throws an Error with a sentence for the person when the arguments make no sense.
 * @param {string[]} args
 * @returns {BenchOptions | 'help'}
 */
export function readOptions(args) {
  const { values } = parseArgs({
    args,
    allowNegative: true,
    options: {
      quick: { type: 'boolean', default: false },
      connections: { type: 'string' },
      sizes: { type: 'string' },
      letters: { type: 'string' },
      rounds: { type: 'string' },
      paced: { type: 'string' },
      postfix: { type: 'boolean', default: true },
      haraka: { type: 'boolean' },
      store: { type: 'string' },
      stores: { type: 'string' },
      dir: { type: 'string' },
      profile: { type: 'string' },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
      'no-stores': { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const { quick, postfix, store, stores, dir, profile, json } = values;
  return {
    cells: cellsOf(values),
    letters: values.letters === undefined ? undefined : readNumbers('letters', values.letters)[0],
    rounds: readNumbers('rounds', values.rounds ?? '3')[0] ?? 3,
    paced: pacedOf(values),
    postfix,
    haraka: values.haraka ?? !quick,
    store,
    stores,
    measureStores: stores !== undefined || !(quick || values['no-stores']),
    dir,
    profile,
    json,
  };
}

/** @param {{ quick: boolean, paced?: string }} values */
function pacedOf({ quick, paced }) {
  if (paced === '0' || (quick && paced === undefined)) return 0;
  return readNumbers('paced', paced ?? '500')[0] ?? 0;
}

/** @param {{ quick: boolean, connections?: string, sizes?: string }} values @returns {Cell[]} */
function cellsOf({ quick, connections, sizes }) {
  const many = readNumbers('connections', connections ?? (quick ? '20' : '1,20,100,500'));
  const large = readNumbers('sizes', sizes ?? (quick ? '2' : `2,200,${10 * MB}`));
  return large.flatMap((sizeKb) =>
    many
      .filter((each) => connections !== undefined || sizeKb < MB || each <= 20)
      .map((each) => ({ connections: each, sizeKb })),
  );
}

/**
 * @param {string} name
 * @param {string} text
 */
function readNumbers(name, text) {
  const numbers = text.split(',').map(Number);
  if (numbers.every((number) => Number.isInteger(number) && number > 0)) return numbers;
  throw new Error(`--${name} takes whole numbers above 0, not ${text}.`);
}

/** Whether this is the row that the goal is about. @param {Cell} cell */
export function isGoal({ connections, sizeKb }) {
  return connections === 20 && sizeKb === 2;
}

/** @param {BenchOptions} options @param {Cell} cell */
export function roundsOf({ rounds }, cell) {
  return isGoal(cell) ? rounds : Math.ceil(rounds / 3);
}

/**
 * Letters of one round: as many as asked for, or as go through in about three seconds at `perSecond`.
 * @param {BenchOptions} options
 * @param {Cell & { perSecond: number }} row
 */
export function lettersFor(options, { connections, sizeKb, perSecond }) {
  const some = Math.round((ROUND_SECONDS * perSecond) / 50) * 50;
  return options.letters ?? Math.max(some, sizeKb < MB ? 50 : 20, 2 * connections);
}

/**
 * Letters of one step of the warm-up, in which compilers, caches and server processes get warm.
 * @param {number} sizeKb
 */
export function warmUpLetters(sizeKb) {
  if (sizeKb >= MB) return 10;
  return sizeKb > 20 ? 100 : 500;
}
