import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillTemplate, oneLine, parseTemplate } from '../../src/domain/template.js';

const ALLOWED = ['references', 'stations'];

describe('a template file', () => {
  it('is a subject, a blank line and the body, whatever its line ends', () => {
    const source =
      '\ufeffSubject:  Received {{references}} \r\n\r\nDear resident,\r\n\r\n{{stations}}\r\n\r\n';
    expect(parseTemplate(source, ALLOWED)).toEqual({
      template: { subject: 'Received {{references}}', text: 'Dear resident,\n\n{{stations}}\n' },
    });
  });

  it.each([
    ['', [1, 3]],
    ['Dear resident\n\nText', [1]],
    ['Subject:\n\nText', [1]],
    ['Subject: A\nText\nMore', [2]],
    ['Subject: A\n\n \n', [3]],
    ['Subject: A {{name}}\n\nText', [1]],
    ['Subject: A\n\nText\n{{reference}}\n{{stations}} {{officer}}', [4, 5]],
    ['Subject: A\n\nText {{references', [3]],
    ['Subject: A\n\nText references}}', [3]],
    ['Subject: A\n\nText {{ references }}', [3]],
    ['Subject: A\n\nText {{#if references}}', [3]],
    ['Subject: A\n\nText {{{references}}}', []],
    ['Subject: A\n\nText {{constructor}}', [3]],
  ])('%j has problems in the lines %j', (source, lines) => {
    expect(parseTemplate(source, ALLOWED).problems?.map(({ line }) => line) ?? []).toEqual(lines);
  });

  it('is told which placeholders it may use', () => {
    expect(parseTemplate('Subject: A\n\n{{name}}', ALLOWED).problems).toEqual([
      { line: 3, problem: '{{name}} is not known; known are {{references}}, {{stations}}' },
    ]);
  });
});

describe('filling a template', () => {
  it('puts every value in its places', () => {
    expect(fillTemplate('{{a}} and {{b}} and {{a}}', { a: '1', b: '2' })).toBe('1 and 2 and 1');
  });

  it('never looks into a value, and understands no replacement pattern in it', () => {
    expect(fillTemplate('{{a}}{{b}}', { a: '{{b}}', b: "$& $1 $' {{a}}" })).toBe("{{b}}$& $1 $' {{a}}");
    expect(fillTemplate('{{a}}}', { a: '{{b' })).toBe('{{b}');
  });

  it('keeps every value on its line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const filled = fillTemplate('Subject: {{a}}', { a: `x\r\n${value}` });
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
        return !/[\u0000-\u001f\u007f\u0085\u2028\u2029]/.test(filled) && filled.startsWith('Subject: x ');
      }),
    );
    expect(oneLine('a\r\nb\u2028c\td')).toBe('a b c d');
  });
});
