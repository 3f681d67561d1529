// Chance that is the same for the same seed: numbers, choices, spans, ids and salts.
import { createRandom } from '../letters.js';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const SALT_LENGTH = 22;
const SEQUENCE_LENGTH = 4;
const LUCK_LENGTH = 12;

/** @typedef {ReturnType<typeof createChance>} Chance */

/** @param {number} seed */
export function createChance(seed) {
  const random = createRandom(seed);
  const ids = { at: 0, count: 0, time: '' };
  const letters = (/** @type {string} */ alphabet, /** @type {number} */ length) => {
    let text = '';
    while (text.length < length) text += alphabet[Math.floor(random() * alphabet.length)];
    return text;
  };
  return {
    random,
    /** @param {number} share */
    happens: (share) => random() < share,
    /** @param {number} limit */
    below: (limit) => Math.floor(random() * limit),
    /** @template T @param {readonly T[]} list @returns {T} */
    oneOf: (list) => /** @type {T} */ (list[Math.floor(random() * list.length)]),
    /** Few are long: the median is `median`, one in forty is over seven times that. @param {number} median */
    span: (median) => median * Math.exp(1.0 * normal(random)),
    salt: () => letters(BASE64URL, SALT_LENGTH),
    /** In the form of a ULID; later ones are greater when `at` (ms) never falls. @param {number} at */
    id(at) {
      if (at !== ids.at) Object.assign(ids, { at, count: 0, time: encode(at, 10) });
      ids.count += 1;
      return ids.time + encode(ids.count, SEQUENCE_LENGTH) + letters(CROCKFORD, LUCK_LENGTH);
    },
  };
}

/** Sum of uniform numbers, near enough to a normal one. @param {() => number} random */
function normal(random) {
  return random() + random() + random() + random() + random() + random() - 3;
}

/** @param {number} value @param {number} length */
function encode(value, length) {
  let text = '';
  for (let rest = value; text.length < length; rest = Math.floor(rest / 32))
    text = CROCKFORD[rest % 32] + text;
  return text;
}

/**
 * Chooses among weighted entries.
 * @template T
 * @param {readonly (readonly [T, number])[]} entries
 * @returns {(random: () => number) => T}
 */
export function weighted(entries) {
  const total = entries.reduce((sum, [, weight]) => sum + weight, 0);
  let sum = 0;
  const bounds = entries.map(([value, weight]) => {
    sum += weight / total;
    return { value, sum };
  });
  return (random) => {
    const luck = random();
    return /** @type {T} */ ((bounds.find((bound) => luck < bound.sum) ?? bounds.at(-1))?.value);
  };
}
