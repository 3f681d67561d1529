import { describe, expect, it } from 'vitest';
import { shareRuns } from '../../src/domain/shared-run.js';

describe('a shared run', () => {
  /** Work whose runs end one by one, when told. */
  function steps() {
    const ends: ((error?: Error) => void)[] = [];
    const ask = shareRuns(
      () => new Promise((resolve, reject) => ends.push((error) => (error ? reject(error) : resolve()))),
    );
    return { ask, ends };
  }
  const settled = () => new Promise((resolve) => setImmediate(resolve));

  it('serves those who ask while one runs by the next, and never overlaps', async () => {
    const { ask, ends } = steps();
    const order: string[] = [];
    const first = ask().then(() => order.push('first'));
    const others = [ask(), ask()].map((asked, n) => asked.then(() => order.push(`other ${n}`)));
    await settled();
    expect(ends).toHaveLength(1);
    ends[0]?.();
    await settled();
    expect(order).toEqual(['first']);
    expect(ends).toHaveLength(2);
    ends[1]?.();
    await Promise.all([first, ...others]);
    expect(order).toEqual(['first', 'other 0', 'other 1']);
  });

  it('fails only those it was for', async () => {
    const { ask, ends } = steps();
    const first = ask();
    const second = ask();
    ends[0]?.(new Error('disk'));
    await expect(first).rejects.toThrow('disk');
    await settled();
    ends[1]?.();
    await expect(second).resolves.toBeUndefined();
    const third = ask();
    ends[2]?.();
    await expect(third).resolves.toBeUndefined();
  });
});
