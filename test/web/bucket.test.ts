import { expect, it } from 'vitest';
import { createBucket } from '../../src/web/bucket.js';

it('gives what it holds at once, then what flows in, and never holds more than its size', () => {
  let now = 1_000;
  const bucket = createBucket({ size: 3, perMinute: 60, milliseconds: () => now });
  const takeAll = () => {
    let taken = 0;
    while (bucket.take()) taken += 1;
    return taken;
  };
  expect(takeAll()).toBe(3);
  now += 999;
  expect(takeAll()).toBe(0);
  now += 1;
  expect(takeAll()).toBe(1);
  now += 2_500;
  expect(takeAll()).toBe(2);
  now += 500;
  expect(takeAll()).toBe(1);
  now += 3_600_000;
  expect(takeAll()).toBe(3);
});
