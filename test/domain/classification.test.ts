import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kindOf } from '../../src/domain/classification.js';
import { HOP_LIMIT, loopHeaderValue } from '../../src/domain/loop.js';
import type { Header } from '../../src/domain/message.js';
import { formatReference } from '../../src/domain/reference.js';
import { type Report, readReport } from '../../src/domain/report.js';
import { signedMessageId } from '../../src/domain/thread-token.js';
import { createSigner } from '../../src/keys/signer.js';
import { MULTIPART_REPORT, messageOf, type Sample } from './report-samples.js';

const signer = createSigner(Buffer.alloc(32, 7));
const mailDomain = 'mail.kolkatapolice.example';
const outboxId = '01KB8N4Z3Q7V5X2M9T6R1C0WYE';
const reference = formatReference('behala', 2026, 123);
const ours = signedMessageId(signer, { reference, unique: outboxId, mailDomain });
const RITA = 'rita@home.example';

function judge(sample: Sample & { messageId?: string }, envelopeFrom = RITA) {
  const message = { ...messageOf({ from: RITA, ...sample }), messageId: sample.messageId ?? null };
  const report = readReport(message, envelopeFrom);
  return kindOf(message, { signer, mailDomain, envelopeFrom, report, isSignUp: false });
}

const hops = Array.from({ length: HOP_LIMIT + 1 }, () => ['received', 'from a by b'] as const);
const FAILED = 'Final-Recipient: rfc822; rita@home.example\nAction: failed\n';
const header = (name: string, value: string): Sample => ({ headers: [[name, value]] });

describe('the kind of a letter', () => {
  it.each<[string, Sample & { messageId?: string }, string | undefined, string, string]>([
    ['a person’s', {}, undefined, 'letter', 'none'],
    ['Auto-Submitted: no', header('auto-submitted', 'NO; x=y'), undefined, 'letter', 'none'],
    ['one that asks for silence', header('x-auto-response-suppress', 'All'), undefined, 'letter', 'none'],
    ['one that speaks of absence', { subject: 'Out of office officers' }, undefined, 'letter', 'none'],
    ['a reply of a person to us', { inReplyTo: [ours] }, undefined, 'letter', 'none'],
    [
      'one of another desk',
      header('x-thanadak-loop', loopHeaderValue(signer, 'mail.elsewhere.example', outboxId)),
      undefined,
      'letter',
      'none',
    ],
    ['one with a forged mark', header('x-thanadak-loop', mailDomain), undefined, 'letter', 'none'],
    ['too many hops', { headers: hops }, undefined, 'loop', 'too-many-hops'],
    [
      'our mark',
      header('x-thanadak-loop', loopHeaderValue(signer, mailDomain, outboxId)),
      undefined,
      'loop',
      'own-mark',
    ],
    [
      'our own letter as it left',
      { messageId: ours, headers: [['auto-submitted', 'auto-replied']] },
      undefined,
      'loop',
      'own-message-id',
    ],
    ['a bounce', { headers: [MULTIPART_REPORT], report: { deliveryStatus: FAILED } }, '', 'bounce', 'report'],
    [
      'a bounce in words',
      {
        from: 'mailer-daemon@mx.example',
        text: 'This is the mail system at host mx.example.\n\n<rita@home.example>: unknown user',
      },
      '',
      'bounce',
      'report',
    ],
    [
      'a complaint',
      { headers: [MULTIPART_REPORT], report: { feedbackReport: 'Feedback-Type: abuse' } },
      undefined,
      'bounce',
      'report',
    ],
    [
      'a receipt',
      { headers: [MULTIPART_REPORT], report: { dispositionNotification: 'Disposition: x; displayed' } },
      undefined,
      'bounce',
      'report',
    ],
    [
      'a report that nobody can read',
      { headers: [MULTIPART_REPORT] },
      undefined,
      'bounce',
      'multipart-report',
    ],
    [
      'an absence',
      { headers: [['auto-submitted', 'auto-replied']], subject: 'Out of office' },
      undefined,
      'auto-reply',
      'report',
    ],
    [
      'an absence without a header',
      { subject: 'Out of office: x', text: 'I am on leave', inReplyTo: ['<a@b.example>'] },
      undefined,
      'auto-reply',
      'report',
    ],
    ['a robot’s', header('auto-submitted', 'auto-generated'), undefined, 'auto-reply', 'auto-submitted'],
    [
      'an unknown Auto-Submitted',
      header('auto-submitted', 'perhaps'),
      undefined,
      'auto-reply',
      'auto-submitted',
    ],
    ['an empty Auto-Submitted', header('auto-submitted', ''), undefined, 'auto-reply', 'auto-submitted'],
    ['X-Autoreply', header('x-autoreply', 'yes'), undefined, 'auto-reply', 'auto-submitted'],
    ['X-Autorespond', header('x-autorespond', ''), undefined, 'auto-reply', 'auto-submitted'],
    ['X-Apple-Action', header('x-apple-action', 'vacation'), undefined, 'auto-reply', 'auto-submitted'],
    ['Precedence: auto_reply', header('precedence', 'Auto_Reply'), undefined, 'auto-reply', 'auto-submitted'],
    [
      'a robot’s answer to us',
      { headers: [['auto-submitted', 'auto-replied']], references: ['<x@y.example>', ours] },
      undefined,
      'auto-reply',
      'robot-answers-ours',
    ],
    [
      'a robot’s answer with a forged id',
      { headers: [['auto-submitted', 'auto-replied']], references: [ours.replace('behala', 'lake')] },
      undefined,
      'auto-reply',
      'auto-submitted',
    ],
    ['one without a sender', {}, '', 'auto-reply', 'null-sender'],
    ['a list’s (RFC 2919)', header('list-id', '<news.example>'), undefined, 'bulk', 'mailing-list'],
    [
      'List-Unsubscribe',
      header('list-unsubscribe', '<mailto:x@y.example>'),
      undefined,
      'bulk',
      'mailing-list',
    ],
    ['Precedence: list', header('precedence', ' list '), undefined, 'bulk', 'mailing-list'],
    ['Precedence: junk', header('precedence', 'junk'), undefined, 'bulk', 'mailing-list'],
    ['Precedence: listing', header('precedence', 'listing'), undefined, 'letter', 'none'],
    ['List-Something', header('list-something', 'x'), undefined, 'letter', 'none'],
  ])('%s', (_name, sample, envelopeFrom, kind, sign) => {
    expect(judge(sample, envelopeFrom)).toEqual({ kind, sign });
  });

  it('is loop before all else: nothing of ours that comes back is taken for a report', () => {
    const headers = [
      MULTIPART_REPORT,
      ['x-thanadak-loop', loopHeaderValue(signer, mailDomain, outboxId)],
    ] as const;
    expect(judge({ headers, report: { deliveryStatus: FAILED } }, '').kind).toBe('loop');
  });
});

