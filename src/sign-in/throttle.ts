// How often may be tried. Strangers who try a name use up what strangers may, never what the officer's own browser may:
// nobody is locked out by somebody else. Sliding is left out; windows of fifteen minutes are enough.
import { type Instant, instantOf } from '../domain/time.js';
import type { UnitOfWork } from '../ports/store.js';

const WINDOW_MS = 15 * 60_000;

/** Tries in a window. */
const LIMITS = { own: 10, strangers: 20, address: 100, code: 10 } as const;

export interface Try {
  /** Who is tried, whether such an officer exists or not. */
  name: string;
  /** IP address of the client. */
  address: string;
  /** Whether this officer has signed in with this browser before. */
  isKnown: boolean;
}

/** Counts a try; false when there were too many. It counts before anything is compared, so that nobody tries at once. */
export async function mayTry(unit: UnitOfWork, { name, address, isKnown }: Try): Promise<boolean> {
  const account = isKnown ? `sign-in own ${name}` : `sign-in strangers ${name}`;
  return within(unit, [
    { key: account, limit: isKnown ? LIMITS.own : LIMITS.strangers },
    { key: `sign-in from ${networkOf(address)}`, limit: LIMITS.address },
  ]);
}

/** The same for codes: whoever tries them had the password. */
export async function mayTryCode(unit: UnitOfWork, officer: string): Promise<boolean> {
  return within(unit, [{ key: `sign-in code ${officer}`, limit: LIMITS.code }]);
}

/** Something cheap that strangers may ask for, such as a challenge. */
export async function mayAsk(unit: UnitOfWork, address: string): Promise<boolean> {
  return within(unit, [{ key: `sign-in ask ${networkOf(address)}`, limit: LIMITS.address }]);
}

/** How often `name` was refused today, with this time; UTC days. */
export async function countRefused(unit: UnitOfWork, name: string): Promise<number> {
  const [count = 0] = await unit.allowances.use([
    { key: `sign-in refused ${name}`, slot: unit.now.slice(0, 10) },
  ]);
  return count;
}

async function within(
  unit: UnitOfWork,
  counters: readonly { key: string; limit: number }[],
): Promise<boolean> {
  const slot = slotOf(unit.now);
  const used = await unit.allowances.use(counters.map(({ key }) => ({ key, slot })));
  return counters.every(({ limit }, index) => (used[index] ?? 0) <= limit);
}

/** `2026-11-24T04:15`, as all slots are written. */
function slotOf(now: Instant): string {
  return instantOf(Math.floor(Date.parse(now) / WINDOW_MS) * WINDOW_MS).slice(0, 16);
}

/** Of IPv6 the /64 that one customer has (RFC 6177), else the address itself. */
function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.split('::');
  const groups = head.split(':').filter((group) => group !== '');
  const rest = (tail ?? '').split(':').filter((group) => group !== '');
  const filled = [
    ...groups,
    ...Array.from({ length: Math.max(0, 8 - groups.length - rest.length) }, () => '0'),
  ];
  return `${[...filled, ...rest].slice(0, 4).join(':')}::/64`;
}
