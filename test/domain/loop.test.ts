import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOP_LIMIT, isOwnLoop, LOOP_HEADER, loopHeaderValue, loopSign } from '../../src/domain/loop.js';
import type { Header } from '../../src/domain/message.js';
import { formatReference } from '../../src/domain/reference.js';
import { signedMessageId } from '../../src/domain/thread-token.js';
import { createSigner } from '../../src/keys/signer.js';

const signer = createSigner(Buffer.alloc(32, 7));
const stranger = createSigner(Buffer.alloc(32, 8));
const mailDomain = 'mail.kolkatapolice.example';
const outboxId = '01KB8N4Z3Q7V5X2M9T6R1C0WYE';
const mark = loopHeaderValue(signer, mailDomain, outboxId);
const reference = formatReference('behala', 2026, 123);

describe('the loop mark of a letter', () => {
  it.each([
    ['as it left', mark],
    ['in upper case', mark.toUpperCase()],
    ['with white space around it', `  ${mark} `],
  ])('is known %s', (_name, value) => expect(isOwnLoop(signer, value, mailDomain)).toBe(true));

  it('is known by the key before the last rotation', () => {
    expect(isOwnLoop(createSigner([Buffer.alloc(32, 9), Buffer.alloc(32, 7)]), mark, mailDomain)).toBe(true);
  });

  it('differs for every letter, so that none can be copied into a filter', () => {
    expect(loopHeaderValue(signer, mailDomain, '01OTHER')).not.toBe(mark);
  });

  it.each([
    ['of another installation', loopHeaderValue(stranger, mailDomain, outboxId)],
    ['of another domain', loopHeaderValue(signer, 'mail.elsewhere.example', outboxId)],
    [
      'with its domain changed',
      loopHeaderValue(signer, 'mail.elsewhere.example', outboxId).replace('elsewhere', 'kolkatapolice'),
    ],
    ['with another letter’s code', mark.replace('01kb', '01kc')],
    ['that is the domain alone', mailDomain],
    ['with a code cut short', mark.slice(0, -1)],
    ['that is empty', ''],
    ['without end', `${mailDomain} ${'a'.repeat(1_000_000)}`],
  ])('%s is not ours', (_name, value) => expect(isOwnLoop(signer, value, mailDomain)).toBe(false));

  it('is never ours without the key', () => {
    const values = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.stringMatching(/^mail\.kolkatapolice\.example [0-9a-z]{26}\.[a-z2-7]{26}$/),
    );
    fc.assert(
      fc.property(values, (value) => {
        expect(isOwnLoop(signer, value, mailDomain)).toBe(false);
      }),
    );
  });
});

describe('a letter that goes in a circle', () => {
  const received = (count: number): Header[] =>
    Array.from({ length: count }, (_, n) => ({ name: 'received', value: `from h${n} by h${n + 1}; today` }));
  const sign = (headers: Header[], messageId: string | null = null) =>
    loopSign({ headers, messageId }, { signer, mailDomain, ownNames: ['front.kolkatapolice.example'] });
  const ours = signedMessageId(signer, { reference, unique: outboxId, mailDomain });

  it.each([
    ['too many hops', sign(received(HOP_LIMIT + 1)), 'too-many-hops'],
    ['our mark', sign([{ name: LOOP_HEADER.toLowerCase(), value: mark }]), 'own-mark'],
    [
      'our mark behind one of others',
      sign([
        {
          name: LOOP_HEADER.toLowerCase(),
          value: loopHeaderValue(stranger, 'mail.elsewhere.example', outboxId),
        },
        { name: LOOP_HEADER.toLowerCase(), value: mark },
      ]),
      'own-mark',
    ],
    ['a Message-ID of ours', sign([], ours), 'own-message-id'],
    [
      'a hop of ours',
      sign([
        {
          name: 'received',
          value: 'from a (b [192.0.2.7]) by Front.kolkatapolice.example (x) with ESMTPS; today',
        },
      ]),
      'own-hop',
    ],
  ])('is known by %s', (_name, found, expected) => expect(found).toBe(expected));

  it.each([
    ['as many hops as are allowed', sign(received(HOP_LIMIT))],
    [
      "another installation's mark",
      sign([{ name: LOOP_HEADER.toLowerCase(), value: loopHeaderValue(stranger, mailDomain, outboxId) }]),
    ],
    ['a Message-ID that only looks like ours', sign([], ours.replace('behala', 'lake'))],
    [
      'a hop from us',
      sign([{ name: 'received', value: 'from front.kolkatapolice.example by mx.home.example' }]),
    ],
    ['nothing', sign([])],
  ])('is not seen in %s', (_name, found) => expect(found).toBeUndefined());
});
