// What a stranger may write where we expect a name, a subject, an id or a text.
import fc from 'fast-check';

const PIECES = [
  '\r\n',
  '\n',
  '\r',
  '\r\n\r\n',
  '\n.\n',
  '\u2028',
  '\u0085',
  '\0',
  '\u001b[2J',
  '\u202e',
  '\u200b',
  '\ud83d',
  ' ',
  '\t',
  '<',
  '>',
  '"',
  '\\',
  ',',
  ';',
  ':',
  '@',
  '=?utf-8?q?=0d=0aBcc:=20kali@evil.example?=',
  '=?utf-8?b?DQpUbzoga2FsaUBldmlsLmV4YW1wbGU=?=',
  '=?x?z?',
  'Bcc: kali@evil.example',
  'To: <kali@evil.example>',
  'X-Evil: 1',
  '<html>',
  '--mix',
  '{{reference}}',
  '{"level":"error"}',
  'BEHALA-26-000123-K',
  'আগুন',
  'मदद',
];
const HUGE = ['x', 'ক', '(', '<a@b> ', 'a.b-26-', '>\n', '"', '=?utf-8?b?'].map((piece) =>
  piece.repeat(20_000 / piece.length),
);

/** Any text, and mostly text that tries: line ends, heads of headers, encoded words, marks that turn or hide; or 20,000 characters of the same. */
export const hostile: fc.Arbitrary<string> = fc.oneof(
  { weight: 30, arbitrary: fc.array(piece(), { maxLength: 8 }).map((pieces) => pieces.join('')) },
  { weight: 1, arbitrary: fc.constantFrom(...HUGE) },
);

function piece(): fc.Arbitrary<string> {
  return fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.constantFrom(...PIECES));
}

/** A Message-ID as the parser may hand it on, and what no parser would. */
export const hostileId: fc.Arbitrary<string> = fc.oneof(
  hostile,
  hostile.map((text) => `<${text}>`),
  fc.constantFrom(
    '<1@home.example>',
    `<${'a'.repeat(240)}@b>`,
    '<a b@home.example>',
    '<>',
    '<<1@home.example>>',
  ),
);
