// How a letter is sealed: S/MIME (RFC 8551) and OpenPGP (RFC 3156, and within the text RFC 9580). Named, never opened.
import type { Protection } from '../domain/message.js';
import { parseParameters } from './header-words.js';

const ENCRYPTED_FIRST: readonly Protection[] = [
  'smime-encrypted',
  'pgp-encrypted',
  'smime-signed',
  'pgp-signed',
];

/** What the part of type `type` says, with its Content-Type header as `header` gives it; null for most parts. */
export function protectionOf(type: string, header: () => string): Protection | null {
  switch (type) {
    case 'multipart/signed':
      return signedBy(header());
    case 'multipart/encrypted':
    case 'application/pgp-encrypted':
      return 'pgp-encrypted';
    case 'application/pkcs7-mime':
    case 'application/x-pkcs7-mime': {
      const kind = parseParameters(header()).params.get('smime-type')?.toLowerCase() ?? '';
      return /^(?:signed-data|certs-only|signed-receipt)$/.test(kind) ? 'smime-signed' : 'smime-encrypted';
    }
    case 'application/pkcs7-signature':
    case 'application/x-pkcs7-signature':
      return 'smime-signed';
    case 'application/pgp-signature':
      return 'pgp-signed';
    default:
      return null;
  }
}

/** Without a protocol the signature itself, a part further down, tells. */
function signedBy(header: string): Protection | null {
  const protocol = parseParameters(header).params.get('protocol')?.toLowerCase() ?? '';
  if (protocol.includes('pkcs7')) return 'smime-signed';
  return protocol.includes('pgp') ? 'pgp-signed' : null;
}

const ARMOUR = /^-----BEGIN PGP (SIGNED )?MESSAGE-----[ \t]*$/m;

/** What a seal within `text` says; null for nearly every text. */
export function protectionInText(text: string): Protection | null {
  if (!text.includes('-----BEGIN PGP ')) return null;
  const match = ARMOUR.exec(text);
  if (!match) return null;
  return match[1] ? 'pgp-signed' : 'pgp-encrypted';
}

/** Of several, the one that matters most to who wants to read the letter. */
export function strongest(found: readonly (Protection | null)[]): Protection | null {
  return ENCRYPTED_FIRST.find((protection) => found.includes(protection)) ?? null;
}
