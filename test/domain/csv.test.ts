import { describe, expect, it } from 'vitest';
import { formatCsv } from '../../src/domain/csv.js';

const cell = (text: string) => formatCsv(['a'], [[text]]).slice('\ufeffa\r\n'.length, -2);

describe('comma-separated values', () => {
  it('begin with a byte order mark and end every row with CRLF', () => {
    expect(formatCsv(['serial', 'substance'], [['1', 'Theft']])).toBe(
      '\ufeffserial,substance\r\n1,Theft\r\n',
    );
    expect(formatCsv(['serial'], [])).toBe('\ufeffserial\r\n');
  });

  it.each([
    ['plain', 'plain'],
    ['', ''],
    ['বেহালা থানা', 'বেহালা থানা'],
    ['one, two', '"one, two"'],
    ['she said "no"', '"she said ""no"""'],
    ['two\nlines', '"two\nlines"'],
    ['two\r\nlines', '"two\r\nlines"'],
    [' leading space', ' leading space'],
    ["o'clock", "o'clock"],
    ['5-3', '5-3'],
  ])('%j stands as %j', (text, written) => {
    expect(cell(text)).toBe(written);
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+919830000000', "'+919830000000"],
    ['-2', "'-2"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', '"\'\r=1"'],
    ['=HYPERLINK("http://evil.example","look")', '"\'=HYPERLINK(""http://evil.example"",""look"")"'],
    ['＝1', "'＝1"],
  ])('%j is no formula', (text, written) => {
    expect(cell(text)).toBe(written);
  });
});
