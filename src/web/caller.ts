// Who asks: somebody on this machine, or a stranger.
import { BlockList, isIPv6 } from 'node:net';

export interface Caller {
  /** IP address of the other end of the connection. */
  address: string | undefined;
  headers: Readonly<Record<string, unknown>>;
}

const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'];

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/**
 * Whether the request was made on this machine and for itself. A request that a proxy on this machine passes on for
 * somebody is a stranger's.
 */
export function isLocalCaller(caller: Caller): boolean {
  if (FORWARDED.some((name) => caller.headers[name] !== undefined)) return false;
  const address = caller.address?.replace(/^::ffff:(?=\d+\.)/i, '');
  return address !== undefined && loopback.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}
