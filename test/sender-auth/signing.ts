// Signs letters for the tests (RFC 6376), written down once more and plainly, so that it does not share the mistakes of
// what is tested.
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { Zone } from './zone.js';

export interface Signer {
  domain: string;
  selector: string;
  privateKey: KeyObject;
  /** The TXT record of the key. */
  record: string;
}

export interface SigningOptions {
  /** `header/body`; relaxed/relaxed by default. */
  canonicalization?: string;
  /** Signed fields in the order of `h=`. */
  fields?: string[];
  /** `l=`. */
  bodyLength?: number;
  hash?: 'sha1' | 'sha256';
  /** Further tags, such as `x=1;`. */
  more?: string;
}

export function createSigner(
  domain: string,
  kind: 'rsa' | 'ed25519' | 'short' = 'rsa',
  selector = 's1',
): Signer {
  if (kind === 'ed25519') {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('base64');
    return { domain, selector, privateKey, record: `v=DKIM1; k=ed25519; p=${raw}` };
  }
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: kind === 'short' ? 512 : 2048,
  });
  const raw = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  return { domain, selector, privateKey, record: `v=DKIM1; k=rsa; p=${raw}` };
}

/** Where the key of `signer` is found. */
export function keyZone(signer: Signer): Zone {
  return { [`TXT ${signer.selector}._domainkey.${signer.domain}`]: [signer.record] };
}

/** `letter` (CRLF) with a signature on top. */
export function signLetter(letter: string, signer: Signer, options: SigningOptions = {}): string {
  const [headCanon = 'relaxed', bodyCanon = 'relaxed'] = (
    options.canonicalization ?? 'relaxed/relaxed'
  ).split('/');
  const { fields = ['from', 'subject', 'date', 'to'], hash = 'sha256' } = options;
  const cut = letter.indexOf('\r\n\r\n');
  const body = Buffer.from(canonicalBody(letter.slice(cut + 4), bodyCanon), 'latin1');
  const signed = options.bodyLength === undefined ? body : body.subarray(0, options.bodyLength);
  const length = options.bodyLength === undefined ? '' : ` l=${options.bodyLength};`;
  const algorithm = `${signer.privateKey.asymmetricKeyType === 'ed25519' ? 'ed25519' : 'rsa'}-${hash}`;
  const field =
    `DKIM-Signature: v=1; a=${algorithm}; c=${headCanon}/${bodyCanon}; d=${signer.domain};\r\n` +
    ` s=${signer.selector}; h=${fields.join(':')};${length}${options.more ?? ''}\r\n` +
    ` bh=${createHash(hash).update(signed).digest('base64')}; b=`;
  const lines = [...pickFields(letter.slice(0, cut), fields), field].map((line) =>
    canonicalField(line, headCanon),
  );
  return `${field}${signatureOf(lines.join('\r\n'), signer, hash)}\r\n${letter}`;
}

function signatureOf(text: string, { privateKey }: Signer, hash: string): string {
  const bytes = Buffer.from(text, 'latin1');
  const isRsa = privateKey.asymmetricKeyType === 'rsa';
  // RFC 8463 3: Ed25519 signs the hash.
  const signature = isRsa
    ? sign(hash, bytes, privateKey)
    : sign(null, createHash('sha256').update(bytes).digest(), privateKey);
  return signature.toString('base64');
}

/** RFC 6376 5.4.2: of several fields of one name the lowest first. */
function pickFields(head: string, fields: readonly string[]): string[] {
  const lines = head.split(/\r\n(?![ \t])/);
  return fields.flatMap((name) => {
    const at = lines.findLastIndex((line) => line.slice(0, line.indexOf(':')).toLowerCase() === name);
    return at < 0 ? [] : lines.splice(at, 1);
  });
}

function canonicalField(line: string, canonicalization: string): string {
  if (canonicalization === 'simple') return line;
  const colon = line.indexOf(':');
  const value = line
    .slice(colon + 1)
    .replaceAll('\r\n', '')
    .replace(/[ \t]+/g, ' ')
    .trim();
  return `${line.slice(0, colon).trim().toLowerCase()}:${value}`;
}

/** RFC 6376 3.4.3 and 3.4.4 by regular expressions; `body` has CRLF ends. */
export function canonicalBody(body: string, canonicalization: string): string {
  const relaxed = canonicalization === 'relaxed';
  const text = relaxed ? body.replace(/[ \t]+/g, ' ').replace(/ (?=\r\n|$)/g, '') : body;
  const trimmed = text.replace(/(?:\r\n)+$/, '');
  return trimmed === '' && relaxed ? '' : `${trimmed}\r\n`;
}
