import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createIdSource } from '../../src/keys/ids.js';
import { createSigner, loadOrMakeKey, loadOrMakeKeys, rotateKeys } from '../../src/keys/signer.js';

const first = Buffer.alloc(32, 1);
const second = Buffer.alloc(32, 2);
const third = Buffer.alloc(32, 3);

describe("the installation's key file", () => {
  let folder = '';
  let file = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'thanadak-keys-'));
    file = join(folder, 'keys', 'reply.key');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is made once, readable by nobody else, and stays the same', () => {
    const key = loadOrMakeKey(file);
    expect(loadOrMakeKey(file)).toEqual(key);
    expect(loadOrMakeKeys(file)).toEqual([key]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
  });

  it.each([
    ['nothing', ''],
    ['something else', 'spoilt'],
    ['a key cut short', 'a'.repeat(63)],
    ['a key too long', 'a'.repeat(65)],
    ['a second line that is none', `${'a'.repeat(64)}\nspoilt\n`],
    ['three keys', `${'a'.repeat(64)}\n`.repeat(3)],
  ])('with %s in it is refused', (_name, text) => {
    loadOrMakeKey(file);
    writeFileSync(file, text);
    expect(() => loadOrMakeKey(file)).toThrow(/does not hold a key/);
    expect(() => rotateKeys(file)).toThrow(/does not hold a key/);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('keeps the key before the last one and forgets older ones when it is rotated', () => {
    const oldest = loadOrMakeKey(file);
    rotateKeys(file);
    const [newer, kept, ...others] = loadOrMakeKeys(file);
    expect(kept).toEqual(oldest);
    expect(newer).not.toEqual(oldest);
    expect(others).toEqual([]);
    expect(loadOrMakeKey(file)).toEqual(newer);
    rotateKeys(file);
    expect(loadOrMakeKeys(file)[1]).toEqual(newer);
    expect(loadOrMakeKeys(file)).not.toContainEqual(oldest);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, 'keys'))).toEqual(['reply.key']);
  });

  it('is rotated although an earlier rotation was cut off', () => {
    const oldest = loadOrMakeKey(file);
    writeFileSync(`${file}.new`, 'half a');
    rotateKeys(file);
    expect(loadOrMakeKeys(file)[1]).toEqual(oldest);
  });
});

describe('a signer', () => {
  it('makes codes of 26 characters that differ by purpose, text and key', () => {
    const signer = createSigner(first);
    const code = signer.sign('a', 'text');
    expect(code).toMatch(/^[a-z2-7]{26}$/);
    expect(signer.verify('a', 'text', code)).toBe(true);
    expect(signer.verify('b', 'text', code)).toBe(false);
    expect(signer.verify('a', 'other', code)).toBe(false);
    expect(createSigner(second).verify('a', 'text', code)).toBe(false);
    expect(signer.verify('a', 'text', 'আ')).toBe(false);
  });

  it('signs with the first key and believes both', () => {
    const signer = createSigner([second, first]);
    expect(signer.sign('a', 'text')).toBe(createSigner(second).sign('a', 'text'));
    expect(signer.verify('a', 'text', createSigner(second).sign('a', 'text'))).toBe(true);
    expect(signer.verify('a', 'text', createSigner(first).sign('a', 'text'))).toBe(true);
    expect(signer.verify('a', 'text', createSigner(third).sign('a', 'text'))).toBe(false);
  });

  it('needs a key', () => expect(() => createSigner([])).toThrow(/no key/));

  it('believes no code that it did not make', () => {
    const signer = createSigner([second, first]);
    const code = signer.sign('a', 'text');
    const codes = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc.stringMatching(/^[a-z2-7]{26}$/),
      fc.tuple(fc.nat(25), fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz234567')).map(([at, character]) => {
        return code.slice(0, at) + character + code.slice(at + 1);
      }),
    );
    fc.assert(
      fc.property(codes, (given) => {
        expect(signer.verify('a', 'text', given)).toBe(given === code);
      }),
    );
  });
});

describe('ids', () => {
  it('sort by the time they were made, also within one millisecond and when the clock steps back', () => {
    let now = '2026-11-24T04:00:00.000Z';
    const ids = createIdSource({ now: () => now });
    const made = [ids.next(), ids.next()];
    now = '2026-11-24T03:00:00.000Z';
    made.push(ids.next());
    now = '2026-11-24T05:00:00.000Z';
    made.push(ids.next());
    expect(made.slice().sort()).toEqual(made);
    expect(new Set(made).size).toBe(4);
    expect(made[0]).toHaveLength(26);
  });
});
