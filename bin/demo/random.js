// Chance that comes out the same for the same seed (mulberry32, put into the public domain by Tommy Ettinger).

export function createRandom(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  return {
    /** Chance of its own, so that what happens to one matter changes nothing for another. */
    fork: () => createRandom(next() * 0x1_0000_0000),
    /** In [0, 1). */
    next,
    /** At least `from`, below `to`. */
    between: (from, to) => from + next() * (to - from),
    pick: (list) => list[Math.floor(next() * list.length)],
    /** `length` letters of `alphabet`. */
    text: (length, alphabet) =>
      Array.from({ length }, () => alphabet[Math.floor(next() * alphabet.length)]).join(''),
  };
}
