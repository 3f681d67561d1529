// Text whose label is wrong or missing, and what is said about its mending.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBytes } from '../../src/mime/charset.js';
import { decodedOnce } from '../../src/mime/charset-twice.js';

const BENGALI = 'আমাদের পাড়ায় রোজ রাতে খুব শব্দ হয়।';
const HINDI = 'हमारी गली में रोज़ रात को बहुत शोर होता है।';
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');
const latin1 = (hex: string): Buffer => Buffer.from(hex, 'hex');
/** As a program writes UTF-8 that it took for ISO 8859-1. */
const again = (text: string): string => Buffer.from(text).toString('latin1');

describe('bytes in a doubtful character set', () => {
  it.each([
    ['English', Buffer.from('Help'), 'us-ascii', 'Help', null],
    ['Bengali, rightly labelled', Buffer.from(BENGALI), 'utf-8', BENGALI, null],
    ['Bengali without a label', Buffer.from(BENGALI), '', BENGALI, null],
    ['Bengali labelled us-ascii', Buffer.from(BENGALI), 'US-ASCII', BENGALI, 'utf-8'],
    ['Bengali labelled windows-1252', Buffer.from(BENGALI), 'windows-1252', BENGALI, 'utf-8'],
    ['Hindi labelled koi8-r', Buffer.from(HINDI), 'koi8-r', HINDI, 'utf-8'],
    [
      'two bytes of Russian that may be anything',
      latin1('d0a1'),
      'koi8-r',
      decodeBytes(latin1('d0a1'), 'koi8-r').text,
      null,
    ],
    ['windows-1252 labelled so', latin1('934869 94'.replace(' ', '')), 'windows-1252', '“Hi”', null],
    ['windows-1252 labelled iso-8859-1', latin1('93486994'), 'iso-8859-1', '“Hi”', 'windows-1252'],
    ['iso-8859-1 labelled so', latin1('636166e9'), 'iso-8859-1', 'café', null],
    ['windows-1252 without a label', latin1('636166e92e'), '', 'café.', 'windows-1252'],
    ['UTF-16 with a mark', Buffer.concat([latin1('fffe'), utf16(HINDI)]), 'utf-8', HINDI, 'utf-16'],
    [
      'UTF-16, high byte first, with a mark',
      Buffer.concat([latin1('feff'), utf16(HINDI).swap16()]),
      '',
      HINDI,
      'utf-16',
    ],
    ['UTF-16 without mark or label', utf16(`${BENGALI}\r\n`), '', `${BENGALI}\r\n`, 'utf-16'],
    ['UTF-16 of English without a mark', utf16('Loud music\r\n'), 'iso-8859-1', 'Loud music\r\n', 'utf-16'],
    [
      'UTF-16 in the other order than labelled',
      utf16(`${HINDI}\n`).swap16(),
      'utf-16le',
      `${HINDI}\n`,
      'utf-16',
    ],
    ['UTF-16 as labelled', utf16(`${HINDI}\n`), 'utf-16le', `${HINDI}\n`, null],
    ['UTF-8 labelled UTF-16', Buffer.from(HINDI), 'UTF-16', HINDI, 'utf-8'],
    ['half a character of UTF-16', utf16(`${HINDI}\n`).subarray(0, -1), 'utf-16', HINDI, null],
    ['Bengali encoded twice', Buffer.from(again(BENGALI)), 'utf-8', BENGALI, 'encoded-twice'],
    [
      'Bengali encoded twice, mislabelled',
      Buffer.from(again(BENGALI)),
      'iso-8859-1',
      BENGALI,
      'encoded-twice',
    ],
    ['ISCII', latin1('d8dbc6e8c4dc'), 'x-iscii-de', 'हिन्दी', 'iscii'],
    ['text with a NUL in it', Buffer.from('Help\0 me now, please'), '', 'Help\0 me now, please', null],
  ] as const)('%s', (_what, bytes, label, text, repair) => {
    expect(decodeBytes(Buffer.from(bytes), label)).toEqual({ text, problem: null, repair });
  });

  it('never throw, whatever label they bear', () => {
    const labels = fc.constantFrom(
      '',
      'utf-8',
      'utf-16',
      'utf-16be',
      'iso-8859-1',
      'x-iscii-be',
      'koi8-r',
      'gb18030',
      'x',
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), labels, (bytes, label) => {
        expect(typeof decodeBytes(Buffer.from(bytes), label).text).toBe('string');
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('text that may have been encoded twice', () => {
  it.each([
    ['Bengali', again(BENGALI), BENGALI],
    ['a part of it', `${HINDI}\n${again(BENGALI)}`, `${HINDI}\n${BENGALI}`],
    ['thrice', again(again('রাত')), 'রাত'],
    ['French', again('café'), 'café'],
    ['quotation marks between Hindi', `${HINDI} â€œशोरâ€`, undefined],
    ['proper French', 'à côté de l’école, déjà vu', undefined],
    ['a hard space after à', 'à\u00a0la mairie', undefined],
    ['proper Bengali', BENGALI, undefined],
    ['English', 'Help', undefined],
  ])('%s', (_what, text, expected) => {
    if (expected !== undefined) expect(decodedOnce(text)).toBe(expected);
    else expect(decodedOnce(text) ?? text).not.toContain('\ufffd');
  });

  it('is left alone when it was not', () => {
    for (const text of ['à côté de l’école', 'à\u00a0la mairie', BENGALI, HINDI, 'Straße für Ålesund']) {
      expect(decodedOnce(text)).toBeUndefined();
    }
  });
});
