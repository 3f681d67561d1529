// The canonical body, held against the same rules written as regular expressions.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CanonicalBody } from '../../src/sender-auth/body-hash.js';
import { canonicalBody } from './signing.js';

function hash(kind: 'simple' | 'relaxed', chunks: readonly Buffer[], limit?: number) {
  const body = new CanonicalBody(kind);
  const digest = body.addDigest('sha256', limit);
  for (const chunk of chunks) body.update(chunk);
  body.end();
  return { hash: digest.digest('base64'), partial: digest.isPartial() };
}

const sha256 = (text: string) => createHash('sha256').update(text, 'latin1').digest('base64');
const bytes = (text: string) => Buffer.from(text, 'latin1');

describe('the canonical body', () => {
  it.each([
    ['simple', '', '\r\n'],
    ['simple', '\r\n\r\n', '\r\n'],
    ['simple', 'a', 'a\r\n'],
    ['simple', ' C \r\nD \t E\r\n\r\n\r\n', ' C \r\nD \t E\r\n'],
    ['simple', 'a\nb\n\n', 'a\r\nb\r\n'],
    ['simple', 'a\r\n\nb', 'a\r\n\r\nb\r\n'],
    ['simple', 'a\rb\r\r\n', 'a\rb\r\r\n'],
    ['relaxed', '', ''],
    ['relaxed', '\r\n\r\n', ''],
    ['relaxed', ' \t\r\n \r\n', ''],
    ['relaxed', 'a', 'a\r\n'],
    ['relaxed', ' C \r\nD \t E\r\n\r\n\r\n', ' C\r\nD E\r\n'],
    ['relaxed', 'a \t', 'a\r\n'],
    ['relaxed', 'a\n\n b', 'a\r\n\r\n b\r\n'],
  ] as const)('%s: %j', (kind, text, expected) => {
    expect(hash(kind, [bytes(text)]).hash).toBe(sha256(expected));
  });

  it.each(['simple', 'relaxed'] as const)('%s does not depend on how it is cut', (kind) => {
    const piece = fc.constantFrom('a', 'bc', ' ', '\t', '\r\n', '\r\n', '  \r\n', 'x'.repeat(70_000));
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 30 }),
        fc.array(fc.nat(20), { maxLength: 10 }),
        (parts, cuts) => {
          const text = parts.join('');
          let rest = bytes(text);
          const chunks = cuts.map((cut) => {
            const chunk = rest.subarray(0, cut);
            rest = rest.subarray(cut);
            return chunk;
          });
          expect(hash(kind, [...chunks, rest]).hash).toBe(sha256(canonicalBody(text, kind)));
        },
      ),
    );
  });

  it.each([
    [undefined, 'abc\r\n', false],
    [5, 'abc\r\n', false],
    [9, 'abc\r\n', false],
    [4, 'abc\r', true],
    [1, 'a', true],
  ])('up to a limit of %s', (limit, expected, partial) => {
    expect(hash('simple', [bytes('abc\r\n')], limit)).toEqual({ hash: sha256(expected), partial });
  });

  it('is read once for several hashes', () => {
    const body = new CanonicalBody('relaxed');
    const digests = [body.addDigest('sha1', undefined), body.addDigest('sha256', 1)];
    body.update(bytes('ab'));
    body.end();
    expect(digests.map((digest) => digest.digest('base64'))).toEqual([
      createHash('sha1').update('ab\r\n').digest('base64'),
      sha256('a'),
    ]);
  });
});
