// Mail addresses as keys: RFC 5321 local parts, RFC 6531 (SMTPUTF8), RFC 5891 (IDN).

export interface AddressParts {
  local: string;
  domain: string;
}

/** Splits at the last `@`. Undefined when a part is empty or there is none. */
export function splitAddress(address: string): AddressParts | undefined {
  const at = address.lastIndexOf('@');
  if (at < 1 || at === address.length - 1) return undefined;
  return { local: address.slice(0, at), domain: address.slice(at + 1) };
}

/** A domain in lower-case A-labels (`xn--…`), without trailing dot; the text itself when it is no valid name. */
export function domainKey(domain: string): string {
  const plain = domain.replace(/\.$/, '').toLowerCase();
  if (/^[a-z0-9.-]+$/.test(plain)) return plain;
  try {
    return new URL(`http://${plain}`).hostname || plain;
  } catch {
    return plain;
  }
}

/**
 * The form under which two spellings of one mailbox compare equal: local part NFC and lower case
 * (stations and residents never differ by case alone), domain in A-labels. Empty stays empty.
 */
export function addressKey(address: string): string {
  const parts = splitAddress(address.trim());
  if (!parts) return address.trim().toLowerCase();
  return `${parts.local.normalize('NFC').toLowerCase()}@${domainKey(parts.domain)}`;
}

/** Splits `local+tag`; the tag is what follows the first `+`. */
export function splitTag(local: string): { base: string; tag: string | undefined } {
  const plus = local.indexOf('+');
  if (plus < 1) return { base: local, tag: undefined };
  return { base: local.slice(0, plus), tag: local.slice(plus + 1) };
}

const SENDABLE =
  /^(?=.{3,254}$)(?=.{1,64}@)(?!.*=\?)[\p{L}\p{N}\p{M}!#$%&'*+/=?^_`{|}~.-]+@(?:[\p{L}\p{N}\p{M}](?:[\p{L}\p{N}\p{M}-]{0,61}[\p{L}\p{N}\p{M}])?\.)*[\p{L}\p{N}\p{M}](?:[\p{L}\p{N}\p{M}-]{0,61}[\p{L}\p{N}\p{M}])?$/u;

/**
 * Whether we are willing to write to `address`: one plain mailbox, no quoting, no address literal, nothing a
 * mail library could read as more than one recipient, not even by decoding words where RFC 2047 5 has none (security
 * class 7: recipient injection; CVE-2026-48780).
 */
export function isSendable(address: string): boolean {
  return SENDABLE.test(address);
}
