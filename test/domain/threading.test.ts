import { describe, expect, it } from 'vitest';
import { formatReference } from '../../src/domain/reference.js';
import {
  referenceFromMessageId,
  referenceFromReplyToken,
  replyAddress,
  signedMessageId,
} from '../../src/domain/thread-token.js';
import { mayJoin, provenReferences } from '../../src/domain/threading.js';
import type { Ticket } from '../../src/domain/ticket.js';
import { createSigner } from '../../src/keys/signer.js';

const signer = createSigner(Buffer.alloc(32, 7));
const stranger = createSigner(Buffer.alloc(32, 8));
const mailDomain = 'mail.kolkatapolice.example';
const reference = formatReference('behala', 2026, 123);
const other = formatReference('behala', 2026, 124);
const idOf = (ref: string, by = signer) =>
  signedMessageId(by, { reference: ref, unique: '01ABC', mailDomain });
const tokenOf = (ref: string, by = signer) =>
  replyAddress(by, ref, mailDomain).split('@')[0]?.split('+')[1] ?? '';

describe('a signed reference', () => {
  it('fits a mailbox name even for the longest station code and number (RFC 5321 4.5.3.1.1)', () => {
    const longest = formatReference('a'.repeat(24), 2026, 99_999_999);
    expect(replyAddress(signer, longest, mailDomain).split('@')[0]?.length).toBeLessThanOrEqual(64);
  });

  it('is read back from the reply address, in any case', () => {
    expect(referenceFromReplyToken(signer, 'behala', tokenOf(reference))).toBe(reference);
    expect(referenceFromReplyToken(signer, 'behala', tokenOf(reference).toUpperCase())).toBe(reference);
  });

  it('is read back from the Message-ID, in any case', () => {
    expect(referenceFromMessageId(signer, idOf(reference), mailDomain)).toBe(reference);
    expect(referenceFromMessageId(signer, idOf(reference).toUpperCase(), mailDomain)).toBe(reference);
  });

  it.each([
    ['of another station', () => referenceFromReplyToken(signer, 'lake', tokenOf(reference))],
    [
      'with another number',
      () => referenceFromReplyToken(signer, 'behala', tokenOf(reference).replace('123', '124')),
    ],
    [
      'of another installation',
      () => referenceFromReplyToken(signer, 'behala', tokenOf(reference, stranger)),
    ],
    [
      'with a code cut short',
      () => referenceFromReplyToken(signer, 'behala', tokenOf(reference).slice(0, -1)),
    ],
    ['without a code', () => referenceFromReplyToken(signer, 'behala', '26-123')],
    ['that is empty', () => referenceFromReplyToken(signer, 'behala', '')],
    ['in a foreign Message-ID', () => referenceFromMessageId(signer, idOf(reference, stranger), mailDomain)],
    ['in another domain', () => referenceFromMessageId(signer, idOf(reference), 'mail.elsewhere.example')],
    [
      'moved to another letter',
      () => referenceFromMessageId(signer, idOf(reference).replace('01abc', '01abd'), mailDomain),
    ],
    [
      'taken from a reply address',
      () => referenceFromMessageId(signer, `<01abc.behala.${tokenOf(reference)}@${mailDomain}>`, mailDomain),
    ],
    ['that is no Message-ID', () => referenceFromMessageId(signer, 'x'.repeat(100_000), mailDomain)],
  ])('%s proves nothing', (_name, read) => expect(read()).toBeUndefined());
});

describe('threading', () => {
  const recipient = { station: 'behala', token: undefined };
  const message = { inReplyTo: [] as string[], references: [] as string[] };

  it('believes the reply address first, then In-Reply-To, then the latest of References', () => {
    const third = formatReference('behala', 2026, 125);
    const facts = {
      message: { inReplyTo: [idOf(other)], references: [idOf(reference), idOf(third)] },
      recipient: { station: 'behala', token: tokenOf(reference) },
      mailDomain,
    };
    expect(provenReferences(signer, facts)).toEqual([reference, other, third]);
  });

  it('believes no forged reference', () => {
    const forged = {
      inReplyTo: [idOf(reference, stranger), '<x@y.example>', 'junk'],
      references: [reference],
    };
    expect(provenReferences(signer, { message: forged, recipient, mailDomain })).toEqual([]);
    expect(provenReferences(signer, { message, recipient, mailDomain })).toEqual([]);
  });

  const ticket = {
    reference,
    station: 'behala',
    state: 'open',
    resident: { address: 'Rita@Home.example' },
  } as Ticket;
  it.each([
    ['the resident', ticket, 'rita@home.example', 'behala', 'resident'],
    ['whom it was passed on to', ticket, 'Desk@Force.example', 'behala', 'correspondent'],
    [
      'the resident at the station where the reference began',
      { ...ticket, station: 'lake', reference } as Ticket,
      'rita@home.example',
      'behala',
      'resident',
    ],
    ['a stranger', ticket, 'mallory@home.example', 'behala', undefined],
    ['nobody', ticket, '', 'behala', undefined],
    ['the resident at another station', ticket, 'rita@home.example', 'lake', undefined],
    [
      'the resident of a merged ticket',
      { ...ticket, state: 'merged' } as Ticket,
      'rita@home.example',
      'behala',
      undefined,
    ],
  ])('lets %s join or not', (_name, to, sender, station, expected) => {
    expect(mayJoin(to, { sender, station, correspondents: ['desk@force.example'] })).toBe(expected);
  });
});
