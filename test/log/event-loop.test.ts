import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { watchEventLoop } from '../../src/log/event-loop.js';

describe('the watch on the event loop', () => {
  it('tells that something held the loop, once', async () => {
    const watch = watchEventLoop();
    try {
      await pause(60);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
      await pause(60);
      expect(watch.longestDelay()).toBeGreaterThan(0.2);
      expect(watch.longestDelay()).toBe(0);
    } finally {
      watch.stop();
    }
  });
});
