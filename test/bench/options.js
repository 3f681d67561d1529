// What the command line of the bench asks for.
import { parseArgs } from 'node:util';

const ROUND_SECONDS = 3;

export const USAGE = `Usage: npm run bench -- [options]
  --quick            only 20 connections and 2 KB
  --connections N,N  numbers of connections (default 1,20,100)
  --sizes N,N        sizes of a letter in KB (default 2,200)
  --letters N        letters in each round, for every row (default: what goes through in about 3 s)
  --rounds N         rounds of each row, whose median counts (default 3)
  --no-postfix       do not compare with Postfix
  --dir DIR          folder on the disk to measure (default: the one for temporary files)
  --profile DIR      also write processor profiles of Thanadak into DIR and print the largest costs
  --json             print JSON instead of the table
`;

/**
 * @typedef {object} BenchOptions
 * @property {number[]} connections
 * @property {number[]} sizes KB of one letter
 * @property {number | undefined} letters in each round; see `lettersFor`
 * @property {number} rounds
 * @property {boolean} postfix
 * @property {string | undefined} dir
 * @property {string | undefined} profile
 * @property {boolean} json
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
      postfix: { type: 'boolean', default: true },
      dir: { type: 'string' },
      profile: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const { quick, postfix, dir, profile, json } = values;
  return {
    connections: readNumbers('connections', values.connections ?? (quick ? '20' : '1,20,100')),
    sizes: readNumbers('sizes', values.sizes ?? (quick ? '2' : '2,200')),
    letters: values.letters === undefined ? undefined : readNumbers('letters', values.letters)[0],
    rounds: readNumbers('rounds', values.rounds ?? '3')[0] ?? 3,
    postfix,
    dir,
    profile,
    json,
  };
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

/**
 * Letters of one round: as many as asked for, or as go through in about three seconds at `perSecond`.
 * @param {BenchOptions} options
 * @param {{ connections: number, perSecond: number }} row
 */
export function lettersFor(options, { connections, perSecond }) {
  const some = Math.round((ROUND_SECONDS * perSecond) / 50) * 50;
  return options.letters ?? Math.max(some, 50, 2 * connections);
}

/**
 * Letters of one step of the warm-up, in which compilers, caches and server processes get warm.
 * @param {number} sizeKb
 */
export function warmUpLetters(sizeKb) {
  return sizeKb > 20 ? 100 : 500;
}
