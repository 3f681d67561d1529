// Fixed times of the local day, such as those at which officers get their list.
import { type Instant, instantOf } from './time.js';
import { dayAt, openZone, reach } from './zone.js';

/** The newest instant at or before `now` at which local clocks showed one of `minutes` (since midnight); at most a day ago. */
export function latestSlot(minutes: readonly number[], timeZone: string, now: Instant): Instant | undefined {
  const zone = openZone(timeZone);
  const at = Date.parse(now);
  const today = dayAt(zone, at);
  const slots = [today - 1, today].flatMap((day) => minutes.map((minute) => reach(zone, day, minute)));
  const passed = slots.filter((slot) => slot <= at);
  return passed.length > 0 ? instantOf(Math.max(...passed)) : undefined;
}
