// Which station an envelope recipient means.
import { addressKey, domainKey, splitAddress, splitTag } from './address.js';
import { POSTMASTER, type Station } from './station.js';
import { RETURN_PATH_BASE } from './thread-token.js';

/** Whom a recipient address of ours stands for. `token` is what followed `+`, lower case. */
export type Recipient =
  | { kind: 'station'; station: string; token: string | undefined }
  | { kind: 'postmaster'; station: typeof POSTMASTER; token: undefined }
  /** The return path of a letter of ours, proven or not; `local` is the part before `@`. */
  | { kind: 'return-path'; station: typeof POSTMASTER; token: undefined; local: string };

/** The stations by every key a letter can reach them under; built once per configuration. */
export interface Directory {
  mailDomain: string;
  stations: ReadonlyMap<string, Station>;
  codeByAddress: ReadonlyMap<string, string>;
  domains: ReadonlySet<string>;
}

export function buildDirectory(stations: readonly Station[], mailDomain: string): Directory {
  const codeByAddress = new Map<string, string>();
  const domains = new Set([domainKey(mailDomain)]);
  for (const station of stations) {
    for (const address of station.addresses) {
      codeByAddress.set(addressKey(address), station.code);
      domains.add(domainKey(splitAddress(address)?.domain ?? mailDomain));
    }
    codeByAddress.set(addressKey(`${station.code}@${mailDomain}`), station.code);
  }
  return { mailDomain, stations: new Map(stations.map((s) => [s.code, s])), codeByAddress, domains };
}

/**
 * The station or postmaster that `address` reaches: case-insensitive, with or without `+tag`, domain in any
 * IDN form; `postmaster` alone (RFC 5321 4.5.1) and `postmaster@` each of our domains. Undefined: not ours.
 */
export function findRecipient(directory: Directory, address: string): Recipient | undefined {
  if (address.toLowerCase() === POSTMASTER)
    return { kind: 'postmaster', station: POSTMASTER, token: undefined };
  const parts = splitAddress(addressKey(address));
  if (!parts) return undefined;
  const exact = directory.codeByAddress.get(`${parts.local}@${parts.domain}`);
  if (exact) return { kind: 'station', station: exact, token: undefined };
  const { base, tag } = splitTag(parts.local);
  const tagged = directory.codeByAddress.get(`${base}@${parts.domain}`);
  if (tagged) return { kind: 'station', station: tagged, token: tag };
  if (base === RETURN_PATH_BASE && parts.domain === domainKey(directory.mailDomain)) {
    return { kind: 'return-path', station: POSTMASTER, token: undefined, local: parts.local };
  }
  if (base !== POSTMASTER || !directory.domains.has(parts.domain)) return undefined;
  return { kind: 'postmaster', station: POSTMASTER, token: undefined };
}

/** Whether `address` is one of ours: a station, a reply address, or any mailbox of the mail domain itself. */
export function isOwnAddress(directory: Directory, address: string): boolean {
  if (findRecipient(directory, address)) return true;
  const domain = splitAddress(addressKey(address))?.domain;
  return domain === domainKey(directory.mailDomain);
}
