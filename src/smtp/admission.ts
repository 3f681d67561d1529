// How many sessions and letters one client address may bring: a count of open sessions and a token bucket of letters.

/** Letters a client may still bring, as of `at` (milliseconds). */
export interface Bucket {
  tokens: number;
  at: number;
}

/**
 * Tokens in `bucket` at `now` (milliseconds): what was left plus `perMinute` for each minute since, at most
 * `perMinute`. A clock that went back adds nothing.
 */
export function tokensAt(bucket: Readonly<Bucket>, now: number, perMinute: number): number {
  const elapsed = Math.max(0, now - bucket.at);
  return Math.min(perMinute, bucket.tokens + (elapsed * perMinute) / 60_000);
}

/** Keyed by `clientKey`. */
export interface Admission {
  /** Counts a session in. False when it is one more than `limit` (0: without limit); it must leave all the same. */
  enter(key: string, limit: number): boolean;
  leave(key: string): void;
  /** Takes one letter from the client's bucket. False when it is empty; `perMinute` 0 is without limit. */
  takeLetter(key: string, now: number, perMinute: number): boolean;
}

/** `remembered` clients at most have a bucket; beyond that the one unused for longest is forgotten. */
export function openAdmission(remembered = 10_000): Admission {
  const sessions = new Map<string, number>();
  const buckets = new Map<string, Bucket>();
  return {
    enter(key, limit) {
      const count = (sessions.get(key) ?? 0) + 1;
      sessions.set(key, count);
      return limit === 0 || count <= limit;
    },
    leave(key) {
      const count = (sessions.get(key) ?? 0) - 1;
      if (count > 0) sessions.set(key, count);
      else sessions.delete(key);
    },
    takeLetter(key, now, perMinute) {
      if (perMinute === 0) return true;
      const bucket = buckets.get(key) ?? { tokens: perMinute, at: now };
      const tokens = tokensAt(bucket, now, perMinute);
      const allowed = tokens >= 1;
      bucket.tokens = allowed ? tokens - 1 : tokens;
      bucket.at = now;
      // A Map keeps the order of insertion, so putting it in anew leaves the longest unused one first.
      buckets.delete(key);
      buckets.set(key, bucket);
      if (buckets.size > remembered) forgetOldest(buckets);
      return allowed;
    },
  };
}

function forgetOldest(buckets: Map<string, Bucket>): void {
  const oldest = buckets.keys().next();
  if (!oldest.done) buckets.delete(oldest.value);
}
