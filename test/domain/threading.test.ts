import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatReference } from '../../src/domain/reference.js';
import {
  quotedMarker,
  referenceFromMessageId,
  referenceFromReplyToken,
  replyAddress,
  signedMessageId,
} from '../../src/domain/thread-token.js';
import {
  type Continuable,
  claimsOf,
  continuationOf,
  idsToLookUp,
  PROOFS,
  type Proof,
} from '../../src/domain/threading.js';
import type { Ticket, Verdict } from '../../src/domain/ticket.js';
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

describe('what a message says it continues', () => {
  const refs = [1, 2, 3, 4, 5].map((number) => formatReference('behala', 2026, number));
  const [first = '', second = '', third = '', fourth = '', fifth = ''] = refs;
  const full = {
    message: {
      inReplyTo: [idOf(second)],
      references: ['<theirs@home.example>'],
      subject: `Re: ${fifth}`,
      text: `Nobody came.\n> ${quotedMarker(signer, third)}`,
    },
    recipient: { station: 'behala', token: tokenOf(first) },
    mailDomain,
    stored: [fourth],
  };

  it('is told the strongest proof first', () => {
    expect(claimsOf(signer, full)).toEqual([
      { reference: first, proof: 'reply-address' },
      { reference: second, proof: 'message-id' },
      { reference: third, proof: 'quoted-marker' },
      { reference: fourth, proof: 'stored-id' },
      { reference: fifth, proof: 'subject' },
    ]);
  });

  it('is told once for each ticket, with its strongest proof', () => {
    const message = {
      inReplyTo: [idOf(first)],
      references: [],
      subject: first,
      text: quotedMarker(signer, first),
    };
    expect(
      claimsOf(signer, {
        ...full,
        message,
        recipient: { station: 'behala', token: undefined },
        stored: [first],
      }),
    ).toEqual([{ reference: first, proof: 'message-id' }]);
  });

  it('is nothing in a letter of its own', () => {
    const message = { inReplyTo: [], references: [], subject: 'Noise', text: 'Noise at Lake Road.' };
    expect(
      claimsOf(signer, { ...full, message, recipient: { station: 'behala', token: 'lake' }, stored: [] }),
    ).toEqual([]);
  });

  it('asks the store for the ids that do not tell by themselves, the nearest first, at most twenty', () => {
    const references = [...Array.from({ length: 40 }, (_, n) => `<${n}@home.example>`), idOf(first)];
    const facts = {
      message: { inReplyTo: ['<near@home.example>', idOf(second)], references },
      recipient: { station: 'behala', token: undefined },
      mailDomain,
    };
    const ids = idsToLookUp(signer, facts);
    expect(ids).toHaveLength(20);
    expect(ids.slice(0, 3)).toEqual(['<near@home.example>', '<39@home.example>', '<38@home.example>']);
  });

  it('is told without an error for anything anybody writes', () => {
    const text = fc.string({ unit: 'binary', maxLength: 100 });
    const texts = fc.array(text, { maxLength: 4 });
    fc.assert(
      fc.property(texts, text, text, (ids, subject, token) => {
        const message = { inReplyTo: ids, references: ids, subject, text: subject };
        const facts = { message, recipient: { station: 'behala', token }, mailDomain, stored: [] };
        expect(claimsOf(signer, facts).filter(({ proof }) => proof !== 'subject')).toEqual([]);
        expect(idsToLookUp(signer, facts).length).toBeLessThanOrEqual(20);
      }),
    );
  });
});

