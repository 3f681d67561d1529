// A token bucket: so many at once, then as many as flow in.

export interface Bucket {
  /** Takes a token; false when none is left. */
  take(): boolean;
}

export interface BucketOptions {
  /** Tokens at most, and at the beginning. */
  size: number;
  /** Tokens that flow in. */
  perMinute: number;
  /** Any clock that never goes back. */
  milliseconds(): number;
}

export function createBucket({ size, perMinute, milliseconds }: BucketOptions): Bucket {
  let tokens = size;
  let seenAt = milliseconds();
  return {
    take() {
      const now = milliseconds();
      tokens = Math.min(size, tokens + ((now - seenAt) * perMinute) / 60_000);
      seenAt = now;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
