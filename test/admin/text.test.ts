import { describe, expect, it } from 'vitest';
import { cleanLines, cutTo, oneLine, pad, widthOf, wrap } from '../../src/admin/text.js';

describe('text from strangers', () => {
  it('cannot steer the terminal: no escape, C1, bidirectional or invisible marks', () => {
    const hostile = 'a\u001b[2Jb\u009b31mc\u0007d\u202ee\u2066f\u200fg\ufeffh\u{e0041}i';
    expect(oneLine(hostile)).toBe('a[2Jb31mcdefg hi');
  });

  it('becomes one line', () => {
    expect(oneLine(' a\r\n\tb\u2028c ')).toBe('a b c');
  });

  it('keeps the joiners that Bengali needs', () => {
    expect(oneLine('র\u200d্যাব')).toBe('র\u200d্যাব');
  });

  it('keeps its lines where they are wanted, without carriage returns', () => {
    expect(cleanLines('a\rb\r\nc\u001b]0;x\u0007\n\td')).toEqual(['a', 'b', 'c]0;x', '    d']);
  });
});

describe('cells of a terminal', () => {
  it.each([
    ['abc', 3],
    ['কি', 1],
    ['थाना', 2],
    ['e\u0301', 1],
    ['警察', 4],
    ['👮🏽‍♀️', 2],
  ])('%s takes %i', (text, cells) => {
    expect(widthOf(text)).toBe(cells);
  });

  it('cuts between grapheme clusters and says so', () => {
    expect(cutTo('কিকিকিকি', 3)).toBe('কিকি…');
    expect(cutTo('abc', 3)).toBe('abc');
  });

  it('pads by cells, not by code units', () => {
    expect(pad('কি', 3)).toBe('কি  ');
  });

  it('wraps at spaces and leaves a long word whole', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrap('incomprehensibilities x', 5)).toEqual(['incomprehensibilities', 'x']);
  });
});
