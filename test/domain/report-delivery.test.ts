import { describe, expect, it } from 'vitest';
import { type Report, readReport } from '../../src/domain/report.js';
import { MULTIPART_REPORT, messageOf, ORIGINAL, type Sample } from './report-samples.js';

const PER_MESSAGE = 'Reporting-MTA: dns; mx.home.example\nArrival-Date: Tue, 24 Nov 2026 04:00:00 +0000\n';

function read(deliveryStatus: string, more: Sample = {}, envelopeFrom = ''): Report | undefined {
  const report = { deliveryStatus, originalHeaders: ORIGINAL, ...more.report };
  return readReport(messageOf({ headers: [MULTIPART_REPORT], ...more, report }), envelopeFrom);
}

describe('a delivery status notification (RFC 3464)', () => {
  it.each<[string, string, Partial<Report>, string | null]>([
    ['failed', 'Action: failed\nStatus: 5.1.1', { kind: 'bounce' }, '5.1.1'],
    ['failed, in any case', 'ACTION: Failed\nSTATUS: 5.1.1 (bad mailbox)', { kind: 'bounce' }, '5.1.1'],
    ['delayed', 'Action: delayed\nStatus: 4.4.1', { kind: 'delay', gaveUp: false }, '4.4.1'],
    ['delayed without a status', 'Action: delayed', { kind: 'delay', gaveUp: false }, '4.0.0'],
    [
      'given up after temporary failures',
      'Action: failed\nStatus: 4.4.7',
      { kind: 'delay', gaveUp: true },
      '4.4.7',
    ],
    ['delivered', 'Action: delivered\nStatus: 2.1.5', { kind: 'delivered' }, '2.1.5'],
    ['relayed', 'Action: relayed\nStatus: 2.0.0', { kind: 'delivered' }, '2.0.0'],
    ['expanded', 'Action: expanded\nStatus: 2.0.0', { kind: 'delivered' }, '2.0.0'],
    ['without an action', 'Status: 5.2.2', { kind: 'bounce' }, '5.2.2'],
    ['without an action, temporary', 'Status: 4.2.2', { kind: 'delay', gaveUp: false }, '4.2.2'],
    ['with an action nobody knows', 'Action: pondered\nStatus: 2.0.0', { kind: 'delivered' }, '2.0.0'],
    ['with a status that is none', 'Action: failed\nStatus: unknown', { kind: 'bounce' }, '5.0.0'],
    [
      'with a status that says nothing',
      'Action: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550-5.1.1 no such user',
      { kind: 'bounce' },
      '5.1.1',
    ],
    [
      'with a reply of SMTP alone',
      'Action: failed\nDiagnostic-Code: smtp; 550 refused',
      { kind: 'bounce' },
      '5.0.0',
    ],
    [
      'with words alone',
      'Action: failed\nDiagnostic-Code: X-Unix; user unknown',
      { kind: 'bounce' },
      '5.1.1',
    ],
    [
      'with the address of a machine that looks like a status',
      'Action: failed\nDiagnostic-Code: smtp; host 5.1.1.9 said 5.1.1.9: mailbox is full',
      { kind: 'bounce' },
      '5.2.2',
    ],
    [
      'with a temporary code of an earlier hop beside it',
      'Action: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 451 4.7.1 later; then 552 5.2.3 too large',
      { kind: 'bounce' },
      '5.2.3',
    ],
  ])('%s', (_name, fields, expected, status) => {
    const report = read(`${PER_MESSAGE}\nFinal-Recipient: rfc822; rita@home.example\n${fields}\n`);
    expect(report).toMatchObject(expected);
    expect(report?.recipients).toEqual([expect.objectContaining({ address: 'rita@home.example', status })]);
  });

  it('speaks of several recipients, and the worst counts', () => {
    const report = read(`${PER_MESSAGE}
Original-Recipient: rfc822;rita@home.example
Final-Recipient: rfc822;rita@post.example
Action: delivered
Status: 2.0.0

Final-Recipient: rfc822;arun@home.example
Action: delayed
Status: 4.4.1

Final-Recipient: rfc822;gone@home.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <gone@home.example>:
    Recipient address rejected
`);
    expect(report).toMatchObject({ kind: 'bounce', gaveUp: false });
    expect(report?.recipients).toEqual([
      {
        address: 'rita@post.example',
        original: 'rita@home.example',
        action: 'delivered',
        status: '2.0.0',
        diagnostic: '',
      },
      { address: 'arun@home.example', original: null, action: 'delayed', status: '4.4.1', diagnostic: '' },
      {
        address: 'gone@home.example',
        original: null,
        action: 'failed',
        status: '5.1.1',
        diagnostic: 'smtp; 550 5.1.1 <gone@home.example>: Recipient address rejected',
      },
    ]);
  });

  it.each([
    ['rfc822; rita@home.example', 'rita@home.example'],
    ['RFC822;<rita@home.example>', 'rita@home.example'],
    ['rita@home.example', 'rita@home.example'],
    ['rfc822; rita@home.example (Rita Basu)', 'rita@home.example'],
    ['rfc822;"rita@home.example"', 'rita@home.example'],
    ['utf-8; রীতা@home.example', 'রীতা@home.example'],
    [String.raw`utf-8; \x{09B0}\x{09C0}\x{09A4}\x{09BE}@home.example`, 'রীতা@home.example'],
    [String.raw`utf-8; rita\x{D800}\x{110000}\x{0}@home.example`, 'rita@home.example'],
  ])('names the recipient as %s (RFC 3464 2.3.2, RFC 6533 3)', (value, address) => {
    const report = read(`${PER_MESSAGE}\nFinal-Recipient: ${value}\nAction: failed\nStatus: 5.1.1\n`);
    expect(report?.recipients.map((recipient) => recipient.address)).toEqual([address]);
  });

  it.each([
    [
      'a blank line after each field',
      'Final-Recipient: rfc822; rita@home.example\nAction: failed\n\nStatus: 5.1.1\n',
    ],
    [
      'no blank line before the recipient',
      `${PER_MESSAGE}Final-Recipient: rfc822; rita@home.example\nAction: failed\n`,
    ],
    [
      'no blank line between two recipients',
      'Final-Recipient: rfc822; rita@home.example\nAction: failed\nFinal-Recipient: rfc822; arun@home.example\nAction: failed\n',
    ],
    [
      'line ends of CRLF',
      `${PER_MESSAGE}\nFinal-Recipient: rfc822; rita@home.example\nAction: failed\n`.replace(/\n/g, '\r\n'),
    ],
    [
      'lines that are no fields',
      `what is this\n${PER_MESSAGE}\n\nFinal-Recipient: rfc822; rita@home.example\n???\nAction: failed\n`,
    ],
  ])('is read with %s', (_name, deliveryStatus) => {
    const report = read(deliveryStatus);
    expect(report?.kind).toBe('bounce');
    expect(report?.recipients[0]).toMatchObject({ address: 'rita@home.example', action: 'failed' });
  });

  it('takes the recipient from X-Failed-Recipients when no field names one', () => {
    const headers = [MULTIPART_REPORT, ['x-failed-recipients', 'rita@home.example']] as const;
    const report = read(`${PER_MESSAGE}\nAction: failed\nStatus: 5.1.1\n`, { headers });
    expect(report?.recipients).toEqual([expect.objectContaining({ address: 'rita@home.example' })]);
  });

  it('tells what it says about the letter itself', () => {
    const report = read(`Reporting-MTA: dns; mx.home.example
Original-Envelope-Id: 01abc.code
X-Original-Message-ID: <other@mail.kolkatapolice.example>
X-Postfix-Sender: rfc822; bounce+01abc.code@mail.kolkatapolice.example

Final-Recipient: rfc822; rita@home.example
Action: failed
`);
    expect(report).toMatchObject({
      originalMessageId: '<other@mail.kolkatapolice.example>',
      originalTo: 'rita@home.example',
      envelopeId: '01abc.code',
      returnPaths: [
        'bounce+01abc.code@mail.kolkatapolice.example',
        'bounce+01test.code@mail.kolkatapolice.example',
      ],
    });
  });

  it('finds the id of the letter in what came along of it, and mentions every other id', () => {
    const report = read(`${PER_MESSAGE}\nFinal-Recipient: rfc822; rita@home.example\nAction: failed\n`, {
      inReplyTo: ['<answered@mail.kolkatapolice.example>'],
      text: 'about <quoted@mail.kolkatapolice.example>',
    });
    expect(report?.originalMessageId).toBe('<ours.behala.26-123-code@mail.kolkatapolice.example>');
    expect(report?.mentionedIds).toEqual([
      '<ours.behala.26-123-code@mail.kolkatapolice.example>',
      '<answered@mail.kolkatapolice.example>',
      '<quoted@mail.kolkatapolice.example>',
    ]);
  });

  it.each<[string, Sample, string]>([
    ['from a mail system without the type of the whole', { headers: [] }, ''],
    ['from a postmaster', { headers: [], from: 'postmaster@home.example' }, 'postmaster@home.example'],
    ['as a whole, from any sender', { from: 'reports@home.example' }, 'reports@home.example'],
  ])('is believed %s', (_name, sample, envelopeFrom) => {
    const fields = `${PER_MESSAGE}\nFinal-Recipient: rfc822; rita@home.example\nAction: failed\n`;
    expect(read(fields, sample, envelopeFrom)?.kind).toBe('bounce');
  });

  it('is not believed inside the letter of a person who passes it on', () => {
    const fields = `${PER_MESSAGE}\nFinal-Recipient: rfc822; rita@home.example\nAction: failed\n`;
    const sample = { headers: [['content-type', 'multipart/mixed']] as const, from: 'rita@home.example' };
    expect(read(fields, sample, 'rita@home.example')).toBeUndefined();
  });

  it.each([
    ['nothing', ''],
    ['no recipient', PER_MESSAGE],
    ['a recipient without an address', `${PER_MESSAGE}\nFinal-Recipient: rfc822; rita\nAction: failed\n`],
    ['a recipient and nothing about it', `${PER_MESSAGE}\nFinal-Recipient: rfc822; rita@home.example\n`],
  ])('is none with %s in it', (_name, fields) => expect(read(fields)).toBeUndefined());

  it('with more recipients than anybody wrote to is cut', () => {
    const many = Array.from(
      { length: 3_000 },
      (_, n) => `Final-Recipient: rfc822; r${n}@home.example\nAction: failed\n`,
    ).join('\n');
    expect(read(many)?.recipients).toHaveLength(100);
  });
});
