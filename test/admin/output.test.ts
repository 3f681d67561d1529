import { describe, expect, it } from 'vitest';
import { countOf, formatFacts, formatJson, formatTable, sizeOf } from '../../src/admin/output.js';
import { widthOf } from '../../src/admin/text.js';

interface Row {
  reference: string;
  subject: string;
}

const COLUMNS = [
  { title: 'REFERENCE', value: (row: Row) => row.reference },
  { title: 'SUBJECT', value: (row: Row) => row.subject, flexible: true },
];

describe('a table', () => {
  it('aligns its columns under their titles and shows an empty cell as a dash', () => {
    const rows = [
      { reference: 'A-1', subject: 'রাস্তার আলো' },
      { reference: 'LONGER-22', subject: '' },
    ];
    expect(formatTable(COLUMNS, rows, undefined)).toBe(
      'REFERENCE  SUBJECT\nA-1        রাস্তার আলো\nLONGER-22  -\n',
    );
  });

  it('cuts the flexible column to the terminal and leaves the others whole', () => {
    const rows = [{ reference: 'BEHALA-26-000123-K', subject: 'a very long subject that goes on and on' }];
    const lines = formatTable(COLUMNS, rows, 40).trimEnd().split('\n');
    expect(lines[1]).toBe('BEHALA-26-000123-K  a very long subject…');
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(40);
  });

  it('is not cut when nobody looks at it', () => {
    const subject = 'x'.repeat(500);
    expect(formatTable(COLUMNS, [{ reference: 'A', subject }], undefined)).toContain(subject);
  });

  it('stops cutting when nothing flexible is left', () => {
    const rows = [{ reference: 'BEHALA-26-000123-K', subject: 'a very long subject' }];
    expect(formatTable(COLUMNS, rows, 5)).toContain('BEHALA-26-000123-K  a very…');
  });
});

describe('JSON', () => {
  it('escapes what could steer a terminal and keeps the value', () => {
    const value = { subject: 'a\u001b[2J\u009bb\u202ec', text: 'থানা' };
    const text = formatJson(value);
    for (const steering of ['\u001b', '\u009b', '\u202e']) expect(text).not.toContain(steering);
    expect(text).toContain('থানা');
    expect(JSON.parse(text)).toEqual(value);
  });
});

describe('facts', () => {
  it('stand in two columns', () => {
    expect(
      formatFacts([
        ['State', 'new'],
        ['Officer', ''],
      ]),
    ).toBe('State    new\nOfficer  -\n');
  });

  it.each([
    [0, '0 bytes'],
    [999, '999 bytes'],
    [1_234, '1.2 kB'],
    [35_700_160, '36 MB'],
    [999_900, '1.0 MB'],
  ])('%i bytes are %s', (bytes, text) => {
    expect(sizeOf(bytes)).toBe(text);
  });

  it('count in words', () => {
    expect([countOf(1, 'letter'), countOf(2, 'letter')]).toEqual(['1 letter', '2 letters']);
  });
});
