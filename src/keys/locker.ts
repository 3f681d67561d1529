// Locks short texts with the installation's own key: AES-256-GCM (NIST SP 800-38D), a nonce a text.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { Locker } from '../ports/identity.js';
import { loadOrMakeKeys } from './signer.js';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Reads the key at `file`, making one on the first start. Errors: `invalid` when it holds none. */
export function openLocker(file: string): Locker {
  return createLocker(loadOrMakeKeys(file));
}

/** Locks with the first of `keys`, opens with any of them. */
export function createLocker(keys: readonly Uint8Array[]): Locker {
  const [current = new Uint8Array()] = keys;
  return {
    lock(purpose, text) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', keyFor(current, purpose), nonce);
      const locked = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), locked]).toString('base64url');
    },
    unlock(purpose, locked) {
      const bytes = Buffer.from(locked, 'base64url');
      if (bytes.length < NONCE_BYTES + TAG_BYTES) return undefined;
      return keys.map((key) => open(keyFor(key, purpose), bytes)).find((text) => text !== undefined);
    },
  };
}

/** A key for each purpose (RFC 5869). */
function keyFor(key: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key, '', purpose, 32));
}

function open(key: Uint8Array, bytes: Buffer): string | undefined {
  const tagEnd = NONCE_BYTES + TAG_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, tagEnd));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(tagEnd)), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}
