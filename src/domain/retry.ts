// When a letter that could not be delivered is tried again (RFC 5321 4.5.4.1).
import { type Instant, millisecondsBetween, shift } from './time.js';

const MINUTE = 60_000;
const BACKOFF_MINUTES = [1, 5, 15, 30, 60];

/** Milliseconds to wait after `attempts` failed attempts (1 = the first): 1, 5, 15, 30, 60 minutes, then hourly. */
export function backoff(attempts: number): number {
  const index = Math.min(Math.max(attempts, 1), BACKOFF_MINUTES.length) - 1;
  return (BACKOFF_MINUTES[index] ?? 60) * MINUTE;
}

/** The instant of the next attempt, or undefined when the letter is older than `giveUpAfter` milliseconds by then. */
export function nextAttemptAt(
  letter: { attempts: number; createdAt: Instant },
  now: Instant,
  giveUpAfter: number,
): Instant | undefined {
  const next = shift(now, backoff(letter.attempts));
  return millisecondsBetween(letter.createdAt, next) > giveUpAfter ? undefined : next;
}
