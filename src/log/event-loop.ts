// How late the event loop runs.
import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 20;

/**
 * Starts watching. `longestDelay` gives the longest delay in seconds since it was last asked (0 at first);
 * `stop` ends the watch. Watching does not keep the process alive.
 */
export function watchEventLoop(): { longestDelay(): number; stop(): void } {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  return {
    longestDelay: () => {
      // The histogram counts the pause between two of its own ticks, so its resolution is part of every value.
      const seconds = Math.max(0, delays.max / 1e9 - RESOLUTION_MS / 1000);
      delays.reset();
      return seconds;
    },
    stop: () => {
      delays.disable();
    },
  };
}
