import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillTemplate, oneLine, parseTemplate, plainLines } from '../../src/domain/template.js';

const ALLOWED = {
  subject: ['references', 'stations'],
  lines: ['references', 'stations'],
  blocks: [],
};
const WITH_BLOCK = { subject: ['reference'], lines: ['reference', 'station'], blocks: ['text'] };

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

describe('a template with a value of several lines', () => {
  it.each([
    ['Subject: A {{reference}}\n\nDear\n\n{{text}}\n\n{{station}}', []],
    ['Subject: A\n\n  {{text}}  ', []],
    ['Subject: A {{station}}\n\n{{text}}', [1]],
    ['Subject: A {{text}}\n\n{{text}}', [1]],
    ['Subject: A\n\nWe did: {{text}}', [3]],
    ['Subject: A\n\n{{text}} {{text}}', [3]],
    ['Subject: A\n\nText\n{{text}}.', [4]],
    ['Subject: A\n\nText', [3]],
    ['Subject: A {{text}}\n\nText', [1, 3]],
  ])('%j has problems in the lines %j', (source, lines) => {
    expect(parseTemplate(source, WITH_BLOCK).problems?.map(({ line }) => line) ?? []).toEqual(lines);
  });

  it('is told where it must stand, and that it must not be left out', () => {
    expect(parseTemplate('Subject: {{text}}\n\nWe: {{text}}', WITH_BLOCK).problems).toEqual([
      { line: 1, problem: '{{text}} is not known in a subject; known are {{reference}}' },
      { line: 3, problem: '{{text}} can be several lines long and must stand alone on its line' },
    ]);
    expect(parseTemplate('Subject: A\n\nB', WITH_BLOCK).problems).toEqual([
      { line: 3, problem: 'the letter must contain {{text}}' },
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

  it('keeps the lines of a block, and of nothing else', () => {
    const values = { a: 'one\r\ntwo\rthree\u2028four', b: 'x\ny {{a}}' };
    expect(fillTemplate('{{a}}\n{{b}}\n', values, ['a'])).toBe('one\ntwo\nthree\nfour\nx y {{a}}\n');
  });

  it('takes every other control character and every turn of direction out of a block', () => {
    expect(plainLines('\n a\tb\u0000c\u001b[31m\u202egnp.exe\u202c \u0085 d\u200dে \n\n')).toBe(
      'a bc[31mgnp.exe \n d\u200dে',
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
        return !/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/.test(plainLines(value));
      }),
    );
  });

  it.each(['b', 'constructor', '__proto__'])('fails when nobody fills {{%s}}', (name) => {
    expect(() => fillTemplate(`{{a}}{{${name}}}`, { a: '1' })).toThrow(TypeError);
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
