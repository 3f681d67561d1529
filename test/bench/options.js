// What the command line of the bench asks for.
import { parseArgs } from 'node:util';

export const USAGE = `Usage: npm run bench -- [options]
  --quick            only 20 connections and 2 KB, few letters
  --connections N,N  numbers of connections (default 1,20,100)
  --sizes N,N        sizes of a letter in KB (default 2,200)
  --letters N        letters in each round, for every row (default: by row)
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
 * @property {number | undefined} letters in each round; undefined: `lettersFor`
 * @property {number} rounds
 * @property {boolean} quick
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
    quick,
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
 * Letters of one round when none are asked for: enough for a round of some seconds.
 * @param {{ connections: number, sizeKb: number, quick: boolean }} row
 */
export function lettersFor({ connections, sizeKb, quick }) {
  if (sizeKb > 20) return connections === 1 ? 150 : 400;
  if (connections === 1) return 1_000;
  return quick ? 4_000 : 6_000;
}
