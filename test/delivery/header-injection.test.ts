// Security class 6: whatever a stranger's or an administrator's text holds, the headers are ours and no others.
import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { messageBytes } from '../../src/delivery/message-bytes.js';
import { composeAcknowledgement } from '../../src/domain/acknowledgement-letter.js';
import { anOutgoingLetter } from '../support/outgoing.js';

const OURS = [
  'auto-submitted',
  'content-language',
  'content-transfer-encoding',
  'content-type',
  'date',
  'from',
  'in-reply-to',
  'message-id',
  'mime-version',
  'references',
  'reply-to',
  'return-path',
  'subject',
  'to',
  'x-auto-response-suppress',
  'x-thanadak-loop',
];

/** Text that tries: line ends of every kind, header starts, encoded words, anything. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom(
        '\r\n',
        '\n',
        '\r',
        '\u2028',
        '\u0000',
        ' ',
        '<',
        '>',
        '"',
        ',',
        ';',
        ':',
        '=?utf-8?q?=0d=0a?=',
      ),
      fc.constantFrom('Bcc: kali@evil.example', 'X-Evil: 1', '\r\n\r\n<html>', 'kali@evil.example'),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

describe('a message made from hostile texts', () => {
  it('has our headers and no others, one recipient, and our text', async () => {
    await fc.assert(
      fc.asyncProperty(
        hostile,
        hostile,
        fc.array(hostile, { maxLength: 4 }),
        async (name, id, references) => {
          const letter = composeAcknowledgement({
            languages: ['en'],
            templates: { get: () => ({ subject: 'Received: {{references}}', text: 'We have it.\n' }) },
            references: ['BEHALA-26-000123-K'],
            stations: [{ code: 'behala', name: { en: name }, force: 'kp', division: 'sw', addresses: [] }],
            receivedAt: '2026-11-24T04:00:00.000Z',
            firstActionDueAt: '2026-11-25T04:00:00.000Z',
            timeZone: 'Asia/Kolkata',
            emergencyNumbers: ['100'],
            message: { messageId: `<${id}>`, references: references.map((one) => `<${one}>`) },
            marks: {
              outboxId: 'one',
              messageId: '<one@mail.kolkatapolice.example>',
              loop: 'mail.kolkatapolice.example one.code',
              marker: '[BEHALA-26-000123-K/code]',
            },
            createdAt: '2026-11-24T04:00:00.000Z',
            from: { address: 'behala.ps@kolkatapolice.example', name },
            replyTo: { address: 'behala+1@mail.kolkatapolice.example', name },
            to: 'rita@home.example',
          });
          const parsed = await simpleParser(messageBytes(letter));
          const keys = parsed.headerLines.map(({ key }) => key);
          expect(keys.filter((key) => !OURS.includes(key))).toEqual([]);
          expect(new Set(keys).size).toBe(keys.length);
          expect(parsed.from?.value.map(({ address }) => address)).toEqual([
            'behala.ps@kolkatapolice.example',
          ]);
          expect([parsed.to].flat().map((to) => to?.text)).toEqual(['rita@home.example']);
          expect(parsed.text).toBe('We have it.\n\n[BEHALA-26-000123-K/code]\n');
          expect(parsed.attachments).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('keeps its head although the subject and a header of the outbox row were tampered with', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, hostile, async (subject, value) => {
        const headers = [{ name: 'Auto-Submitted', value }];
        const parsed = await simpleParser(messageBytes(anOutgoingLetter({ subject, headers })));
        expect(parsed.headerLines.map(({ key }) => key).filter((key) => !OURS.includes(key))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
