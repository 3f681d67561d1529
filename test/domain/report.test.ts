import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Report, readReport } from '../../src/domain/report.js';
import { MULTIPART_REPORT, messageOf, type Sample } from './report-samples.js';
import { TEXT_SAMPLES } from './report-texts.js';

describe('a complaint (ARF, RFC 5965)', () => {
  const ABUSE = `Feedback-Type: abuse
User-Agent: SomeGenerator/1.0
Version: 1
Original-Mail-From: <bounce+01abc.code@mail.kolkatapolice.example>
Original-Rcpt-To: <rita@home.example>
Original-Rcpt-To: <arun@home.example>
Source-IP: 192.0.2.1
`;

  it('tells who complained, of what kind, and about which letter', () => {
    const originalHeaders = 'Message-ID: <ours@mail.kolkatapolice.example>\n';
    const sample = { headers: [MULTIPART_REPORT], report: { feedbackReport: ABUSE, originalHeaders } };
    expect(readReport(messageOf(sample), 'complaints@home.example')).toMatchObject({
      kind: 'complaint',
      detail: 'abuse',
      gaveUp: false,
      recipients: [
        { address: 'rita@home.example', action: 'none', status: null },
        { address: 'arun@home.example', action: 'none', status: null },
      ],
      returnPaths: ['bounce+01abc.code@mail.kolkatapolice.example'],
      originalMessageId: '<ours@mail.kolkatapolice.example>',
    });
  });

  it.each([
    ['not-spam', 'Feedback-Type: not-spam\n'],
    ['auth-failure', 'Feedback-Type: Auth-Failure\nAuth-Failure: dmarc\n'],
  ])('names its type %s', (type, feedbackReport) => {
    const message = messageOf({ headers: [MULTIPART_REPORT], report: { feedbackReport } });
    expect(readReport(message, '')).toMatchObject({ kind: 'complaint', detail: type, recipients: [] });
  });

  it.each([
    ['no type', 'Version: 1\n', [MULTIPART_REPORT], ''],
    ['a person who passes it on', ABUSE, [], 'rita@home.example'],
  ])('is none with %s', (_name, feedbackReport, headers, from) => {
    const message = messageOf({ headers, from, report: { feedbackReport } });
    expect(readReport(message, from)).toBeUndefined();
  });
});

describe('a receipt (MDN, RFC 8098)', () => {
  it.each([
    ['manual-action/MDN-sent-manually; displayed', 'displayed', 'displayed'],
    ['automatic-action/MDN-sent-automatically; deleted', 'deleted', 'deleted'],
    ['manual-action/MDN-sent-automatically;displayed/error', 'displayed', 'displayed'],
    ['automatic-action/MDN-sent-automatically; dispatched', 'dispatched', 'none'],
  ])('with the disposition %s', (disposition, detail, action) => {
    const dispositionNotification = `Reporting-UA: home.example; Mail
Original-Recipient: rfc822;rita@home.example
Final-Recipient: rfc822;rita@post.example
Original-Message-ID: <ours@mail.kolkatapolice.example>
Disposition: ${disposition}
`;
    const sample = {
      headers: [MULTIPART_REPORT],
      from: 'rita@post.example',
      report: { dispositionNotification },
    };
    expect(readReport(messageOf(sample), '')).toMatchObject({
      kind: 'read-receipt',
      detail,
      originalMessageId: '<ours@mail.kolkatapolice.example>',
      recipients: [{ address: 'rita@post.example', original: 'rita@home.example', action }],
    });
  });

  it('without a disposition is none', () => {
    const report = { dispositionNotification: 'Final-Recipient: rfc822;rita@post.example\n' };
    expect(readReport(messageOf({ headers: [MULTIPART_REPORT], report }), '')).toBeUndefined();
  });
});

const RITA = 'rita@home.example';
const absence = (sample: Sample, envelopeFrom = RITA) =>
  readReport(messageOf({ from: RITA, ...sample }), envelopeFrom)?.kind;
