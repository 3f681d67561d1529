// Under which key a client address is counted: an IPv4 address alone, an IPv6 address with its /64, which is the
// smallest network that is given to one customer (RFC 6177).

/** The key of `address` as a socket reports it. Text that is no address is its own key. */
export function clientKey(address: string): string {
  const plain = address.trim().toLowerCase().replace(/%.*$/, '');
  if (!plain.includes(':')) return plain;
  const groups = expandGroups(plain);
  if (!groups) return plain;
  if (isMapped(groups)) return dotted(groups[6] ?? 0, groups[7] ?? 0);
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

/** Whether a key is that of this very machine (RFC 1122 3.2.1.3, RFC 4291 2.5.3). */
export function isLoopback(key: string): boolean {
  return key.startsWith('127.') || key === '0:0:0:0::/64';
}

/** The eight groups of an IPv6 address; undefined when it is none. */
function expandGroups(address: string): number[] | undefined {
  const [head = '', tail, ...more] = withHexTail(address).split('::');
  if (more.length > 0) return undefined;
  const before = splitGroups(head);
  const after = splitGroups(tail ?? '');
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...before, ...new Array<number>(missing).fill(0), ...after];
  return groups.every((group) => group >= 0 && group <= 0xffff) ? groups : undefined;
}

function splitGroups(text: string): number[] {
  return text === ''
    ? []
    : text.split(':').map((group) => (/^[0-9a-f]{1,4}$/.test(group) ? parseInt(group, 16) : -1));
}

/** Rewrites a dotted IPv4 tail (`::ffff:192.0.2.1`) as two groups. */
function withHexTail(address: string): string {
  const match = /^(.*:)(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(address);
  if (!match) return address;
  const [a = 0, b = 0, c = 0, d = 0] = match.slice(2).map(Number);
  return `${match[1]}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}

/** RFC 4291 2.5.5.2. */
function isMapped(groups: readonly number[]): boolean {
  return groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
}

function dotted(high: number, low: number): string {
  return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
}
