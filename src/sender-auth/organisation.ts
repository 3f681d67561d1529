// The organisation a domain belongs to (RFC 7489 3.2), by the public suffix list.
import { getDomain } from 'tldts';
import type { Identity } from '../domain/sender-evidence.js';
import { mailDomainOf } from '../domain/sender-evidence.js';

// A name that anybody can rent a place under, such as a hoster's, is as public as a country's.
const RULES = { allowIcannDomains: true, allowPrivateDomains: true, validateHostname: false };

/** `domain` must be one that `mailDomainOf` gave. A public suffix is its own organisation. */
export function identify(domain: string): Identity {
  return { domain, organisation: getDomain(domain, RULES) ?? domain };
}

/** The identity of any text; null when it is no domain that mail can come from. */
export function identityOf(text: string): Identity | null {
  const domain = mailDomainOf(text);
  return domain === undefined ? null : identify(domain);
}
