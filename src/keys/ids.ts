// Ids that sort by the time they were made (ULID).
import { monotonicFactory } from 'ulid';
import type { Clock, IdSource } from '../ports/surroundings.js';

export function createIdSource(clock: Clock): IdSource {
  const next = monotonicFactory();
  return { next: () => next(Date.parse(clock.now())) };
}
