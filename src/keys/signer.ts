// Codes made with the installation's own keys: HMAC-SHA256 (RFC 2104), shortened to 130 bits. The key file holds one
// key a line (64 hex digits): the first signs, the second, if there is one, is still believed.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { ThanadakError } from '../domain/errors.js';
import { syncNow } from '../machine/files.js';
import type { Signer } from '../ports/surroundings.js';
import { writeNewFile } from './key-file.js';

const CODE_LENGTH = 26;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const KEY_BYTES = 32;
const LIVE_KEYS = 2;

/** Signs with the first of `keys` and believes any of them. Errors: `invalid` when there is none. */
export function createSigner(keys: Uint8Array | readonly Uint8Array[]): Signer {
  const live = keys instanceof Uint8Array ? [keys] : [...keys];
  const [current] = live;
  if (!current) throw new ThanadakError('invalid', 'There is no key to sign with.');
  return {
    sign: (purpose, text) => codeOf(current, purpose, text),
    verify(purpose, text, code) {
      const given = Buffer.from(code);
      let found = false;
      for (const key of live) {
        const expected = Buffer.from(codeOf(key, purpose, text));
        const isEqual = given.length === expected.length && timingSafeEqual(given, expected);
        found = isEqual || found;
      }
      return found;
    },
  };
}

function codeOf(key: Uint8Array, purpose: string, text: string): string {
  return base32(createHmac('sha256', key).update(`${purpose}\n${text}`).digest()).slice(0, CODE_LENGTH);
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
 * Reads the live keys at `file`, the one that signs first, making one on the first start. Losing the file only means
 * that replies to earlier letters open new tickets. Errors: `invalid` when it does not hold one or two keys.
 */
export function loadOrMakeKeys(file: string): Uint8Array[] {
  if (!existsSync(file)) writeNewFile(file, `${newKey()}\n`);
  const lines = readFileSync(file, 'utf8').trim().split(/\s+/);
  if (lines.length > LIVE_KEYS || !lines.every((line) => /^[0-9a-f]{64}$/i.test(line))) {
    throw new ThanadakError(
      'invalid',
      `${file} does not hold a key of 64 hex digits, or two, each on its line; restore it from the backup.`,
    );
  }
  return lines.map((line) => Buffer.from(line, 'hex'));
}

/** The key at `file` that signs; as `loadOrMakeKeys`. */
export function loadOrMakeKey(file: string): Uint8Array {
  const [current] = loadOrMakeKeys(file);
  return current ?? new Uint8Array();
}

/**
 * Puts a new key in front; the one that signed until now is still believed, an older one is forgotten. A running daemon
 * goes on with the keys it has read, and letters it signs meanwhile stay valid: restart it, and rotate again only when
 * no ticket is open any more whose letters the forgotten key signed (a year is plenty), or twice at once when a key
 * became known. Errors: `invalid` as `loadOrMakeKeys`; system errors, the old file then stays.
 */
export function rotateKeys(file: string): void {
  const current = Buffer.from(loadOrMakeKey(file)).toString('hex');
  const next = `${file}.new`;
  rmSync(next, { force: true });
  writeNewFile(next, `${newKey()}\n${current}\n`);
  renameSync(next, file);
  syncNow(dirname(file));
}

function newKey(): string {
  return randomBytes(KEY_BYTES).toString('hex');
}
