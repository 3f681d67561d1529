// What is known about who sent a letter, before anybody judges it: results by method, and the domains they speak for.
import { domainKey } from './address.js';
import type { MethodResult } from './sender-check.js';

/** A domain, and the organisation it belongs to by the public suffix list; both as `domainKey` writes them. */
export interface Identity {
  domain: string;
  organisation: string;
}

/** The result of one method for one domain. `identity` is null when the method speaks for no usable domain. */
export interface Finding {
  result: string;
  identity: Identity | null;
  /** For officers and the IT cell; may be empty. */
  detail: string;
}

/** Whose letter it says it is: the From header (RFC 5322 3.6.2). */
export type Author =
  | { kind: 'one'; identity: Identity }
  /** No From, or none with a domain that mail can come from. */
  | { kind: 'none' }
  /** More than one author, or one that can be read in two ways. */
  | { kind: 'several' };

/** What the domain of the author publishes about its letters. */
export type Policy =
  | { kind: 'record'; record: DmarcRecord }
  | { kind: 'none' }
  /** It could not be found out in time. */
  | { kind: 'trouble'; detail: string }
  /** A relay that we believe has judged it; its result in the words of RFC 8601 2.7.1. */
  | { kind: 'told'; result: string };

/** A DMARC record (RFC 7489 6.3), of which only alignment decides anything here. */
export interface DmarcRecord {
  /** The domain at which it was found: that of the author, or of its organisation. */
  at: string;
  /** What it asks receivers to do: none, quarantine, reject. Shown, never obeyed. */
  policy: string;
  /** Whether DKIM and SPF must speak for exactly the author's domain. */
  strictDkim: boolean;
  strictSpf: boolean;
}

/** The chain of those who passed the letter on (RFC 8617). */
export interface ChainFinding extends Finding {
  /** Every one of them is trusted, and the first saw that the author's domain stands behind it. */
  vouches: boolean;
}

export interface SenderEvidence {
  author: Author;
  /** Null when nobody can tell which machine sent it; `spfMissing` then says why. */
  spf: Finding | null;
  spfMissing: string;
  dkim: readonly Finding[];
  policy: Policy;
  arc: ChainFinding | null;
}

/** RFC 7489 3.1: relaxed asks for one organisation, strict for one domain. */
export function isAligned(one: Identity | null, author: Identity, strict: boolean): boolean {
  if (one === null) return false;
  return strict ? one.domain === author.domain : one.organisation === author.organisation;
}

const DOMAIN =
  /^(?=.{4,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/;

/** `domain` as a name that mail can come from: A-labels, at least two, no address literal. Undefined otherwise. */
export function mailDomainOf(domain: string): string | undefined {
  const key = domainKey(domain.trim());
  return DOMAIN.test(key) ? key : undefined;
}

/** A finding as it is stored and shown. */
export function resultOf({ result, identity, detail }: Finding): MethodResult {
  return { result, domain: identity?.domain ?? '', detail };
}
