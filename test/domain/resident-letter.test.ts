import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  composeResidentLetter,
  type ResidentLetterFacts,
  type ResidentTemplate,
  type ResidentValues,
} from '../../src/domain/resident-letter.js';
import { LANGUAGES, type Language } from '../../src/domain/station.js';
import type { Templates } from '../../src/ports/templates.js';
import { loadTemplates } from '../../src/templates/templates.js';

const REFERENCE = 'BEHALA-26-000123-B';
const BEHALA: Record<Language, string> = {
  en: 'Behala Police Station',
  bn: 'বেহালা থানা',
  hi: 'बेहाला थाना',
};
const OR: Record<Language, string> = { en: ' or ', bn: ' বা ', hi: ' या ' };
const VALUES: ResidentValues = {
  emergency_numbers: (language) => ['100', '112'].join(OR[language]),
  station: (language) => BEHALA[language],
  new_station: 'Tala Police Station',
  text: 'A car went round at ten.\nNobody was there.',
  action: 'The loudspeaker was taken away.\nIts owner was fined.',
  outcome: (language) => ({ en: 'solved', bn: 'সমাধান', hi: 'हल' })[language],
  days: '7',
  until: '2026-11-26T04:00:00.000Z',
  asked_at: '2026-11-20T04:00:00.000Z',
  sign_by: '2026-11-27T04:00:00.000Z',
};
const TEMPLATES: ResidentTemplate[] = [
  'reply',
  'ask',
  'answer-reminder',
  'closure',
  'closure-unanswered',
  'transfer',
  'signature',
  'signature-reminder',
];

let templates: Templates;

beforeAll(async () => {
  templates = await loadTemplates(join(import.meta.dirname, '../../config/templates'), LANGUAGES);
});

function compose(changes: Partial<ResidentLetterFacts> = {}) {
  return composeResidentLetter({
    template: 'reply',
    kind: 'reply',
    languages: ['en'],
    templates,
    values: VALUES,
    reference: REFERENCE,
    subject: 'Loud music at night',
    restricted: false,
    thread: { messageId: '<2@home.example>', references: ['<1@home.example>'] },
    marks: {
      outboxId: 'O1',
      messageId: '<o1.behala.26-123-abc@mail.kolkatapolice.example>',
      loop: 'mail.kolkatapolice.example o1.code',
      marker: '[BEHALA-26-000123-K/code]',
    },
    createdAt: '2026-11-24T04:00:00.000Z',
    from: { address: 'behala.ps@kolkatapolice.example', name: 'Behala Police Station' },
    replyTo: { address: 'behala+26-123-abc@mail.kolkatapolice.example', name: 'Behala Police Station' },
    envelopeFrom: 'behala+26-123-abc@mail.kolkatapolice.example',
    to: 'rita@home.example',
    automatic: false,
    timeZone: 'Asia/Kolkata',
    ...changes,
  });
}

