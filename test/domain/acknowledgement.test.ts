import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AcknowledgementFacts,
  type Circumstances,
  isAddressedToUs,
  isReleasable,
  mayAcknowledge,
  type SuppressionReason,
} from '../../src/domain/acknowledgement.js';
import { kindOf } from '../../src/domain/classification.js';
import { HOP_LIMIT, loopHeaderValue } from '../../src/domain/loop.js';
import type { Header } from '../../src/domain/message.js';
import type { MessageKind, Verdict } from '../../src/domain/ticket.js';
import { createSigner } from '../../src/keys/signer.js';

const signer = createSigner(Buffer.alloc(32, 7));
const stranger = createSigner(Buffer.alloc(32, 8));
const OURS = 'mail.kolkatapolice.example';
const RITA = 'rita@home.example';
const received = (count: number): Header[] =>
  Array.from({ length: count }, (_, n) => ({ name: 'received', value: `from h${n}` }));
const header = (name: string, value: string): Header[] => [{ name, value }];
const CALM: Circumstances = { verdict: 'unknown', junk: false, addressed: true, stopped: null };

function decide(headers: Header[], envelopeFrom = RITA, more: Partial<AcknowledgementFacts> = {}) {
  const message = { headers };
  const { kind } = kindOf(
    { ...message, messageId: null, inReplyTo: [], references: [] },
    { signer, mailDomain: OURS, envelopeFrom, report: undefined, isSignUp: false },
  );
  const facts = { message, kind, envelopeFrom, fromOurselves: false, forPostmaster: false, ...more };
  return { kind: facts.kind, decision: mayAcknowledge(facts) };
}

describe('acknowledgement', () => {
  it.each([
    ['an ordinary letter', header('subject', 'Noise')],
    ['Auto-Submitted: no', header('auto-submitted', 'No')],
    ['Auto-Submitted: no with a parameter', header('auto-submitted', 'no; x=1')],
    ['Precedence: first-class', header('precedence', 'first-class')],
    ['X-Auto-Response-Suppress of another kind', header('x-auto-response-suppress', 'DR, NDR, RN')],
    ['fifty hops', received(HOP_LIMIT)],
    [
      "another installation's loop mark",
      header('x-thanadak-loop', loopHeaderValue(stranger, 'mail.elsewhere.example', 'one')),
    ],
    ['one sign of mass mail', header('feedback-id', '1:petition')],
    ['the same sign twice', [...header('errors-to', 'a@b.example'), ...header('errors-to', 'a@b.example')]],
    ['a header that only sounds like a loop', header('x-loophole', 'yes')],
  ])('is sent to %s', (_name, headers) => {
    expect(decide(headers)).toEqual({ kind: 'letter', decision: { allowed: true, to: RITA } });
  });

  it.each([
    ['a robot (RFC 3834 2)', header('auto-submitted', 'auto-generated'), 'auto-reply', 'auto-submitted'],
    ['a reply of a robot', header('auto-submitted', 'auto-replied; x=y'), 'auto-reply', 'auto-submitted'],
    ['an unknown Auto-Submitted value', header('auto-submitted', 'maybe'), 'auto-reply', 'auto-submitted'],
    ['X-Autoreply', header('x-autoreply', 'yes'), 'auto-reply', 'auto-submitted'],
    ['Precedence: auto_reply', header('precedence', 'auto_reply'), 'auto-reply', 'auto-submitted'],
    ['a list (RFC 2919)', header('list-id', '<news.example>'), 'bulk', 'mailing-list'],
    ['List-Unsubscribe', header('list-unsubscribe', '<mailto:x@y.example>'), 'bulk', 'mailing-list'],
    ['Precedence: bulk', header('precedence', ' Bulk '), 'bulk', 'mailing-list'],
    ['a report (RFC 6522)', header('content-type', 'multipart/report; report-type=x'), 'bounce', 'report'],
    [
      'one that asks for silence',
      header('x-auto-response-suppress', 'OOF, AutoReply'),
      'letter',
      'suppression-asked',
    ],
    [
      'one that asks for it in other words',
      header('x-auto-response-suppress', 'all'),
      'letter',
      'suppression-asked',
    ],
    ['a letter with too many hops', received(HOP_LIMIT + 1), 'loop', 'loop'],
    [
      'our own letter come back',
      header('x-thanadak-loop', ` ${loopHeaderValue(signer, OURS, '01JDF3Q4ZV8R6N5T7W9XKHB2CM')} `),
      'loop',
      'loop',
    ],
    ['X-Loop', header('x-loop', 'desk@shop.example'), 'letter', 'loop-mark'],
    ['the loop mark of another desk', header('x-somedesk-loop', 'yes'), 'letter', 'loop-mark'],
    ['the loop prevention of another desk', header('x-rt-loop-prevention', 'shop'), 'letter', 'loop-mark'],
    [
      'mass mail',
      [...header('feedback-id', '1:shop'), ...header('x-campaign-id', '7')],
      'letter',
      'mass-mail',
    ],
  ])('is not sent to %s', (_name, headers, kind, reason) => {
    expect(decide(headers)).toEqual({ kind, decision: { allowed: false, reason } });
  });

  it('is not sent to a null sender (RFC 5321 4.5.5)', () => {
    expect(decide([], '')).toEqual({
      kind: 'auto-reply',
      decision: { allowed: false, reason: 'null-sender' },
    });
  });

  it('is not sent to ourselves', () => {
    expect(decide([], 'behala.ps@kolkatapolice.example', { fromOurselves: true }).decision).toMatchObject({
      reason: 'own-address',
    });
  });

  it('is not sent for letters to postmaster alone', () => {
    expect(decide([], RITA, { forPostmaster: true }).decision).toMatchObject({ reason: 'postmaster' });
  });

  it.each<[MessageKind, SuppressionReason]>([
    ['loop', 'loop'],
    ['bounce', 'report'],
    ['auto-reply', 'auto-submitted'],
    ['bulk', 'mailing-list'],
  ])('is not sent to a letter judged %s, whatever its headers', (kind, reason) => {
    expect(decide([], RITA, { kind }).decision).toMatchObject({ reason });
  });

  const ROBOTS = [
    'MAILER-DAEMON@x.example',
    'no-reply@x.example',
    'noreply+123@x.example',
    'donotreply@x.example',
    'listserv@x.example',
    'majordomo@x.example',
    'owner-news@x.example',
    'news-owner@x.example',
    'news-request@x.example',
    'bounces+rita=home.example@x.example',
    'bounce+01kb.code@x.example',
    'news-bounces@x.example',
    'shop.noreply@x.example',
    'autoresponder@x.example',
    'MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@x.example',
  ];
  it.each(ROBOTS)('is not sent to %s', (address) => {
    expect(decide([], address).decision).toMatchObject({ reason: 'robot-address' });
    const message = { headers: [], from: { address, name: '' } };
    expect(decide([], RITA, { message }).decision).toMatchObject({ reason: 'robot-address' });
  });

  it.each(['postmaster@x.example', 'norepulse@x.example', 'bouncer@x.example', 'requestia@x.example'])(
    'is sent to %s',
    (address) => expect(decide([], address).decision).toEqual({ allowed: true, to: address }),
  );

  it.each([
    'rita',
    '"rita basu"@home.example',
    'a@b.example,c@d.example',
    'rita@[192.0.2.7]',
    'rita@home.example\r\nBcc: x@y.example',
  ])('is not sent to the unusable address %s', (address) =>
    expect(decide([], address).decision).toMatchObject({ reason: 'unusable-address' }),
  );
});

