// How many acknowledgements a machine may send: few to one address, more to a domain, a bound for all together. They stop
// our letters, never a ticket: whoever bombs us with a forged sender must not make us bomb that sender.
import { addressKey, splitAddress } from './address.js';
import type { Instant } from './time.js';

export interface AllowanceRules {
  /** To one address from one station, an hour. */
  stationPerHour: number;
  /** To one address, an hour and a day. */
  addressPerHour: number;
  addressPerDay: number;
  /** To one domain, an hour. */
  domainPerHour: number;
  /** To everybody, an hour: beyond it something is wrong. */
  allPerHour: number;
}

export type AllowanceReason =
  | 'allowance-station'
  | 'allowance-address'
  | 'allowance-domain'
  | 'allowance-all';

/** Whether an officer may still send what this reason withheld. */
export function isAllowanceReason(reason: string | null): boolean {
  return reason?.startsWith('allowance-') ?? false;
}

/** A counter: what is counted, in which slot of time, up to how many. */
export interface AllowanceCounter {
  key: string;
  /** UTC hour (`2026-11-24T04`) or day (`2026-11-24`). */
  slot: string;
  limit: number;
  reason: AllowanceReason;
}

/** The counters one acknowledgement to `address` for `station` uses, the narrowest first. */
export function countersFor(
  rules: AllowanceRules,
  letter: { address: string; station: string },
  now: Instant,
): AllowanceCounter[] {
  const address = addressKey(letter.address);
  const domain = splitAddress(address)?.domain ?? '';
  const [hour, day] = [now.slice(0, 13), now.slice(0, 10)];
  return [
    {
      key: `station ${letter.station} ${address}`,
      slot: hour,
      limit: rules.stationPerHour,
      reason: 'allowance-station',
    },
    { key: `address ${address}`, slot: hour, limit: rules.addressPerHour, reason: 'allowance-address' },
    { key: `address ${address}`, slot: day, limit: rules.addressPerDay, reason: 'allowance-address' },
    { key: `domain ${domain}`, slot: hour, limit: rules.domainPerHour, reason: 'allowance-domain' },
    { key: 'all', slot: hour, limit: rules.allPerHour, reason: 'allowance-all' },
  ];
}

/** Why the letter may not go, given how often each counter was used with it; undefined when it may. */
export function overdrawn(
  counters: readonly AllowanceCounter[],
  used: readonly number[],
): AllowanceReason | undefined {
  return counters.find(({ limit }, index) => (used[index] ?? 0) > limit)?.reason;
}