describe('a letter to a resident', () => {
  it('that an officer decided to write continues the thread and is not marked as automatic', () => {
    expect(compose()).toMatchObject({
      id: 'O1',
      kind: 'reply',
      envelopeFrom: 'behala+26-123-abc@mail.kolkatapolice.example',
      to: 'rita@home.example',
      subject: `Re: Loud music at night [${REFERENCE}]`,
      messageId: '<o1.behala.26-123-abc@mail.kolkatapolice.example>',
      inReplyTo: '<2@home.example>',
      references: ['<1@home.example>', '<2@home.example>'],
      headers: [
        { name: 'X-Thanadak-Loop', value: 'mail.kolkatapolice.example o1.code' },
        { name: 'Content-Language', value: 'en' },
      ],
    });
  });

  it('that nobody decided to write is marked as automatic', () => {
    const { headers, envelopeFrom } = compose({ automatic: true, envelopeFrom: '' });
    expect(envelopeFrom).toBe('');
    expect(headers.slice(0, 3)).toEqual([
      { name: 'Auto-Submitted', value: 'auto-generated' },
      { name: 'X-Auto-Response-Suppress', value: 'All' },
      { name: 'X-Thanadak-Loop', value: 'mail.kolkatapolice.example o1.code' },
    ]);
  });

  it('keeps the lines of the officer, and puts them into both languages', () => {
    const { text, subject, headers } = compose({ languages: ['bn', 'en', 'hi'] });
    const [first, second, third] = text.split(`\n${'-'.repeat(40)}\n\n`);
    expect(first).toMatch(/^এখনই কেউ বিপদে থাকলে 100 বা 112/);
    expect(second).toMatch(/^If anyone is in danger now, call 100 or 112\./);
    expect(third).toBeUndefined();
    for (const part of [first, second]) {
      expect(part).toContain('\n\nA car went round at ten.\nNobody was there.\n\n');
    }
    expect(subject).toBe(`Re: Loud music at night [${REFERENCE}]`);
    expect(headers.at(-1)).toEqual({ name: 'Content-Language', value: 'bn, en' });
  });

  it('is in English when no language is known', () => {
    expect(compose({ languages: [] }).text).toMatch(/^If anyone/);
  });

  it('asks with a day and hour, and says that the matter rests', () => {
    const { text } = compose({ template: 'ask' });
    expect(text).toContain('by 26 November 2026, 9:30 am. The matter rests until we hear from you.');
    expect(compose({ template: 'ask', languages: ['bn'] }).text).toContain(
      '২৬ নভেম্বর ২০২৬, সকাল ৯:৩০-এর মধ্যে',
    );
    expect(compose({ template: 'ask', languages: ['hi'] }).text).toContain('26 नवंबर 2026, सुबह 9:30 बजे तक');
  });

  it.each<[Language, string[]]>([
    ['en', ['What we did:', 'Outcome: solved', `closed ${REFERENCE}`, 'Not solved? Reply NO within 7 days.']],
    ['bn', ['আমরা যা করেছি:', 'ফলাফল: সমাধান', 'সমাধান হয়নি? ৭ দিনের মধ্যে "না" লিখে উত্তর দিন।']],
    ['hi', ['हमने यह किया:', 'परिणाम: हल', 'हल नहीं हुआ? 7 दिन में "नहीं" लिखकर उत्तर दें।']],
  ])('closes in %s with what was done and how to say that it is not solved', (language, parts) => {
    const { text } = compose({ template: 'closure', kind: 'closure', languages: [language] });
    for (const part of [...parts, '\nThe loudspeaker was taken away.\nIts owner was fined.\n']) {
      expect(text).toContain(part);
    }
  });

  const each = TEMPLATES.flatMap((template) => LANGUAGES.map((language) => [template, language] as const));

  it.each(each)(
    '%s in %s begins with the emergency numbers, is short, and has no link',
    (template, language) => {
      const { subject, text } = compose({
        template,
        languages: [language],
        subject: '',
        values: { ...VALUES, text: '', action: '' },
      });
      expect(text.split('\n')[0]).toContain(`100${OR[language]}112`);
      expect(text.split(/\s+/).length).toBeLessThan(120);
      expect(text).toContain(REFERENCE);
      expect(`${subject}${text}`).not.toMatch(/\{\{|\}\}|https?:|www\.|\d{6}\s?\d{4}/);
    },
  );

  it.each(
    (['reply', 'ask', 'transfer', 'signature', 'signature-reminder'] as const).flatMap((template) =>
      (
        [
          ['en', 'This number is not a GD or FIR number.'],
          ['bn', 'এটি জিডি বা এফআইআর নম্বর নয়।'],
          ['hi', 'यह जीडी या एफ़आईआर नंबर नहीं है।'],
        ] as const
      ).map(([language, sentence]) => [template, language, sentence] as const),
    ),
  )('%s in %s says that the reference is no FIR number', (template, language, sentence) => {
    expect(compose({ template, languages: [language] }).text).toContain(sentence);
  });

  it.each(TEMPLATES)('%s fails when a value is missing, even one its wording does not name', (template) => {
    const { station: _, ...others } = VALUES;
    expect(() => compose({ template, values: others })).toThrow(/station.* has no value/);
  });
});