describe('an acknowledgement by what is known of the sender', () => {
  const judge = (author: string | null, envelopeFrom: string, circumstances: Partial<Circumstances>) => {
    const message = { headers: [], from: author === null ? null : { address: author, name: '' } };
    return decide([], envelopeFrom, { message, circumstances: { ...CALM, ...circumstances } }).decision;
  };
  const sent = (to: string) => ({ allowed: true, to });
  const withheld = (reason: SuppressionReason) => ({ allowed: false, reason });

  it.each<[string, string | null, string, Verdict, unknown]>([
    ['aligned', RITA, RITA, 'aligned', sent(RITA)],
    ['partly proven', RITA, RITA, 'partial', sent(RITA)],
    ['not known', RITA, RITA, 'unknown', sent(RITA)],
    ['proven wrong', RITA, RITA, 'failed', withheld('unaligned')],
    ['proven wrong without an author', null, RITA, 'failed', withheld('unaligned')],
    ['not known without an author', null, RITA, 'unknown', sent(RITA)],
    ['another mailbox of one domain', 'arun@home.example', RITA, 'unknown', sent(RITA)],
    ['a machine below the domain', RITA, 'rita@mail.home.example', 'unknown', sent('rita@mail.home.example')],
    ['a domain above the author’s', 'rita@mail.home.example', RITA, 'unknown', sent(RITA)],
    ['another domain', RITA, 'b-1@sender.example', 'unknown', withheld('sender-differs')],
    ['another domain, partly proven', RITA, 'b-1@sender.example', 'partial', withheld('sender-differs')],
    ['another domain, proven', RITA, 'b-1@sender.example', 'aligned', sent(RITA)],
    ['another domain that ends alike', RITA, 'rita@nothome.example', 'unknown', withheld('sender-differs')],
    [
      'another domain, proven, not sendable',
      '"rita b"@home.example',
      'b@sender.example',
      'aligned',
      withheld('sender-differs'),
    ],
    [
      'one domain in two spellings',
      'rita@বাড়ি.example',
      'rita@xn--15bv3cgh.example',
      'unknown',
      sent('rita@xn--15bv3cgh.example'),
    ],
  ])('%s', (_name, author, envelopeFrom, verdict, expected) => {
    expect(judge(author, envelopeFrom, { verdict })).toEqual(expected);
  });

  it.each<[Partial<Circumstances>, unknown]>([
    [{ junk: true }, withheld('junk')],
    [{ addressed: false }, withheld('not-addressed')],
    [{ stopped: 'paused' }, withheld('paused')],
    [{ junk: true, verdict: 'failed', stopped: 'paused' }, withheld('unaligned')],
  ])('%j', (circumstances, expected) => {
    expect(judge(RITA, RITA, circumstances)).toEqual(expected);
    expect(judge('no-reply@home.example', RITA, circumstances)).toEqual(withheld('robot-address'));
  });

  it.each<[SuppressionReason, boolean]>([
    ['unaligned', true],
    ['sender-differs', true],
    ['junk', true],
    ['not-addressed', true],
    ['paused', true],
    ['suppression-asked', true],
    ['mailing-list', true],
    ['mass-mail', true],
    ['loop-mark', true],
    ['null-sender', false],
    ['loop', false],
    ['report', false],
    ['auto-submitted', false],
    ['own-address', false],
    ['robot-address', false],
    ['unusable-address', false],
    ['second-copy', false],
  ])('withheld because of %s may be sent by an officer: %s', (reason, expected) => {
    expect(isReleasable(reason)).toBe(expected);
  });
});

