// What the sender check needs from the house, and the settings that a reload may change.
import type { Clock, Log } from '../ports/surroundings.js';

export interface SenderAuthSettings {
  /**
   * verify: check SPF, DKIM, DMARC and ARC ourselves. relay: believe what a trusted relay says, ask nobody. off: check
   * nothing.
   */
  mode: 'verify' | 'relay' | 'off';
  /** IP addresses of machines that hand letters on to us and tell the truth about where they had them from. */
  trustedRelays: readonly string[];
  /** Names under which these relays write Authentication-Results (RFC 8601 2.5); without one none is believed. */
  relayAuthservIds: readonly string[];
  /** Domains whose ARC seals are believed (RFC 8617). */
  trustedSealers: readonly string[];
}

/** Asks the DNS: what node:dns `resolve(name, rrtype)` resolves to, rejecting with the same codes. */
export type Resolve = (name: string, rrtype: string) => Promise<unknown>;

export interface SenderAuthOptions {
  /** Asked anew for every letter, so that a reload counts at once. */
  settings(): SenderAuthSettings;
  /** What this machine calls itself. */
  hostname: string;
  /** The name servers of the machine by default. */
  resolve?: Resolve | undefined;
  /** Milliseconds one question to the DNS may take. Default 2000. */
  queryMs?: number | undefined;
  /** Milliseconds the check of one letter may take. Default 8000. */
  letterMs?: number | undefined;
  /** Worker threads that verify signatures; they start with the first signed letter. Default 1. */
  workers?: number | undefined;
  /** The compiled verify-worker; by default the one beside this module. */
  workerUrl?: URL | undefined;
  clock: Clock;
  log: Log;
}
