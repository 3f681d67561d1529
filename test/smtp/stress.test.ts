import { describe, expect, it } from 'vitest';
import { CALM, type Load, nextStress, type Stress } from '../../src/smtp/stress.js';

const MARK = 0.8;
const QUIET: Load = { share: 0.1, lagSeconds: 0 };
const FULL: Load = { share: 0.8, lagSeconds: 0 };
const LATE: Load = { share: 0.1, lagSeconds: 0.11 };

/** The stress after one look a second at each of `loads`. */
function stressAfter(...loads: Load[]): Stress {
  return loads.reduce(
    (stress, load, index) => nextStress(stress, load, { mark: MARK, now: index * 1_000 }),
    CALM,
  );
}

const times = (count: number, load: Load) => Array.from({ length: count }, () => load);

describe('stress', () => {
  it('begins at once when the share of connections is reached', () => {
    expect(stressAfter({ share: 0.79, lagSeconds: 0 }).isOn).toBe(false);
    expect(stressAfter(FULL).isOn).toBe(true);
  });

  it('begins when the event loop was late in every look for three seconds', () => {
    expect(stressAfter(...times(3, LATE)).isOn).toBe(false);
    expect(stressAfter(...times(4, LATE)).isOn).toBe(true);
    expect(stressAfter(...times(3, LATE), QUIET, LATE).isOn).toBe(false);
    expect(stressAfter(...times(9, { share: 0.1, lagSeconds: 0.1 })).isOn).toBe(false);
  });

  it('ends after ten calm seconds in a row, well below the mark', () => {
    expect(stressAfter(FULL, ...times(10, QUIET)).isOn).toBe(true);
    expect(stressAfter(FULL, ...times(11, QUIET)).isOn).toBe(false);
    expect(stressAfter(FULL, ...times(60, { share: 0.61, lagSeconds: 0 })).isOn).toBe(true);
    expect(stressAfter(FULL, ...times(8, QUIET), LATE, ...times(10, QUIET)).isOn).toBe(true);
  });
});
