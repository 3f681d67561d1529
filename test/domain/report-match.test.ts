import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatReference } from '../../src/domain/reference.js';
import { type Report, type ReportRecipient, readReport } from '../../src/domain/report.js';
import { matchReport, outcomeFor } from '../../src/domain/report-match.js';
import { replyAddress, returnPath, signedMessageId } from '../../src/domain/thread-token.js';
import { createSigner } from '../../src/keys/signer.js';
import { MULTIPART_REPORT, messageOf, type Sample } from './report-samples.js';
import { TEXT_SAMPLES } from './report-texts.js';

const signer = createSigner(Buffer.alloc(32, 7));
const stranger = createSigner(Buffer.alloc(32, 8));
const mailDomain = 'mail.kolkatapolice.example';
const outboxId = '01KB8N4Z3Q7V5X2M9T6R1C0WYE';
const reference = formatReference('behala', 2026, 123);
const pathOf = (by = signer) => returnPath(by, outboxId, mailDomain);
const idOf = (by = signer) => signedMessageId(by, { reference, unique: outboxId, mailDomain });

const FAILED = 'Final-Recipient: rfc822; rita@home.example\nAction: failed\nStatus: 5.1.1\n';

function match(sample: Sample, envelopeTo: string[] = ['behala.ps@kolkatapolice.example']) {
  const report = readReport(messageOf({ headers: [MULTIPART_REPORT], ...sample }), '');
  return report && matchReport(signer, report, { envelopeTo, mailDomain });
}

const byPath = { outboxId, by: 'return-path', reference: null };
const byId = { outboxId, by: 'message-id', reference };

describe('a report', () => {
  it.each<[string, ReturnType<typeof match>, unknown]>([
    ['by its return path', match({ report: { deliveryStatus: FAILED } }, [pathOf()]), byPath],
    [
      'by its return path in upper case',
      match({ report: { deliveryStatus: FAILED } }, [pathOf().toUpperCase()]),
      byPath,
    ],
    [
      'by the return path among other recipients',
      match({ report: { deliveryStatus: FAILED } }, ['behala.ps@kolkatapolice.example', pathOf()]),
      byPath,
    ],
    [
      'by the return path in the head that came along',
      match({ report: { deliveryStatus: FAILED, originalHeaders: `Return-Path: <${pathOf()}>\n` } }),
      byPath,
    ],
    [
      'by the sender that Postfix names',
      match({ report: { deliveryStatus: `X-Postfix-Sender: rfc822; ${pathOf()}\n\n${FAILED}` } }),
      byPath,
    ],
    [
      'by the envelope id (RFC 3461 4.4)',
      match({ report: { deliveryStatus: `Original-Envelope-Id: ${pathOf().split('@')[0]}\n\n${FAILED}` } }),
      byPath,
    ],
    [
      'by the Message-ID in the head that came along',
      match({ report: { deliveryStatus: FAILED, originalHeaders: `Message-ID: ${idOf()}\n` } }),
      byId,
    ],
    ['by the letter it answers', match({ report: { deliveryStatus: FAILED }, inReplyTo: [idOf()] }), byId],
    [
      'by the last of References',
      match({ report: { deliveryStatus: FAILED }, references: ['<a@b.example>', idOf()] }),
      byId,
    ],
    [
      'by a Message-ID somewhere in its text',
      match({ headers: [], text: `${TEXT_SAMPLES[0]?.text}\n> Message-ID: ${idOf()}` }),
      byId,
    ],
    [
      'a complaint by the return path it names',
      match({ report: { feedbackReport: `Feedback-Type: abuse\nOriginal-Mail-From: <${pathOf()}>\n` } }),
      byPath,
    ],
    [
      'a receipt by the Message-ID it names',
      match({
        report: { dispositionNotification: `Disposition: x; displayed\nOriginal-Message-ID: ${idOf()}\n` },
      }),
      byId,
    ],
  ])('is matched %s', (_name, matched, expected) => expect(matched).toEqual(expected));

  it.each<[string, ReturnType<typeof match>]>([
    [
      'its return path is of another installation',
      match({ report: { deliveryStatus: FAILED } }, [pathOf(stranger)]),
    ],
    [
      'its return path is under another domain',
      match({ report: { deliveryStatus: FAILED } }, [pathOf().replace(mailDomain, 'home.example')]),
    ],
    [
      'its return path names another letter',
      match({ report: { deliveryStatus: FAILED } }, [pathOf().replace('01kb', '01kc')]),
    ],
    [
      'it came to a reply address',
      match({ report: { deliveryStatus: FAILED } }, [replyAddress(signer, reference, mailDomain)]),
    ],
    [
      'its Message-ID is of another installation',
      match({ report: { deliveryStatus: FAILED, originalHeaders: `Message-ID: ${idOf(stranger)}\n` } }),
    ],
    [
      'its Message-ID was changed',
      match({ report: { deliveryStatus: FAILED }, inReplyTo: [idOf().replace('01kb', '01kc')] }),
    ],
    [
      'it names a reference only',
      match({ report: { deliveryStatus: FAILED }, text: `${reference} [${reference}]`, subject: reference }),
    ],
  ])('matches nothing when %s', (_name, matched) => expect(matched).toBeUndefined());

  it('matches nothing whatever it names, without a code', () => {
    const address = fc.stringMatching(/^bounce\+[0-9a-z]{26}\.[a-z2-7]{26}@mail\.kolkatapolice\.example$/);
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 100 }), address);
    const reports = fc.record({
      kind: fc.constant('bounce' as const),
      recipients: fc.constant<ReportRecipient[]>([]),
      gaveUp: fc.constant(false),
      detail: fc.constant(''),
      originalMessageId: fc.option(text, { nil: null }),
      originalTo: fc.option(text, { nil: null }),
      returnPaths: fc.array(text, { maxLength: 5 }),
      envelopeId: fc.option(text, { nil: null }),
      mentionedIds: fc.array(text, { maxLength: 5 }),
    });
    fc.assert(
      fc.property(reports, fc.array(text, { maxLength: 3 }), (report: Report, envelopeTo) => {
        expect(matchReport(signer, report, { envelopeTo, mailDomain })).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });
});

