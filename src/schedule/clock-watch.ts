// Whether the clock on the wall can be believed: it may be set while the house runs, or have been wrong when it started.

export interface ClockWatch {
  /** Milliseconds by which the clock was set since the last look, negative when back; 0 when it went as time does. */
  look(): number;
  /** While there is one, nothing is done for good because of its time. A sentence; undefined without doubt. */
  doubt(): string | undefined;
}

export interface ClockWatchOptions {
  /** Milliseconds since 1970 of the newest entry of the store, and of now, at the start; undefined in an empty store. */
  newest?: number | undefined;
  startedAt: number;
  /** Milliseconds on the clock on the wall, and on one that nobody can set. For tests. */
  wall?: () => number;
  steady?: () => number;
}

/** Less is what a time server does to keep a clock right. */
const STEP_MS = 2_000;
/** Further ahead than a machine sleeps or an outage lasts; and entries from a time that is yet to come. */
const FAR_AHEAD_MS = 7 * 86_400_000;
const FUTURE_MS = 60_000;
/** Time for a person to look. Who starts the house again meanwhile has looked. */
const DOUBT_MS = 86_400_000;

export function watchClock(options: ClockWatchOptions): ClockWatch {
  const { wall = Date.now, steady = () => performance.now() } = options;
  let before = { wall: wall(), steady: steady() };
  let doubted = doubtAtStart(options);
  let doubtedAt = before.steady;
  return {
    look() {
      const now = { wall: wall(), steady: steady() };
      const step = now.wall - before.wall - (now.steady - before.steady);
      before = now;
      if (Math.abs(step) < STEP_MS) return 0;
      if (step > FAR_AHEAD_MS) {
        doubted = `the clock was set ahead by ${days(step)} days`;
        doubtedAt = now.steady;
      } else if (step < 0) doubted = undefined;
      return step;
    },
    doubt: () => (steady() - doubtedAt < DOUBT_MS ? doubted : undefined),
  };
}

function doubtAtStart({ newest, startedAt }: ClockWatchOptions): string | undefined {
  if (newest === undefined) return undefined;
  const ahead = startedAt - newest;
  if (ahead > FAR_AHEAD_MS) return `the clock stands ${days(ahead)} days after the newest entry`;
  if (ahead < -FUTURE_MS)
    return `the clock stands ${Math.round(-ahead / 60_000)} minutes before the newest entry`;
  return undefined;
}

function days(milliseconds: number): number {
  return Math.round(milliseconds / 86_400_000);
}
