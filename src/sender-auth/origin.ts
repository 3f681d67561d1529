// Which machine sent a letter, and on whose word. Behind a relay: what it told us by XFORWARD, else what it wrote above
// its own Received header, else that Received header. All below is the client's to forge.
import type { Envelope } from '../domain/letter.js';
import { type AuthenticationResults, readAuthenticationResults } from './authentication-results.js';
import { fieldValue, type Head } from './head.js';
import { isOneOf, isPublic, plainAddress } from './ip-address.js';
import type { SenderAuthSettings } from './options.js';
import { readReceivedFrom } from './received.js';

export type Origin =
  /** SPF is about this machine. */
  | { kind: 'client'; address: string; helo: string }
  /** A relay has looked itself, and this is what it says. */
  | { kind: 'told'; results: AuthenticationResults }
  /** Nobody can tell; `why` is the beginning of a sentence for officers. */
  | { kind: 'unknown'; why: string };

const RECEIVED_READ = 5;

/** The relay we trust that handed the letter over; undefined when it came from elsewhere. */
export function relayOf(envelope: Envelope, settings: SenderAuthSettings): string | undefined {
  const { address, relay } = envelope.client;
  if (relay !== null) return relay;
  const plain = plainAddress(address);
  return plain && isOneOf(settings.trustedRelays, plain) ? address : undefined;
}

/** Who sent the letter with this head and envelope. */
export function findOrigin(envelope: Envelope, settings: SenderAuthSettings, head: Head): Origin {
  const { address, name } = envelope.client;
  const relay = relayOf(envelope, settings);
  if (relay === undefined) return clientOrigin(address, name);
  const forwarded = plainAddress(address);
  const relays = [...settings.trustedRelays, relay];
  if (forwarded && isPublic(forwarded) && !isOneOf(relays, forwarded)) {
    return { kind: 'client', address: forwarded, helo: name };
  }
  const results = relayResults(head, settings);
  if (results && tells(results, 'spf')) return { kind: 'told', results };
  return firstStranger(head, relays);
}

function clientOrigin(address: string, helo: string): Origin {
  const plain = plainAddress(address);
  if (plain && isPublic(plain)) return { kind: 'client', address: plain, helo };
  return {
    kind: 'unknown',
    why: 'It was handed over from inside, by a machine that the outside world does not know',
  };
}

/**
 * What the relay wrote about the letter: the first Authentication-Results above the top-most Received that bears one of
 * its names. Several of one relay are taken together.
 */
export function relayResults(head: Head, settings: SenderAuthSettings): AuthenticationResults | undefined {
  const ids = settings.relayAuthservIds.map((id) => id.toLowerCase());
  const top = head.lines.findIndex(({ name }) => name === 'received');
  const own = head.lines.slice(0, top < 0 ? 0 : top).filter(({ name }) => name === 'authentication-results');
  const [first, ...more] = own
    .map((line) => readAuthenticationResults(fieldValue(line)))
    .filter((results) => results !== undefined && ids.includes(results.authservId));
  if (!first) return undefined;
  const same = more.filter((results) => results?.authservId === first.authservId);
  return { ...first, claims: [first, ...same].flatMap((results) => results?.claims ?? []) };
}

function tells({ claims }: AuthenticationResults, asked: string): boolean {
  return claims.some(({ method }) => method === asked);
}

/** The first machine on the way, from us backwards, that is not a trusted relay: its Received was written by one. */
function firstStranger(head: Head, relays: readonly string[]): Origin {
  const received = head.lines.filter(({ name }) => name === 'received').slice(0, RECEIVED_READ);
  for (const line of received) {
    const from = readReceivedFrom(fieldValue(line));
    if (!from) break;
    if (isOneOf(relays, from.address)) continue;
    if (!isPublic(from.address)) break;
    return { kind: 'client', ...from };
  }
  return { kind: 'unknown', why: 'The relay that handed it over does not say from where it had it' };
}
