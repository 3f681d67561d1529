// A clock that stands still until it is moved.
import type { Clock } from '../../src/ports/surroundings.js';

export interface FixedClock extends Clock {
  /** Moves it, backwards when negative. */
  advance(milliseconds: number): void;
}

export function fixedClock(start = '2026-11-24T04:00:00.000Z'): FixedClock {
  let now = Date.parse(start);
  return {
    now: () => new Date(now).toISOString(),
    advance: (milliseconds) => {
      now += milliseconds;
    },
  };
}
