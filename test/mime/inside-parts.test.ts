// What is read inside parts of strangers: winmail.dat, RTF, uuencode, calendars; and HTML before it becomes text.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarSummary } from '../../src/mime/calendar-part.js';
import { markHtml } from '../../src/mime/html-marks.js';
import { decompressRtf, rtfText } from '../../src/mime/rtf.js';
import { readTnef } from '../../src/mime/tnef.js';
import { takeWrittenFiles } from '../../src/mime/uuencode.js';

/** The first base64 part of type ms-tnef in a letter of test/letters. */
function winmailOf(scenario: string): Buffer {
  const letter = readFileSync(new URL(`../letters/${scenario}.eml`, import.meta.url), 'latin1');
  const body = /ms-tnef[\s\S]*?\r\n\r\n([A-Za-z0-9+/=\r\n]+)/.exec(letter)?.[1] ?? '';
  return Buffer.from(body, 'base64');
}

describe('a winmail.dat', () => {
  it('gives up its files', () => {
    const tnef = readTnef(winmailOf('winmail-with-two-files'));
    expect(tnef?.whole).toBe(true);
    expect(tnef?.files.map(({ name }) => name)).toEqual(['জায়গা spot.jpg', 'list.txt']);
  });

  it('of something else is none', () => {
    expect(readTnef(Buffer.from('PK\u0003\u0004 and more'))).toBeUndefined();
    expect(readTnef(Buffer.alloc(0))).toBeUndefined();
  });

  it('is survived, whatever is in it', () => {
    const wholes = ['winmail-with-two-files', 'winmail-alone-with-its-text'].map(winmailOf);
    const edits = fc.array(fc.tuple(fc.nat(2_000), fc.nat(255)), { maxLength: 10 });
    fc.assert(
      fc.property(fc.constantFrom(...wholes), edits, fc.nat(2_000), (whole, changes, length) => {
        const bytes = Buffer.from(whole);
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        const tnef = readTnef(bytes.subarray(0, Math.max(length, 6)));
        const size = tnef?.files.reduce((sum, file) => sum + file.bytes.length, 0) ?? 0;
        expect(size).toBeLessThanOrEqual(bytes.length * 2);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('compressed RTF', () => {
  it.each([
    // The examples of MS-OXRTFCP 4.1 and 4.2.
    [
      '2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0',
      '{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n',
    ],
    ['1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0', '{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}'],
  ])('%s', (hex, expected) => {
    expect(decompressRtf(Buffer.from(hex, 'hex'))).toBe(expected);
  });

  it('of garbage ends', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const header = Buffer.from('ffffffffffffff7f4c5a467500000000', 'hex');
        expect(decompressRtf(Buffer.concat([header, bytes])).length).toBeLessThanOrEqual(17 * 300);
      }),
    );
  });
});

describe('RTF as text', () => {
  it.each([
    ['words and paragraphs', '{\\rtf1\\ansi One\\par Two\\line Three}', 'One\nTwo\nThree'],
    [
      'its tables of fonts are no words',
      '{\\rtf1{\\fonttbl{\\f0 Arial;}}{\\colortbl;}{\\*\\generator X;}Help}',
      'Help',
    ],
    ['bytes of a code page', "{\\rtf1\\ansi\\ansicpg1251 \\'cf\\'f0}", 'Пр'],
    ['Unicode with a substitute', '{\\rtf1\\uc1\\u2480?\\u2494?}', 'রা'],
    ['Unicode without one', '{\\rtf1\\uc0\\u2480\\u2494 }', 'রা'],
    ['Unicode below zero', '{\\rtf1\\u-10179?\\u-8704?}', '😀'],
    [
      'folded HTML',
      '{\\rtf1\\fromhtml1{\\*\\htmltag64 <p>}\\htmlrtf {\\b\\htmlrtf0 Help\\htmlrtf }\\htmlrtf0 {\\*\\htmltag72 </p>}}',
      'Help',
    ],
    ['signs', '{\\rtf1 a\\{b\\}c\\\\d\\~e}', 'a{b}c\\d\u00a0e'],
    ['nothing', '', ''],
  ])('%s', (_what, rtf, text) => expect(rtfText(rtf)).toBe(text));

  it('of any depth ends', () => {
    expect(rtfText(`${'{'.repeat(200_000)}Help${'}'.repeat(200_000)}`)).toBe('Help');
  });
});

describe('files written into the text', () => {
  it.each([
    ['uuencode', 'See.\nbegin 644 a.txt\n#0V%T\n`\nend\nThanks.', 'See.\n[a.txt]\nThanks.', ['Cat']],
    [
      'two of them',
      'begin 644 a\n#0V%T\n`\nend\nbegin 755 b c.txt\n#0V%T\nend\n',
      '[a]\n[b c.txt]\n',
      ['Cat', 'Cat'],
    ],
    ['base64', 'begin-base64 644 a.txt\nQ2F0\n====\nx', '[a.txt]\nx', ['Cat']],
    ['a blank cut from the end of a line', 'begin 644 a\n!0P\n`\nend', '[a]', ['C']],
    ['no end', 'begin 644 a\n#0V%T\n`\n', undefined, []],
    ['words', 'begin 644 a\nthis is what the note on our door said, we are afraid of it\nend', undefined, []],
    ['no mode', 'begin again a\nend', undefined, []],
    ['not at the beginning of a line', 'x begin 644 a\n#0V%T\n`\nend', undefined, []],
  ])('%s', (_what, text, left, files) => {
    const taken = takeWrittenFiles(text);
    expect(taken.text).toBe(left ?? text);
    expect(taken.files.map(({ bytes }) => bytes.toString())).toEqual(files);
  });

  it('are looked for in bounded time', () => {
    expect(takeWrittenFiles(`begin 644 a\n${'#0V%T\n'.repeat(100)}`.repeat(1_000)).files).toEqual([]);
    expect(takeWrittenFiles('begin-base64 644 a\nQ2F0\n'.repeat(20_000)).files).toEqual([]);
  });
});

describe('a calendar entry', () => {
  const entry = (...lines: string[]) =>
    `BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n${lines.join('\r\n')}\r\nEND:VEVENT\r\nEND:VCALENDAR`;
  it.each([
    [
      entry('SUMMARY:Meeting', 'DTSTART:20261201T043000Z', 'DTEND:20261201T053000Z'),
      'Meeting, 2026-12-01 04:30 to 05:30 (UTC)',
    ],
    [
      entry('SUMMARY:Fair', 'DTSTART;VALUE=DATE:20261201', 'DTEND;VALUE=DATE:20261203'),
      'Fair, 2026-12-01 to 2026-12-03',
    ],
    [entry('SUMMARY:A\\, b\\; c\\nd'), 'A, b; c d'],
    ['BEGIN:VCALENDAR\nMETHOD:CANCEL\nBEGIN:VEVENT\nSUMMARY:Meeting\nEND:VEVENT', 'Cancelled: Meeting'],
    [entry('DTSTART:soon'), ''],
    ['', ''],
  ])('%j', (text, summary) => expect(calendarSummary(text)).toBe(summary));
});

describe('HTML with marks of mail programs', () => {
  it.each([
    ['no mark', '<p>Help</p>', '<p>Help</p>'],
    ['a quotation', '<blockquote type="cite">x</blockquote>', '<blockquote type="cite">x</blockquote>'],
    ['an indented block', '<blockquote style="border:none">x</blockquote>', '<div>x</div>'],
    [
      'an indented block with a quotation inside',
      '<blockquote style="border: none"><blockquote class="gmail_quote">x</blockquote></blockquote>',
      '<div><blockquote class="gmail_quote">x</blockquote></div>',
    ],
    [
      'a block of Yahoo',
      '<div class="a yahoo_quoted"><div>x</div></div>y',
      '<blockquote><div class="a yahoo_quoted"><div>x</div></div></blockquote>y',
    ],
    [
      'a signature with words below',
      '<div class="gmail_signature">R</div>More',
      '<div class="gmail_signature">R</div>More',
    ],
    [
      'a signature that has its mark',
      '<span>-- </span><br><div class="gmail_signature">R</div>',
      '<span>-- </span><br><div class="gmail_signature">R</div>',
    ],
    [
      'a signature at the end',
      'x<div class="gmail_signature">R</div>',
      'x<div>-- </div><div class="gmail_signature">R</div>',
    ],
  ])('%s', (_what, html, expected) => expect(markHtml(html)).toBe(expected));

  it('of any size is marked in bounded time', () => {
    for (const piece of [
      '<div class="yahoo_quoted">',
      '<div class="gmail_signature">x</div>',
      '<blockquote>',
      '<div id="appendonsend',
      '<div ',
    ]) {
      expect(markHtml(piece.repeat(10_000)).length).toBeGreaterThan(0);
    }
  });
});