const AUTOMATIC = [['auto-submitted', 'auto-replied']] as const;
const answer = { inReplyTo: ['<ours@mail.kolkatapolice.example>'] };

describe('an absence', () => {
  it.each([
    ['Out of Office: Reference BEHALA-26-000123-K'],
    ['out of office Re: Reference'],
    ['Automatic reply: Reference BEHALA-26-000123-K'],
    ['Auto-Reply: your letter'],
    ['Autoreply'],
    ['Auto: Reference'],
    ['Automated response'],
    ['Vacation reply'],
    ['I am on leave'],
    ['On medical leave Re: Reference'],
    ['Away from my desk'],
    ['Rita Basu (Out of office)'],
    ['স্বয়ংক্রিয় উত্তর: অভিযোগ'],
    ['স্বয়ংক্রিয় জবাব'],
    ['অফিসের বাইরে: অভিযোগ'],
    ['ছুটিতে আছি'],
    ['स्वचालित उत्तर: शिकायत'],
    ['कार्यालय से बाहर'],
    ['छुट्टी पर'],
    ['अवकाश पर'],
    ['Chutti par hoon'],
    ['chhuttite achi'],
    ['Office ke bahar'],
  ])('is known in a robot’s letter by its subject: %s', (subject) => {
    expect(absence({ subject, headers: AUTOMATIC })).toBe('out-of-office');
    expect(absence({ subject }, '')).toBe('out-of-office');
  });

  it.each([
    ["I'm out of the office until Monday with no access to mail."],
    ['I am currently on annual leave.'],
    ['I will be away from 24 to 30 November.'],
    ['This is an automatic reply.'],
    ['Thank you. I shall get back to you on my return.'],
    ['আমি এখন ছুটিতে আছি। ৩০ তারিখে ফিরব।'],
    ['আমি সোমবার পর্যন্ত অফিসের বাইরে থাকব।'],
    ['এটি একটি স্বয়ংক্রিয় উত্তর।'],
    ['मैं 30 नवंबर तक छुट्टी पर हूँ।'],
    ['मैं इस समय कार्यालय से बाहर हूं।'],
    ['यह एक स्वचालित उत्तर है।'],
    ['Main abhi chutti par hoon, sombar ko jawab dunga.'],
    ['Ami ekhon chhutite achi, sombar jabab debo.'],
    ['Ami office-er baire achi.'],
  ])('is known in a robot’s answer by its text: %s', (text) => {
    const sample = { subject: 'Re: Reference BEHALA-26-000123-K', text };
    expect(absence({ ...sample, ...answer, headers: AUTOMATIC })).toBe('out-of-office');
    expect(absence({ ...sample, headers: AUTOMATIC })).toBeUndefined();
    expect(absence({ ...sample, ...answer })).toBeUndefined();
  });

  it('from a program that marks nothing is known only as an answer that says so twice', () => {
    const sample = { subject: 'Out of office: Reference', text: 'I am on leave until Monday.' };
    expect(absence({ ...sample, ...answer })).toBe('out-of-office');
    expect(absence(sample)).toBeUndefined();
    expect(absence({ ...sample, ...answer, text: 'Nobody came.' })).toBeUndefined();
  });

  it.each([
    [
      'an officer is away',
      'Out of office: no officer at the station',
      'The desk officer is on leave, nobody helps.',
    ],
    ['a house was empty', 'Theft', 'I am out of station and my house was broken into. আমি বাইরে আছি।'],
    ['a form on the web', 'Website form', 'I am on leave and want to report noise.'],
  ])('is no complaint in which %s', (_name, subject, text) => {
    expect(absence({ subject, text })).toBeUndefined();
    expect(
      absence({ subject: 'Complaint', text, headers: [['auto-submitted', 'auto-generated']] }),
    ).toBeUndefined();
  });

  it('tells who is away', () => {
    const report = readReport(messageOf({ from: RITA, subject: 'Out of office', headers: AUTOMATIC }), '');
    expect(report?.recipients.map(({ address, action }) => [address, action])).toEqual([[RITA, 'none']]);
  });
});

