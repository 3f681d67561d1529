import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createIdSource } from '../../src/keys/ids.js';
import { createSigner, loadOrMakeKey } from '../../src/keys/signer.js';

describe("the installation's key", () => {
  it('is made once, readable by nobody else, and stays the same', () => {
    const folder = mkdtempSync(join(tmpdir(), 'thanadak-keys-'));
    const file = join(folder, 'keys', 'reply.key');
    const key = loadOrMakeKey(file);
    expect(loadOrMakeKey(file)).toEqual(key);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
    writeFileSync(file, 'spoilt');
    expect(() => loadOrMakeKey(file)).toThrow(/does not hold a key/);
    rmSync(folder, { recursive: true });
  });

  it('makes codes of 26 characters that differ by purpose, text and key', () => {
    const signer = createSigner(Buffer.alloc(32, 1));
    const code = signer.sign('a', 'text');
    expect(code).toMatch(/^[a-z2-7]{26}$/);
    expect(signer.verify('a', 'text', code)).toBe(true);
    expect(signer.verify('b', 'text', code)).toBe(false);
    expect(signer.verify('a', 'other', code)).toBe(false);
    expect(createSigner(Buffer.alloc(32, 2)).verify('a', 'text', code)).toBe(false);
    expect(signer.verify('a', 'text', 'আ')).toBe(false);
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
