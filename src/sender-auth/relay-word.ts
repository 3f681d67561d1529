// What a relay that we believe says about a letter, turned into findings.
import { splitAddress } from '../domain/address.js';
import type { Author, Finding, Policy } from '../domain/sender-evidence.js';
import { isAligned } from '../domain/sender-evidence.js';
import type { AuthenticationResults, MethodClaim } from './authentication-results.js';
import { identityOf } from './organisation.js';

const MAX_SIGNATURES = 5;
const RESULT = /^[a-z]{2,20}$/;

/** SPF as the relay found it; null when it says nothing of it. */
export function toldSpf(results: AuthenticationResults): Finding | null {
  const claim = results.claims.find(({ method }) => method === 'spf');
  if (!claim) return null;
  return finding(results, claim, claim.properties.get('smtp.mailfrom') ?? claim.properties.get('smtp.helo'));
}

/** Signatures as the relay found them. */
export function toldSignatures(results: AuthenticationResults): Finding[] {
  return results.claims
    .filter(({ method }) => method === 'dkim')
    .slice(0, MAX_SIGNATURES)
    .map((claim) =>
      finding(results, claim, claim.properties.get('header.d') ?? claim.properties.get('header.i')),
    );
}

/** DMARC as the relay found it, when it speaks of this author's domain. */
export function toldPolicy(results: AuthenticationResults, author: Author): Policy {
  const claim = results.claims.find(({ method }) => method === 'dmarc');
  if (!claim || author.kind !== 'one') return { kind: 'none' };
  const about = identityOf(domainIn(claim.properties.get('header.from')));
  if (!isAligned(about, author.identity, false)) return { kind: 'none' };
  switch (claim.result) {
    case 'pass':
    case 'fail':
      return { kind: 'told', result: claim.result };
    case 'temperror':
      return { kind: 'trouble', detail: 'as the relay says' };
    default:
      return { kind: 'none' };
  }
}

/** Whether somebody saw that the author's domain stands behind the letter. */
export function sawAuthor(results: AuthenticationResults, author: Author): boolean {
  if (author.kind !== 'one') return false;
  const policy = toldPolicy(results, author);
  if (policy.kind === 'told') return policy.result === 'pass';
  return toldSignatures(results).some(
    ({ result, identity }) => result === 'pass' && isAligned(identity, author.identity, false),
  );
}

function finding({ authservId }: AuthenticationResults, claim: MethodClaim, domain = ''): Finding {
  return {
    result: RESULT.test(claim.result) ? claim.result : 'permerror',
    identity: identityOf(domainIn(domain)),
    detail: `as ${authservId.slice(0, 100)} says`,
  };
}

/** `@home.example`, `rita@home.example`, `home.example`. */
function domainIn(text = ''): string {
  return splitAddress(text)?.domain ?? text.replace(/^@/, '');
}