describe('our address in the head', () => {
  const isOurs = (address: string) => address.toLowerCase() === 'behala.ps@kolkatapolice.example';
  const addressed = (headers: Header[], to: string[] = []) =>
    isAddressedToUs({ headers, to: to.map((address) => ({ address, name: '' })) }, isOurs);

  it.each([
    ['in To', [], ['behala.ps@kolkatapolice.example']],
    ['in Cc', header('cc', 'Arun <arun@home.example>, "PS, Behala" <Behala.PS@kolkatapolice.example>'), []],
    ['in Resent-To', header('resent-to', 'behala.ps@kolkatapolice.example'), ['arun@home.example']],
  ])('stands %s', (_name, headers, to) => expect(addressed(headers, to)).toBe(true));

  it.each([
    ['nowhere', [], []],
    ['in another header', header('reply-to', 'behala.ps@kolkatapolice.example'), []],
    ['inside another address', header('to', 'not-behala.ps@kolkatapolice.example'), []],
    [
      'behind too many others',
      header('to', `${'a@b.example, '.repeat(100_000)}behala.ps@kolkatapolice.example`),
      [],
    ],
  ])('does not stand %s', (_name, headers, to) => expect(addressed(headers, to)).toBe(false));
});

describe('any letter', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom(
      '',
      RITA,
      'no-reply@x.example',
      'auto_reply',
      'multipart/report',
      'all',
      'a@b\r\nTo: c@d',
    ),
  );
  const headers = fc.array(
    fc.record({
      name: fc.oneof(
        fc.constantFrom(
          'auto-submitted',
          'precedence',
          'x-loop',
          'list-id',
          'x-auto-response-suppress',
          'content-type',
          'to',
          'cc',
        ),
        text,
      ),
      value: text,
    }),
    { maxLength: 20 },
  );
  const facts = fc.record({
    message: fc.record({
      headers,
      from: fc.option(fc.record({ address: text, name: text }), { nil: null }),
    }),
    kind: fc.constantFrom<MessageKind>('letter', 'auto-reply', 'bounce', 'bulk', 'loop'),
    envelopeFrom: text,
    fromOurselves: fc.boolean(),
    forPostmaster: fc.boolean(),
    circumstances: fc.record({
      verdict: fc.constantFrom<Verdict>('aligned', 'partial', 'unknown', 'failed'),
      junk: fc.boolean(),
      addressed: fc.boolean(),
      stopped: fc.constantFrom('paused' as const, null),
    }),
  });

  it('is judged without an error, and nothing is allowed to an address with a line in it', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const decision = mayAcknowledge(given);
        if (!decision.allowed) return;
        expect(decision.to).toMatch(/^[^\s<>,;:"]+@[^\s<>,;:"]+$/u);
        expect(given.kind).toBe('letter');
        expect(given.circumstances).toMatchObject({ junk: false, addressed: true, stopped: null });
        expect(given.circumstances.verdict).not.toBe('failed');
      }),
      { numRuns: 1_000 },
    );
  });
});
