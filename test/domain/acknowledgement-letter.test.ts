import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type AcknowledgementFacts,
  composeAcknowledgement,
} from '../../src/domain/acknowledgement-letter.js';
import { LANGUAGES, type Language, type Station } from '../../src/domain/station.js';
import type { Templates } from '../../src/ports/templates.js';
import { loadTemplates } from '../../src/templates/templates.js';

const BEHALA: Station = {
  code: 'behala',
  name: { en: 'Behala Police Station', bn: 'বেহালা থানা', hi: 'बेहाला थाना' },
  force: 'kp',
  division: 'sw',
  addresses: ['behala.ps@kolkatapolice.example'],
};
const TALA: Station = { ...BEHALA, code: 'tala', name: { en: 'Tala Police Station' } };

let templates: Templates;

beforeAll(async () => {
  templates = await loadTemplates(join(import.meta.dirname, '../../config/templates'), LANGUAGES);
});

function compose(changes: Partial<AcknowledgementFacts> = {}) {
  return composeAcknowledgement({
    languages: ['en'],
    templates,
    references: ['BEHALA-26-000123-K'],
    stations: [BEHALA],
    receivedAt: '2026-11-24T04:00:00.000Z',
    firstActionDueAt: '2026-11-25T04:00:00.000Z',
    timeZone: 'Asia/Kolkata',
    emergencyNumbers: ['100', '112'],
    message: { messageId: '<1@home.example>', references: [] },
    marks: {
      outboxId: 'O1',
      messageId: '<o1.behala.26-123-abc@mail.kolkatapolice.example>',
      loop: 'mail.kolkatapolice.example o1.code',
      marker: '[BEHALA-26-000123-K/code]',
    },
    createdAt: '2026-11-24T04:00:01.000Z',
    from: { address: 'behala.ps@kolkatapolice.example', name: 'Behala Police Station' },
    replyTo: { address: 'behala+26-123-abc@mail.kolkatapolice.example', name: 'Behala Police Station' },
    to: 'rita@home.example',
    ...changes,
  });
}

describe('the acknowledgement', () => {
  it('goes to the envelope sender with the null return path, marked as automatic', () => {
    expect(compose()).toMatchObject({
      id: 'O1',
      kind: 'acknowledgement',
      envelopeFrom: '',
      to: 'rita@home.example',
      messageId: '<o1.behala.26-123-abc@mail.kolkatapolice.example>',
      createdAt: '2026-11-24T04:00:01.000Z',
      headers: [
        { name: 'Auto-Submitted', value: 'auto-replied' },
        { name: 'X-Auto-Response-Suppress', value: 'All' },
        { name: 'X-Thanadak-Loop', value: 'mail.kolkatapolice.example o1.code' },
        { name: 'Content-Language', value: 'en' },
      ],
    });
  });

  it('tells in English what a resident needs', () => {
    const { subject, text } = compose();
    expect(subject).toBe('We have received your e-mail: BEHALA-26-000123-K');
    expect(text.split('\n')[0]).toBe(
      'If anyone is in danger now, call 100 or 112. Do not wait for an answer by e-mail.',
    );
    expect(text).toContain('on 24 November 2026, 9:30 am.');
    expect(text).toContain('Reference: BEHALA-26-000123-K');
    expect(text).toContain('Police station: Behala Police Station');
    expect(text).toContain('write to you by 25 November 2026, 9:30 am.');
  });

  it.each<[Language, string[]]>([
    ['bn', ['100 বা 112', '২৪ নভেম্বর ২০২৬, সকাল ৯:৩০-এ', 'থানা: বেহালা থানা', '২৫ নভেম্বর ২০২৬, সকাল ৯:৩০-এর মধ্যে']],
    ['hi', ['100 या 112', '24 नवंबर 2026, सुबह 9:30 बजे', 'थाना: बेहाला थाना', '25 नवंबर 2026, सुबह 9:30 बजे तक']],
  ])('tells it in %s, with references and telephone numbers in the digits one types', (language, parts) => {
    const { text, subject } = compose({ languages: [language] });
    for (const part of [...parts, 'BEHALA-26-000123-K']) expect(text).toContain(part);
    expect(subject).toContain('BEHALA-26-000123-K');
  });

  it.each(LANGUAGES)('in %s is short, without link, and leaves no placeholder', (language) => {
    const { subject, text } = compose({ languages: [language] });
    expect(text.split(/\s+/).length).toBeLessThan(120);
    expect(`${subject}${text}`).not.toMatch(/\{\{|\}\}|https?:|www\./);
  });

  it('says both texts when the language is not clear, under the subject of the first', () => {
    const { subject, text, headers } = compose({ languages: ['bn', 'en'] });
    const [first, second] = text.split(`\n${'-'.repeat(40)}\n\n`);
    expect(subject).toMatch(/^আপনার/);
    expect(first).toMatch(/^এখনই কেউ বিপদে থাকলে/);
    expect(second).toMatch(/^If anyone is in danger now/);
    expect(headers.at(-1)).toEqual({ name: 'Content-Language', value: 'bn, en' });
  });

  it('names every ticket and station of a letter to several, in the same order', () => {
    const { text } = compose({
      languages: ['bn'],
      references: ['BEHALA-26-000123-K', 'TALA-26-000007-X'],
      stations: [BEHALA, TALA],
    });
    expect(text).toContain(': BEHALA-26-000123-K, TALA-26-000007-X\n');
    expect(text).toContain('থানা: বেহালা থানা, Tala Police Station\n');
  });
});

describe('the thread of an acknowledgement', () => {
  const thread = (messageId: string | null, references: string[] = []) => {
    const { inReplyTo, references: kept } = compose({ message: { messageId, references } });
    return { inReplyTo, references: kept };
  };

  it('continues that of the resident (RFC 5322 3.6.4)', () => {
    expect(thread('<2@home.example>', ['<0@home.example>', '<1@home.example>'])).toEqual({
      inReplyTo: '<2@home.example>',
      references: ['<0@home.example>', '<1@home.example>', '<2@home.example>'],
    });
  });

  it('keeps the first reference and the last twenty', () => {
    const many = Array.from({ length: 500 }, (_, index) => `<${index}@home.example>`);
    const { references } = thread('<new@home.example>', many);
    expect(references).toEqual([many[0], ...many.slice(-20), '<new@home.example>']);
  });

  it.each([
    null,
    '',
    '1@home.example',
    '<>',
    '<1@home.example',
    '<1@home.example> <2@home.example>',
    '<1@home.example>\r\nBcc: kali@evil.example',
    '<1\r\n@home.example>',
    '<1\u0000@home.example>',
    '<পত্র@home.example>',
    `<${'x'.repeat(300)}@home.example>`,
  ])('does not repeat the message id %j', (id) => {
    expect(thread(id, id === null ? [] : [id])).toEqual({ inReplyTo: null, references: [] });
  });

  it('never carries a line end or an endless id of a stranger', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.array(fc.string({ unit: 'binary' })),
        (id, references) => {
          const kept = thread(
            `<${id}>`,
            references.map((one) => `<${one}>`),
          ).references;
          return kept.every((one) => /^<[\x21-\x7e]{1,250}>$/.test(one));
        },
      ),
    );
  });
});

describe('what the resident wrote', () => {
  it('is nowhere in the acknowledgement', () => {
    const stranger = { subject: 'BUY NOW', text: 'visit evil' };
    const letter = compose({
      message: { messageId: null, references: [], ...stranger } as AcknowledgementFacts['message'],
    });
    expect(JSON.stringify(letter)).not.toMatch(/BUY NOW|visit evil/);
  });
});