describe('any input', () => {
  const soup = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc
      .array(
        fc.constantFrom(
          'Final-Recipient: rfc822; ',
          'Action: failed',
          'Status: 5.1.1',
          'rita@home.example',
          '<rita@home.example>:',
          'Diagnostic-Code: smtp; 550 ',
          '\n',
          '\n\n',
          ' ',
          '\\x{09b0}',
          'This is the mail system at host',
          '--- Below this line is a copy of the message.',
          'Message-ID: <a@b>',
          '\u0000',
          '\ud800',
          '@',
          '<',
        ),
        { maxLength: 60 },
      )
      .map((pieces) => pieces.join('')),
    ...TEXT_SAMPLES.map(({ text = '' }) => fc.nat(text.length).map((at) => text.slice(at))),
  );
  const part = fc.option(soup, { nil: null });
  const samples: fc.Arbitrary<Sample> = fc.record({
    headers: fc.array(
      fc.tuple(
        fc.constantFrom('content-type', 'x-failed-recipients', 'auto-submitted', 'precedence'),
        fc.oneof(soup, fc.constant('multipart/report')),
      ),
      { maxLength: 4 },
    ),
    from: fc.option(soup, { nil: null }),
    subject: soup,
    text: soup,
    inReplyTo: fc.array(soup, { maxLength: 3 }),
    references: fc.array(soup, { maxLength: 3 }),
    report: fc.option(
      fc.record({
        deliveryStatus: part,
        originalHeaders: part,
        feedbackReport: part,
        dispositionNotification: part,
      }),
      { nil: null },
    ),
  });

  it('is read without an error, and what comes of it is bounded', () => {
    fc.assert(
      fc.property(samples, fc.oneof(fc.constant(''), soup), (sample, envelopeFrom) => {
        const report = readReport(messageOf(sample), envelopeFrom);
        if (report) expectBounded(report);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['one line without end', 'a'.repeat(1_000_000)],
    ['nothing but at signs', '@'.repeat(1_000_000)],
    ['nothing but brackets', '<'.repeat(1_000_000)],
    ['spaces', ' '.repeat(1_000_000)],
    ['dashes', '-'.repeat(1_000_000)],
    ['addresses', 'a@b '.repeat(250_000)],
    ['addresses on lines', '<a@b>:\n'.repeat(150_000)],
    ['half a sentence again and again', 'your message '.repeat(80_000)],
    ['blank lines', '\n'.repeat(1_000_000)],
    ['folded lines', 'Status: 5\n 5'.repeat(100_000)],
    ['field names', 'Final-Recipient:'.repeat(60_000)],
    ['digits and dots', '5.1.'.repeat(250_000)],
    ['escapes', '\\x{09b0}'.repeat(100_000)],
  ])('of a hostile shape is read: %s', (_name, text) => {
    const report = {
      deliveryStatus: text,
      originalHeaders: text,
      feedbackReport: text,
      dispositionNotification: text,
    };
    const headers = [MULTIPART_REPORT, ['x-failed-recipients', text], ['auto-submitted', text]] as const;
    const read = readReport(messageOf({ text, subject: text, from: text, headers, report }), '');
    if (read) expectBounded(read);
  });
});

function expectBounded(report: Report): void {
  const { recipients, mentionedIds, returnPaths } = report;
  expect(recipients.length).toBeLessThanOrEqual(100);
  expect(mentionedIds.length).toBeLessThanOrEqual(40);
  expect(returnPaths.length).toBeLessThanOrEqual(40);
  for (const { address, status, diagnostic } of recipients) {
    expect(address.length).toBeLessThanOrEqual(400);
    expect(diagnostic.length).toBeLessThanOrEqual(500);
    expect(diagnostic).not.toMatch(/\p{Cc}/u);
    expect(address).not.toMatch(/\p{Cc}/u);
    expect(status ?? '5.1.1').toMatch(/^[245]\.\d{1,3}\.\d{1,3}$/);
  }
}
