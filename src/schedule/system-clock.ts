// The clock on the wall.
import { instantOf } from '../domain/time.js';
import type { Clock } from '../ports/surroundings.js';

export const systemClock: Clock = { now: () => instantOf(Date.now()) };
