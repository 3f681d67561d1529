// Chance that can be repeated: the same seed gives the same numbers.

export interface Random {
  /** In [0, 1). */
  next(): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** A whole number from `from` up to `below`. */
  whole(from: number, below: number): number;
  pick<T>(list: readonly T[]): T;
  /** Minutes with this mean, exponentially distributed, at least 1. */
  minutes(mean: number): number;
}

/** Mulberry32. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
  const whole = (from: number, below: number) => from + Math.floor(next() * (below - from));
  return {
    next,
    whole,
    chance: (probability) => next() < probability,
    pick(list) {
      const picked = list[whole(0, list.length)];
      if (picked === undefined) throw new RangeError('nothing to pick from');
      return picked;
    },
    minutes: (mean) => Math.max(1, Math.round(-Math.log(1 - next()) * mean)),
  };
}
