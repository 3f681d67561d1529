import { describe, expect, it } from 'vitest';
import { readReport } from '../../src/domain/report.js';
import { messageOf } from './report-samples.js';
import { TEXT_SAMPLES } from './report-texts.js';

describe('a report written for people only', () => {
  it.each(TEXT_SAMPLES.map((sample) => [sample.name, sample] as const))('is read: %s', (_name, sample) => {
    const report = readReport(messageOf(sample), '');
    expect(report).toMatchObject({ kind: sample.kind, gaveUp: sample.gaveUp ?? false });
    expect(report?.recipients.map(({ address, status }) => [address, status])).toEqual(sample.recipients);
    if (sample.diagnostic) expect(report?.recipients[0]?.diagnostic).toMatch(sample.diagnostic);
    if (sample.original) expect(report?.originalMessageId).toBe(sample.original);
  });

  it.each(TEXT_SAMPLES.map((sample) => [sample.name, sample] as const))(
    'is none when a person sends it: %s',
    (_name, sample) => {
      expect(
        readReport(messageOf({ ...sample, from: 'rita@home.example' }), 'rita@home.example'),
      ).toBeUndefined();
    },
  );

  it.each([
    ['a form on the web', 'Complaint from the website', 'Name: Rita\nThe neighbours did not stop the music.'],
    ['an empty letter', '', ''],
    [
      'an answer under a report',
      'Re: Undelivered Mail Returned to Sender',
      'I never got your letter, please call.',
    ],
    ['a subject alone', 'Undelivered Mail Returned to Sender', 'Something went wrong.'],
    ['a parcel', 'Parcel', 'The parcel was not delivered to our house and the shop says police must see it.'],
  ])('is none in %s with the null sender', (_name, subject, text) => {
    expect(readReport(messageOf({ from: 'rita@home.example', subject, text }), '')).toBeUndefined();
  });

  it('tells the address it went to and never the mail system', () => {
    const text = `This is the mail system at host mx.home.example.

<mailer-daemon@mx.home.example>: mail system
<rita@home.example>: 550 5.1.1 unknown user`;
    const report = readReport(messageOf({ text }), '');
    expect(report?.recipients.map(({ address }) => address)).toEqual(['rita@home.example']);
  });

  it('keeps the far side on one line of at most 500 characters', () => {
    const text = `This is the mail system at host mx.home.example.

<rita@home.example>: 550 5.1.1 ${'unknown\u0007 user '.repeat(200)}`;
    const diagnostic = readReport(messageOf({ text }), '')?.recipients[0]?.diagnostic ?? '';
    expect(diagnostic.length).toBeLessThanOrEqual(500);
    expect(diagnostic).not.toMatch(/\p{Cc}/u);
  });
});