describe('what became of a letter', () => {
  const outcome = (deliveryStatus: string) => {
    const report = readReport(messageOf({ headers: [MULTIPART_REPORT], report: { deliveryStatus } }), '');
    return report && outcomeFor(report, 'Rita@home.example');
  };

  it.each([
    ['it failed', FAILED, { state: 'failed', status: '5.1.1', elsewhere: null }],
    [
      'it waits',
      'Final-Recipient: rfc822; rita@home.example\nAction: delayed\nStatus: 4.4.1\n',
      { state: 'delayed', status: '4.4.1', elsewhere: null },
    ],
    [
      'it arrived',
      'Final-Recipient: rfc822; rita@home.example\nAction: delivered\nStatus: 2.0.0\n',
      { state: 'delivered', status: '2.0.0', elsewhere: null },
    ],
    [
      'it was passed on and failed there',
      'Original-Recipient: rfc822; rita@home.example\nFinal-Recipient: rfc822; rita@post.example\nAction: failed\nStatus: 5.2.2\n',
      { state: 'failed', status: '5.2.2', elsewhere: 'rita@post.example' },
    ],
    [
      'it was passed on by somebody who does not say so',
      'Final-Recipient: rfc822; rita@post.example\nAction: failed\nStatus: 5.2.2\n',
      { state: 'failed', status: '5.2.2', elsewhere: 'rita@post.example' },
    ],
    [
      'another copy failed, but not hers',
      `Final-Recipient: rfc822; gone@home.example\nAction: failed\n\nFinal-Recipient: rfc822; rita@home.example\nAction: delivered\n`,
      { state: 'delivered', elsewhere: null },
    ],
  ])('when %s', (_name, deliveryStatus, expected) => expect(outcome(deliveryStatus)).toMatchObject(expected));

  it.each(['complaint', 'read-receipt', 'out-of-office'] as const)('is not told by a %s', (kind) => {
    const report = {
      kind,
      recipients: [],
      gaveUp: false,
      detail: '',
      originalMessageId: null,
    } as unknown as Report;
    expect(outcomeFor(report, 'rita@home.example')).toMatchObject({ state: 'none', status: null });
  });

  it('is told by the kind where no recipient is named', () => {
    const report = readReport(messageOf(TEXT_SAMPLES.at(-1) ?? {}), '');
    expect(report && outcomeFor(report, 'rita@home.example')).toMatchObject({
      state: 'failed',
      status: null,
    });
  });
});