describe('who continues a ticket', () => {
  const habits = new Map([['tags.example', {}]]);
  const ticket = {
    reference,
    station: 'behala',
    state: 'open',
    resident: { address: 'Rita@tags.example' },
  } as Ticket;
  const found = (proof: Proof, more: Partial<Continuable> = {}): Continuable => ({
    ticket,
    proof,
    correspondents: ['desk@force.example'],
    ...more,
  });
  const verdicts = ['aligned', 'partial', 'unknown', 'failed'] as const satisfies readonly Verdict[];
  const judge = (proof: Proof, address: string, verdict: Verdict, station = 'behala') => {
    const continuation = continuationOf([found(proof)], { address, verdict, station, habits });
    if (continuation.kind === 'joins') return continuation.by;
    return continuation.kind === 'new' ? 'new' : continuation.doubt;
  };

  const SAME = 'rita@tags.example';
  const NORMALISED = 'rita+police@tags.example';
  const CORRESPONDENT = 'Desk@Force.example';
  const STRANGER = 'mallory@tags.example';
  const forged = 'forged-sender';
  const unproven = 'unproven-sender';

  // aligned, partial, unknown, failed
  it.each<[string, readonly Proof[], string, readonly string[]]>([
    [
      'the resident, signed',
      ['reply-address', 'message-id', 'quoted-marker'],
      SAME,
      ['resident', 'resident', 'resident', forged],
    ],
    ['the resident, unsigned', ['stored-id', 'subject'], SAME, ['resident', unproven, unproven, forged]],
    [
      'the resident by a tag, signed',
      ['reply-address', 'message-id', 'quoted-marker'],
      NORMALISED,
      ['resident', unproven, unproven, forged],
    ],
    [
      'the resident by a tag, unsigned',
      ['stored-id', 'subject'],
      NORMALISED,
      ['resident', unproven, unproven, forged],
    ],
    [
      'a correspondent, signed',
      ['reply-address', 'message-id', 'quoted-marker'],
      CORRESPONDENT,
      ['correspondent', 'correspondent', 'correspondent', forged],
    ],
    [
      'a correspondent, unsigned',
      ['stored-id', 'subject'],
      CORRESPONDENT,
      [unproven, unproven, unproven, forged],
    ],
    ['a stranger', PROOFS, STRANGER, ['stranger', 'stranger', 'stranger', 'stranger']],
    ['nobody', PROOFS, '', ['stranger', 'stranger', 'stranger', 'stranger']],
  ])('%s', (_name, proofs, address, expected) => {
    for (const proof of proofs)
      expect(verdicts.map((verdict) => judge(proof, address, verdict))).toEqual(expected);
  });

  it('only where the ticket lies or its reference began', () => {
    expect(judge('reply-address', SAME, 'aligned', 'lake')).toBe('other-station');
    const moved = { ...ticket, station: 'lake' } as Ticket;
    const sender = { address: SAME, verdict: 'unknown', habits } as const;
    for (const station of ['lake', 'behala']) {
      expect(continuationOf([found('message-id', { ticket: moved })], { ...sender, station }).kind).toBe(
        'joins',
      );
    }
  });

  it('not one that was merged and leads nowhere', () => {
    const merged = { ...ticket, state: 'merged' } as Ticket;
    const sender = { address: SAME, verdict: 'aligned', station: 'behala', habits } as const;
    expect(continuationOf([found('message-id', { ticket: merged })], sender)).toMatchObject({
      kind: 'says-it-continues',
      doubt: 'merged',
    });
  });

  it('the first that it may join, else the first it names, else none', () => {
    const foreign = { ...ticket, reference: other, resident: { address: STRANGER } } as Ticket;
    const sender = { address: SAME, verdict: 'unknown', station: 'behala', habits } as const;
    const strangers = found('reply-address', { ticket: foreign });
    const own = found('quoted-marker');
    const bySubject = found('subject');
    expect(continuationOf([strangers, own], sender)).toEqual({ kind: 'joins', by: 'resident', found: own });
    expect(continuationOf([strangers, bySubject], sender)).toEqual({
      kind: 'says-it-continues',
      doubt: 'stranger',
      found: strangers,
    });
    expect(continuationOf([], sender)).toEqual({ kind: 'new' });
  });
});
