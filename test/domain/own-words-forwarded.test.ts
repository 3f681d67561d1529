// The letter inside a forwarded one: who wrote it, when, about what.
import { describe, expect, it } from 'vitest';
import type { Attachment } from '../../src/domain/message.js';
import { forwardedLetter } from '../../src/domain/own-words-forwarded.js';

const RITA = { address: 'rita@home.example', name: 'Rita Basu' };
const inText = (text: string) => forwardedLetter({ text, attachments: [] });
const gmail = (from: string, body: string, subject = 'Noise'): string =>
  `---------- Forwarded message ---------\nFrom: ${from}\nDate: Mon, 23 Nov 2026 at 10:00\nSubject: ${subject}\nTo: <b@kp.example>\n\n\n${body}\n`;
const outlook = (from: string, body: string, subject = 'Noise'): string =>
  `From: ${from}\nSent: Monday, November 23, 2026 10:00 AM\nTo: OC\nSubject: ${subject}\n\n${body}\n`;

describe('a letter forwarded in the text', () => {
  it.each([
    [
      'Gmail',
      `Please act.\n\n${gmail('Rita Basu <rita@home.example>', 'Loud music.')}`,
      'Noise',
      'Loud music.',
    ],
    ['Outlook', `FYA\n\n${outlook('Rita Basu <rita@home.example>', 'Loud music.')}`, 'Noise', 'Loud music.'],
    [
      'Outlook classic',
      `FYA\n\n-----Original Message-----\n${outlook('Rita Basu [mailto:rita@home.example]', 'Loud music.')}`,
      'Noise',
      'Loud music.',
    ],
    [
      'a name in quotation marks',
      gmail('"Rita Basu" <rita@home.example>', 'Loud music.'),
      'Noise',
      'Loud music.',
    ],
    [
      'HTML made into text',
      gmail('Rita Basu <rita@home.example [rita@home.example]>', 'Loud music.'),
      'Noise',
      'Loud music.',
    ],
    ['Rediffmail', outlook('Rita Basu &lt;rita@home.example&gt;', 'Loud music.'), 'Noise', 'Loud music.'],
    [
      'with stars',
      '*From:* Rita Basu <rita@home.example>\n*Sent:* Monday, November 23, 2026 10:00 AM\n*To:* OC\n*Subject:* Noise\n\nLoud music.',
      'Noise',
      'Loud music.',
    ],
    [
      'Bengali',
      'দেখুন\n\n---------- ফরওয়ার্ড করা মেসেজ ---------\nপ্রেরক: Rita Basu <rita@home.example>\nতারিখ: সোম, ২৩ নভেম্বর\nবিষয়: শব্দ\n\nমাইক বাজে।',
      'শব্দ',
      'মাইক বাজে।',
    ],
    [
      'Hindi',
      'देखिए\n\n-------- अग्रेषित संदेश --------\nप्रेषक: Rita Basu <rita@home.example>\nदिनांक: सोम, 23 नव॰\nविषय: शोर\n\nशोर है।',
      'शोर',
      'शोर है।',
    ],
    [
      'quoted by `>`',
      'Begin forwarded message:\n\n> From: Rita Basu <rita@home.example>\n> Subject: Noise\n> \n> Loud music.\n> Every night.\n',
      'Noise',
      'Loud music.\nEvery night.',
    ],
    [
      'forwarded twice',
      `FYA\n\n${gmail('AC <ac@kp.example>', `Look.\n\n${gmail('Rita Basu <rita@home.example>', 'Loud music.')}`, 'Fwd: Noise')}`,
      'Noise',
      'Loud music.',
    ],
    [
      'forwarded twice by Outlook',
      `FYA\n\n${outlook('AC <ac@kp.example>', `Look.\n\n${outlook('Rita Basu <rita@home.example>', 'Loud music.')}`, 'FW: Noise')}`,
      'Noise',
      'Loud music.',
    ],
    [
      'forwarded twice without a word',
      `${outlook('AC <ac@kp.example>', outlook('Rita Basu <rita@home.example>', 'Loud music.'), 'Noise')}`,
      'Noise',
      'Loud music.',
    ],
    [
      'with what it answers',
      gmail(
        'Rita Basu <rita@home.example>',
        'Still loud.\n\nOn Sun, 22 Nov 2026 at 9:00, B <b@kp.example> wrote:\n> Noted.',
      ),
      'Noise',
      'Still loud.\n\nOn Sun, 22 Nov 2026 at 9:00, B <b@kp.example> wrote:\nNoted.',
    ],
  ])('%s', (_program, text, subject, body) => {
    expect(inText(text)).toMatchObject({ from: RITA, subject, body, part: null });
  });

  it('keeps an answered letter inside the one that answers it', () => {
    const text = `FYA\n\n${outlook('Rita Basu <rita@home.example>', `Still loud.\n\n${outlook('OC <oc@kp.example>', 'Noted.')}`, 'RE: Noise')}`;
    expect(inText(text)).toMatchObject({ from: RITA, subject: 'RE: Noise' });
  });

  it('may tell no address', () => {
    expect(inText(outlook('Rita Basu', 'Loud music.'))).toMatchObject({ from: null, sender: 'Rita Basu' });
  });

  it.each([
    ['a letter', 'Loud music every night.'],
    ['an answer', 'No.\n\nOn Mon, 23 Nov 2026 at 10:00, B <b@kp.example> wrote:\n> Is it solved?'],
    ['a formal letter', 'From: Rita Basu\nTo: The OC\nDate: 24.11.2026\nSubject: Noise\n\nLoud.'],
    ['nothing', ''],
  ])('is none in %s', (_what, text) => expect(inText(text)).toBeNull());
});

describe('a letter forwarded as a part', () => {
  const part = (letter: Attachment['letter']): Attachment => ({
    name: 'Noise.eml',
    type: 'message/rfc822',
    size: 10,
    sha256: '0'.repeat(64),
    part: '2',
    ...(letter ? { letter } : {}),
  });

  it('goes before one in the text', () => {
    const letter = { from: RITA, subject: 'Noise', date: null };
    const text = gmail('das@bad.example', 'Other.');
    expect(forwardedLetter({ text, attachments: [part(letter)] })).toEqual({
      from: RITA,
      sender: 'Rita Basu <rita@home.example>',
      date: '',
      subject: 'Noise',
      body: '',
      part: '2',
    });
  });

  it('without a head is none', () => {
    expect(forwardedLetter({ text: 'See the file.', attachments: [part(undefined)] })).toBeNull();
  });
});

it('a hostile letter is looked through in bounded time', () => {
  for (const line of ['From: a', '> From: a@b.example', '-----Original Message-----', '_'.repeat(32)]) {
    expect(inText(`${line}\n`.repeat(50_000))?.part ?? null).toBeNull();
  }
});