describe('the subject of a letter to a resident', () => {
  const subject = (text: string, changes: Partial<ResidentLetterFacts> = {}) =>
    compose({ subject: text, ...changes }).subject;

  it.each([
    ['Noise', 'Re: Noise'],
    ['Re: Noise', 'Re: Noise'],
    ['RE: re :Re[2]: Noise', 'Re: Noise'],
    ['Re: Regarding noise', 'Re: Regarding noise'],
    ['Re: [BEHALA-26-000123-B] Noise', 'Re: Noise'],
    ['[BEHALA-26-000123-B] Re: BEHALA-26-000123-B: Noise', 'Re: Noise'],
    ['Re: Noise [BEHALA-26-000123-B] [BEHALA-26-000123-B]', 'Re: Noise'],
    ['[BEHALA-26-000123-X] Noise', 'Re: [BEHALA-26-000123-X] Noise'],
    ['উত্তর: রাতে আওয়াজ', 'Re: রাতে আওয়াজ'],
    ['Fwd: Noise', 'Re: Fwd: Noise'],
    ['  Noise\r\nBcc: kali@evil.example\r\n\r\nbuy', 'Re: Noise Bcc: kali@evil.example buy'],
    ['a\u2028b\u0000c\u202ed\ud800', 'Re: a b cd'],
    ['র\u200d্যাব', 'Re: র\u200d্যাব'],
    ['{{reference}} {{station}}', 'Re: {{reference}} {{station}}'],
  ])('%j becomes %j and the reference', (text, expected) => {
    expect(subject(text)).toBe(`${expected} [${REFERENCE}]`);
  });

  it.each(['', '  ', 'Re:', '[BEHALA-26-000123-B]', 'Re: Re: [BEHALA-26-000123-B]', '\r\n\u202e'])(
    '%j leaves nothing, so the neutral one stands',
    (text) => {
      expect(subject(text)).toBe(`Your letter ${REFERENCE}`);
    },
  );

  it('holds at most 150 characters of theirs, and no part of a character or word', () => {
    const long = subject(`Re: ${'বেহালার রাতের আওয়াজ '.repeat(100)}`);
    expect(Array.from(long).length).toBeLessThanOrEqual(150 + `Re:  [${REFERENCE}]`.length);
    expect(long).toMatch(/ (বেহালার|রাতের|আওয়াজ)… \[BEHALA-26-000123-B\]$/u);
    expect(subject('😀'.repeat(400))).toBe(`Re: ${'😀'.repeat(149)}… [${REFERENCE}]`);
    expect(subject('Re: '.repeat(100_000))).toBe(`Your letter ${REFERENCE}`);
  });

  it.each<[Language, string]>([
    ['en', `Your letter ${REFERENCE}`],
    ['bn', `আপনার চিঠি ${REFERENCE}`],
    ['hi', `आपका पत्र ${REFERENCE}`],
  ])('is neutral in %s for a restricted ticket, whatever is written', (language, expected) => {
    for (const template of TEMPLATES) {
      const changes = { template, languages: [language], restricted: true };
      expect(subject('My husband beats me', changes)).toBe(expected);
    }
  });
});

describe('what strangers write', () => {
  const HOSTILE = 'Hello\r\nBcc: kali@evil.example\r\n\r\n{{station}} \u202e$& \u0000';

  it('is nowhere in an automatic letter', () => {
    for (const template of TEMPLATES) {
      const letter = compose({ template, automatic: true, subject: 'BUY NOW at evil.example' });
      expect(JSON.stringify(letter)).not.toMatch(/BUY NOW|evil/);
      expect(letter.subject).toBe(`Your letter ${REFERENCE}`);
    }
  });

  it('cannot make a header, whatever field it comes in by', () => {
    const mailbox = { address: 'behala.ps@kolkatapolice.example', name: HOSTILE };
    const values = Object.fromEntries(Object.keys(VALUES).map((name) => [name, HOSTILE]));
    const letter = compose({
      subject: HOSTILE,
      from: mailbox,
      replyTo: mailbox,
      thread: { messageId: `<${HOSTILE}>`, references: [`<${HOSTILE}>`] },
      values,
    });
    const { text, ...head } = letter;
    expect(JSON.stringify(head)).not.toMatch(/\\[nru]/);
    expect(text).toContain('Hello\nBcc: kali@evil.example\n\n{{station}} $&\n');
    expect(text).toContain('An officer of Hello Bcc: kali@evil.example {{station}} ');
    expect(letter).toMatchObject({ inReplyTo: null, references: [] });
  });

  it('never brings a control character or a turn of direction into the letter', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (subject, text) => {
        const letter = compose({ subject, values: { ...VALUES, text } });
        const isHeaderSafe = !/[\p{Cc}\u2028-\u202e\u2066-\u2069]/u.test(letter.subject);
        return isHeaderSafe && !/[^\P{Cc}\n]|[\u2028-\u202e\u2066-\u2069]/u.test(letter.text);
      }),
    );
  });
});