describe('any soup of headers', () => {
  const names = fc.constantFrom(
    'received',
    'auto-submitted',
    'precedence',
    'list-id',
    'x-thanadak-loop',
    'content-type',
    'x-autoreply',
    'x-apple-action',
    'subject',
    'x-loop',
    '',
    '__proto__',
    'constructor',
  );
  const values = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 100 }),
    fc.constantFrom('no', 'auto-replied', 'bulk', 'multipart/report', ours, mailDomain, 'by by by'),
  );
  const headers = fc.array(fc.record({ name: names, value: values }), { maxLength: 80 });
  const ids = fc.array(values, { maxLength: 5 });

  it('has a kind', () => {
    fc.assert(
      fc.property(headers, ids, values, (soup: Header[], references, envelopeFrom) => {
        const message = {
          headers: soup,
          messageId: references[0] ?? null,
          inReplyTo: references,
          references,
        };
        const { kind } = kindOf(message, {
          signer,
          mailDomain,
          envelopeFrom,
          report: undefined,
          isSignUp: false,
        });
        expect(['letter', 'auto-reply', 'bounce', 'bulk', 'loop']).toContain(kind);
      }),
      { numRuns: 500 },
    );
  });

  it('of any size has one, too', () => {
    const value = 'by '.repeat(300_000);
    const soup = Array.from({ length: 50 }, () => ({ name: 'received', value }));
    const message = {
      headers: [...soup, { name: 'precedence', value }],
      messageId: value,
      inReplyTo: [value],
      references: [value],
    };
    const facts = {
      signer,
      mailDomain,
      ownNames: ['x.example'],
      envelopeFrom: value,
      report: undefined,
      isSignUp: false,
    };
    expect(kindOf(message, facts).kind).toBe('letter');
  });

  it('of a sign-up robot is one unless it is a report or a loop', () => {
    const message = { headers: [], messageId: null, inReplyTo: [], references: [] };
    const facts = { signer, mailDomain, envelopeFrom: 'no-reply@chat.example', isSignUp: true };
    expect(kindOf(message, { ...facts, report: undefined }).kind).toBe('sign-up');
    expect(kindOf(message, { ...facts, report: { kind: 'delay' } as Report }).kind).toBe('bounce');
    expect(kindOf({ ...message, messageId: ours }, { ...facts, report: undefined }).kind).toBe('loop');
  });

  it('with a report in it is what the report says', () => {
    const report = { kind: 'delay' } as Report;
    const message = { headers: [], messageId: null, inReplyTo: [], references: [] };
    expect(kindOf(message, { signer, mailDomain, envelopeFrom: '', report, isSignUp: false }).kind).toBe(
      'bounce',
    );
  });
});
