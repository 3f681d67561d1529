import { describe, expect, it } from 'vitest';
import { type ClockWatchOptions, watchClock } from '../../src/schedule/clock-watch.js';

const NOON = Date.parse('2026-11-24T12:00:00.000Z');
const MINUTE = 60_000;
const DAY = 86_400_000;

function start(options: Partial<ClockWatchOptions> = {}) {
  let wall = NOON;
  let steady = 1_000;
  const watch = watchClock({ startedAt: NOON, wall: () => wall, steady: () => steady, ...options });
  return {
    watch,
    pass(milliseconds: number) {
      wall += milliseconds;
      steady += milliseconds;
    },
    set(milliseconds: number) {
      wall += milliseconds;
    },
  };
}

describe('the watch on the clock', () => {
  it('sees no step in time that passes, nor in what a time server does', () => {
    const { watch, pass, set } = start();
    for (const milliseconds of [1_000, 5, 3 * DAY]) {
      pass(milliseconds);
      set(-900);
      expect(watch.look()).toBe(0);
    }
    expect(watch.doubt()).toBeUndefined();
  });

  it('tells a step once, with its size, and believes the clock after an ordinary one', () => {
    const { watch, pass, set } = start();
    for (const step of [-2 * 3_600_000, 3_600_000, -365 * DAY]) {
      pass(1_000);
      set(step);
      expect(watch.look()).toBe(step);
      expect(watch.look()).toBe(0);
      expect(watch.doubt()).toBeUndefined();
    }
  });

  it('doubts a clock set ahead by a year for a day, or until it is set back', () => {
    const { watch, pass, set } = start();
    set(365 * DAY);
    expect(watch.look()).toBe(365 * DAY);
    expect(watch.doubt()).toBe('the clock was set ahead by 365 days');
    pass(DAY - 1_000);
    watch.look();
    expect(watch.doubt()).toBeDefined();
    pass(1_000);
    expect(watch.doubt()).toBeUndefined();
    set(365 * DAY);
    watch.look();
    expect(watch.doubt()).toBeDefined();
    set(-365 * DAY);
    expect(watch.look()).toBe(-365 * DAY);
    expect(watch.doubt()).toBeUndefined();
  });

  it.each([
    ['long after the newest entry', NOON - 400 * DAY, 'the clock stands 400 days after the newest entry'],
    ['before the newest entry', NOON + 90 * MINUTE, 'the clock stands 90 minutes before the newest entry'],
    ['after an outage of days', NOON - 6 * DAY, undefined],
    ['in an empty house', undefined, undefined],
  ])('at a start %s', (_when, newest, doubt) => {
    expect(start({ newest }).watch.doubt()).toBe(doubt);
  });
});
