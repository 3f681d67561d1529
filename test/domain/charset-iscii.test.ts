import { describe, expect, it } from 'vitest';
import { decodeIscii, isciiScript } from '../../src/domain/charset-iscii.js';

describe('the name of a character set', () => {
  it.each([
    ['x-iscii-be', 'be'],
    ['x-iscii-de', 'de'],
    ['iscii-as', 'as'],
    ['x-iscii', 'de'],
    ['57003', 'be'],
    ['cp57002', 'de'],
    ['windows-57011', 'pa'],
    ['x-iscii-xx', undefined],
    ['x-iscii-toString', undefined],
    ['utf-8', undefined],
  ])('%s: %s', (label, script) => expect(isciiScript(label)).toBe(script));
});

describe('ISCII', () => {
  it.each([
    ['Devanagari', 'de', 'd8dbc6e8c4dc', 'हिन्दी'],
    ['Bengali', 'be', 'cadaa2cada', 'বাংবা'],
    ['Bengali, the two-part vowel', 'be', 'c8ddd6e1cfda', 'পুষেরা'],
    ['Bengali, য় of its own', 'be', 'd7cdceda', 'সযয়া'],
    ['Bengali has one letter for ba and va', 'be', 'd4da', 'বা'],
    ['Assamese', 'as', 'cfd4', 'ৰৱ'],
    ['digits', 'be', 'f1f2f3f4f5f6f7f8f9fa', '০১২৩৪৫৬৭৮৯'],
    ['letters with nukta', 'de', 'b3e9bfe9c9e9', 'क\u093cड\u093cफ\u093c'],
    ['a vowel with nukta', 'de', 'a1e9aae9', 'ॐॠ'],
    ['danda once and twice', 'be', 'eaeaea', '॥।'],
    ['halant shown and half form', 'de', 'b3e8e8b3e8e9', 'क्\u200cक्\u200d'],
    ['ASCII between', 'de', '48692120b3', 'Hi! क'],
    ['another script for the rest of the line', 'de', 'b3ef43b30ab3', 'कক\nक'],
    ['bytes without meaning', 'de', 'ebffb3', '\ufffd\ufffdक'],
    ['an attribute at the end', 'de', 'b3ef', 'क'],
  ] as const)('%s', (_what, script, hex, expected) => {
    expect(decodeIscii(Buffer.from(hex, 'hex'), script).normalize('NFC')).toBe(expected.normalize('NFC'));
  });
});
