// IP addresses as letters and relays write them, and what kind of machine has them.
import { BlockList, isIP, SocketAddress } from 'node:net';

// RFC 6890, 6598, 4193, 4291: nobody outside can have them, so no SPF record means them.
const PRIVATE: readonly (readonly [string, number, 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['::', 127, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
];
const MAX_TEXT = 64;

const privateAddresses = new BlockList();
for (const [address, bits, family] of PRIVATE) privateAddresses.addSubnet(address, bits, family);

/**
 * The plain form of an address, in which two of them compare: without brackets, `IPv6:` (RFC 5321 4.1.3), zone, and the
 * mapping of IPv4 into IPv6. Undefined for anything else.
 */
export function plainAddress(text: string): string | undefined {
  if (text.length > MAX_TEXT) return undefined;
  const bare = text
    .trim()
    .replace(/^\[|\]$/g, '')
    .replace(/^IPv6:/i, '')
    .replace(/%.*$/, '')
    .toLowerCase();
  const plain = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(bare)?.[1] ?? bare;
  switch (isIP(plain)) {
    case 4:
      return plain;
    case 6:
      return new SocketAddress({ address: plain, family: 'ipv6' }).address;
    default:
      return undefined;
  }
}

/** Whether a plain address can be that of a machine out in the world. */
export function isPublic(address: string): boolean {
  return !privateAddresses.check(address, familyOf(address));
}

/** Whether a plain address is one of `addresses`, however they are written. */
export function isOneOf(addresses: readonly string[], address: string): boolean {
  return addresses.some((other) => plainAddress(other) === address);
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}
