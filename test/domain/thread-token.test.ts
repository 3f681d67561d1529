import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatReference } from '../../src/domain/reference.js';
import {
  letterFromMessageId,
  outboxFromReturnPath,
  quotedMarker,
  RETURN_PATH_BASE,
  referenceFromMarker,
  referenceFromMessageId,
  referenceFromReplyToken,
  replyAddress,
  returnPath,
  signedMessageId,
} from '../../src/domain/thread-token.js';
import { createSigner } from '../../src/keys/signer.js';

const signer = createSigner(Buffer.alloc(32, 7));
const stranger = createSigner(Buffer.alloc(32, 8));
const mailDomain = 'mail.kolkatapolice.example';
const outboxId = '01KB8N4Z3Q7V5X2M9T6R1C0WYE';
const reference = formatReference('behala', 2026, 123);
const longest = formatReference('a'.repeat(24), 2026, 99_999_999);
const localOf = (address: string) => address.slice(0, address.lastIndexOf('@'));
const pathOf = (by = signer) => localOf(returnPath(by, outboxId, mailDomain));
const changed = (text: string, at: number) =>
  `${text.slice(0, at)}${text[at] === 'a' ? 'b' : 'a'}${text.slice(at + 1)}`;

describe('a return path', () => {
  it('fits a mailbox name (RFC 5321 4.5.3.1.1), is lower case, and is known for what it is by other robots', () => {
    const local = pathOf();
    expect(local.length).toBeLessThanOrEqual(64);
    expect(local).toMatch(/^bounce\+[0-9a-z]{26}\.[a-z2-7]{26}$/);
    expect(local.startsWith(`${RETURN_PATH_BASE}+`)).toBe(true);
  });

  it.each([
    ['as it left', (local: string) => local],
    ['in upper case', (local: string) => local.toUpperCase()],
    ['with its key no longer the one that signs', (local: string) => local],
  ])('names its letter %s', (_name, come) => {
    const rotated = createSigner([Buffer.alloc(32, 9), Buffer.alloc(32, 7)]);
    expect(outboxFromReturnPath(signer, come(pathOf()))).toBe(outboxId);
    expect(outboxFromReturnPath(rotated, come(pathOf()))).toBe(outboxId);
  });

  it.each([
    ['of another installation', pathOf(stranger)],
    ['for another letter', pathOf().replace('01kb', '01kc')],
    ['without a code', pathOf().split('.')[0] ?? ''],
    ['with a code cut short', pathOf().slice(0, -1)],
    ['with more behind it', `${pathOf()}a`],
    ['with another beginning', pathOf().replace('bounce', 'behala')],
    [
      'with the code of a reply address',
      `bounce+${outboxId.toLowerCase()}.${localOf(replyAddress(signer, reference, mailDomain)).slice(-26)}`,
    ],
    ['that is empty', ''],
    ['that never ends', 'bounce+'.repeat(100_000)],
  ])('%s names none', (_name, local) => expect(outboxFromReturnPath(signer, local)).toBeUndefined());

  it('is made for an outbox id only', () => {
    expect(() => returnPath(signer, 'x', mailDomain)).toThrow(/not the id/);
    expect(() => returnPath(signer, `${outboxId.slice(0, 20)}\r\nBcc:x`, mailDomain)).toThrow(/not the id/);
  });
});

describe('the marker line', () => {
  it.each([reference, longest])(
    'is short enough that no program breaks it, and has no space: %s',
    (written) => {
      const line = quotedMarker(signer, written);
      expect(line.length).toBeLessThanOrEqual(70);
      expect(line).not.toMatch(/\s/);
      expect(referenceFromMarker(signer, line.slice(1, -1))).toBe(written);
      expect(referenceFromMarker(signer, line.slice(1, -1).toLowerCase())).toBe(written);
    },
  );

  it.each([
    ['of another installation', quotedMarker(stranger, reference).slice(1, -1)],
    [
      'with another number',
      quotedMarker(signer, reference)
        .slice(1, -1)
        .replace(reference, formatReference('behala', 2026, 124)),
    ],
    [
      'with a wrong check character',
      quotedMarker(signer, reference)
        .slice(1, -1)
        .replace(/-[0-9A-Z]\//, '-0/'),
    ],
    ['with a second code', `${quotedMarker(signer, reference).slice(1, -1)}/x`],
    ['without a code', `${reference}/`],
    ['that is empty', ''],
    ['with the code of a return path', `${reference}/${pathOf().slice(-26)}`],
  ])('%s proves nothing', (_name, marker) => expect(referenceFromMarker(signer, marker)).toBeUndefined());
});

describe('a Message-ID of ours', () => {
  it('tells letter and ticket', () => {
    const id = signedMessageId(signer, { reference, unique: outboxId, mailDomain });
    expect(letterFromMessageId(signer, id, mailDomain)).toEqual({ outboxId, reference });
    expect(letterFromMessageId(signer, id.toUpperCase(), mailDomain)).toEqual({ outboxId, reference });
    expect(letterFromMessageId(stranger, id, mailDomain)).toBeUndefined();
  });
});

describe('any forgery', () => {
  const codes = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.stringMatching(/^bounce\+[0-9a-z]{26}\.[a-z2-7]{26}$/),
    fc.stringMatching(/^BEHALA-26-000123-[0-9A-Z]\/[a-z2-7]{26}$/),
    fc.stringMatching(/^26-123-[a-z2-7]{26}$/),
    fc.stringMatching(/^<[0-9a-z]{26}\.behala\.26-123-[a-z2-7]{26}@mail\.kolkatapolice\.example>$/),
  );

  it('matches nothing and throws nothing', () => {
    fc.assert(
      fc.property(codes, (text) => {
        expect(outboxFromReturnPath(signer, text)).toBeUndefined();
        expect(referenceFromMarker(signer, text)).toBeUndefined();
        expect(referenceFromReplyToken(signer, 'behala', text)).toBeUndefined();
        expect(letterFromMessageId(signer, text, mailDomain)).toBeUndefined();
        expect(referenceFromMessageId(signer, text, mailDomain)).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  it('by one character is none', () => {
    const local = pathOf();
    const marker = quotedMarker(signer, reference).slice(1, -1);
    const id = signedMessageId(signer, { reference, unique: outboxId, mailDomain });
    for (let at = 0; at < 26; at += 1) {
      expect(outboxFromReturnPath(signer, changed(local, local.length - 1 - at))).toBeUndefined();
      expect(referenceFromMarker(signer, changed(marker, marker.length - 1 - at))).toBeUndefined();
      expect(letterFromMessageId(signer, changed(id, 1 + at), mailDomain)).toBeUndefined();
    }
  });
});
