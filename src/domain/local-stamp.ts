// An instant as a sortable stamp of local time, for tables that programs read.
import type { Instant } from './time.js';
import { dateOf, dayAt, openZone } from './zone.js';

/** Writes instants as `2026-11-24 15:05`, local time of the zone. */
export function stampIn(timeZone: string): (at: Instant) => string {
  const zone = openZone(timeZone);
  return (at) => {
    const ms = Date.parse(at);
    const format = zone.format.formatToParts(ms);
    const part = (type: string) => format.find((one) => one.type === type)?.value ?? '';
    return `${dateOf(dayAt(zone, ms))} ${part('hour')}:${part('minute')}`;
  };
}
