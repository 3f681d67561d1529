// Codes made with the installation's own key: HMAC-SHA256 (RFC 2104), shortened to 130 bits.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { ThanadakError } from '../domain/errors.js';
import type { Signer } from '../ports/surroundings.js';

const CODE_LENGTH = 26;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const KEY_BYTES = 32;

export function createSigner(key: Uint8Array): Signer {
  const sign = (purpose: string, text: string): string =>
    base32(createHmac('sha256', key).update(`${purpose}\n${text}`).digest()).slice(0, CODE_LENGTH);
  return {
    sign,
    verify(purpose, text, code) {
      const expected = Buffer.from(sign(purpose, text));
      const given = Buffer.from(code);
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}

/** RFC 4648 base32, lower case, without padding; a last incomplete group of bits is left out. */
function base32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET[(value >> bits) & 31];
    }
  }
  return text;
}

/**
 * Reads the key at `file` (64 hex digits), making one on the first start. Losing it only means that replies to
 * earlier letters open new tickets. Errors: `invalid` when the file does not hold a key.
 */
export function loadOrMakeKey(file: string): Uint8Array {
  if (!existsSync(file)) writeKey(file, randomBytes(KEY_BYTES).toString('hex'));
  const text = readFileSync(file, 'utf8').trim();
  if (!/^[0-9a-f]{64}$/i.test(text)) {
    throw new ThanadakError(
      'invalid',
      `${file} does not hold a key of 64 hex digits; restore it from the backup.`,
    );
  }
  return Buffer.from(text, 'hex');
}

function writeKey(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const handle = openSync(file, 'wx', 0o600);
  try {
    writeSync(handle, `${text}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
