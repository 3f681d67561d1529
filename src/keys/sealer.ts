// The installation's own Ed25519 key (RFC 8032), by which others can check what it has signed.
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { messageOf, ThanadakError } from '../domain/errors.js';
import { sha256 } from '../machine/digest.js';
import type { Sealer } from '../ports/surroundings.js';
import { writeNewFile } from './key-file.js';

const ID_DIGITS = 16;

/** Reads the private key at `file` (PKCS #8, PEM), making one on the first start. Errors: `invalid` when it holds none. */
export function openSealer(file: string): Sealer {
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync('ed25519');
    writeNewFile(file, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  }
  const key = readKey(file);
  const own = createPublicKey(key);
  const keyId = keyIdOf(own);
  return {
    keyId,
    publicKey: own.export({ type: 'spki', format: 'pem' }).toString(),
    seal: (text) => sign(null, Buffer.from(text), key).toString('base64'),
    judge: (sealed) => (sealed.keyId === keyId ? judgeBy(own, sealed) : 'unknown-key'),
  };
}

function readKey(file: string): KeyObject {
  try {
    const key = createPrivateKey(readFileSync(file));
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch (error) {
    throw new ThanadakError(
      'invalid',
      `${file} holds no private key (${messageOf(error)}); restore it from the backup.`,
    );
  }
  throw new ThanadakError('invalid', `${file} holds no Ed25519 key; restore it from the backup.`);
}

/** The first 16 hex digits of the SHA-256 of the public key (SPKI, DER). */
function keyIdOf(key: KeyObject): string {
  const der = key.export({ type: 'spki', format: 'der' });
  return sha256(der).slice(0, ID_DIGITS);
}

function judgeBy(key: KeyObject, { text, signature }: { text: string; signature: string }): 'good' | 'bad' {
  return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64')) ? 'good' : 'bad';
}
