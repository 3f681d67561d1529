// Single header fields: dates, mailboxes, and text in doubtful character sets.
import { describe, expect, it } from 'vitest';
import { readMailboxes } from '../../src/mime/addresses.js';
import { decodeBytes } from '../../src/mime/charset.js';
import { cleanLine, cleanText, clip } from '../../src/mime/clean.js';
import { readDate } from '../../src/mime/date-header.js';

describe('a Date header', () => {
  it.each([
    ['Tue, 24 Nov 2026 09:24:46 +0530', '2026-11-24T03:54:46.000Z'],
    ['24 Nov 2026 09:24 -0800', '2026-11-24T17:24:00.000Z'],
    ['Tue,  4 Nov 26 09:24:46 GMT (comment)', '2026-11-04T09:24:46.000Z'],
    ['Tue, 24 Nov 98 09:24:46 EST', '1998-11-24T14:24:46.000Z'],
    ['Thu, 29 Feb 2024 23:59:60 +0000', '2024-02-29T23:59:59.000Z'],
  ])('%s is an instant', (value, expected) => {
    expect(readDate(value)).toBe(expected);
  });

  it.each([
    '',
    'garbage',
    'now',
    '2026-11-24',
    'Mon, 31 Feb 2026 10:00:00 +0530',
    'Tue, 24 Xyz 2026 09:24:46 +0530',
    'Tue, 24 Nov 2026 25:00:00 +0530',
    'Tue, 24 Nov 2026 09:24:46 +9959',
    `${'('.repeat(100_000)} 24 Nov 2026`,
  ])('%# is no instant', (value) => {
    expect(readDate(value)).toBeNull();
  });
});

describe('an address header', () => {
  it.each([
    [' Asha Sen <asha@home.example>', [{ name: 'Asha Sen', address: 'asha@home.example' }]],
    [' asha@home.example', [{ name: '', address: 'asha@home.example' }]],
    [' "Sen, Asha" <asha@home.example>', [{ name: 'Sen, Asha', address: 'asha@home.example' }]],
    [' asha@home.example (Asha)', [{ name: 'Asha', address: 'asha@home.example' }]],
    [
      ' =?utf-8?Q?"x"=2C_evil=40bad.example?= <asha@home.example>',
      [{ name: 'x, evil@bad.example', address: 'asha@home.example' }],
    ],
    [' "a@good.example" <evil@bad.example>', [{ name: 'a@good.example', address: 'evil@bad.example' }]],
    [' =?utf-8?Q?victim=40home.example?=@bad.example', []],
    [' <>', []],
    [' undisclosed-recipients:;', []],
  ])('%s', (value, expected) => {
    expect(readMailboxes([value], 10)).toEqual(expected);
  });

  it('gives no more mailboxes than asked for, however long it is', () => {
    const value = 'a@home.example, '.repeat(100_000);
    expect(readMailboxes([value], 5)).toHaveLength(5);
  });
});

describe('bytes in a doubtful character set', () => {
  const bengali = Buffer.from('রাস্তা');
  it.each([
    ['Bengali bytes without a label', bengali, '', 'রাস্তা'],
    ['Bengali bytes labelled Western', bengali, 'ISO-8859-1', 'রাস্তা'],
    ['Western bytes labelled UTF-8', Buffer.from([0x93, 0x48, 0x69, 0x94]), 'utf-8', '“Hi”'],
    ['Western bytes labelled Western', Buffer.from([0x63, 0xe9]), 'windows-1252', 'cé'],
    ['a text cut inside a character', bengali.subarray(0, -1), 'utf-8', 'রাস্ত'],
    ['a known label', Buffer.from([0xcf, 0xf0]), 'koi8-r', 'оП'],
    ['an encoding that could hide markup', Buffer.from('+ADw-b+AD4-'), 'utf-7', '+ADw-b+AD4-'],
    ['nothing', Buffer.alloc(0), 'utf-8', ''],
  ])('%s', (_what, bytes, label, expected) => {
    expect(decodeBytes(bytes, label).text).toBe(expected);
  });

  it('of an unknown name are named in the problem, without what could harm', () => {
    expect(decodeBytes(bengali, 'x-\u0007unknown').problem).toBe(
      'The letter named the unknown character set "x-unknown".',
    );
  });
});

describe('text of strangers', () => {
  it('keeps its lines and tabs and loses other control characters', () => {
    expect(cleanText('a\r\nb\rc\td\0e\u001b[1m\u009bf')).toBe('a\nb\nc\tde[1mf');
  });

  it('in one line has no breaks', () => {
    expect(cleanLine(' a\r\n\tb\nBcc: c\0 ')).toBe('a b Bcc: c');
  });

  it('is never cut inside a character', () => {
    expect(clip('a😀', 2)).toBe('a');
  });
});
