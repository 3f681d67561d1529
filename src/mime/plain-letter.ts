// The letter that needs no MIME parser: one text part as it is, no transfer encoding. Most cost is saved here.
import type { Message } from '../domain/message.js';
import { decodeBytes } from './charset.js';
import { cleanText } from './clean.js';
import { splitHead } from './first-text.js';
import { type HeaderLine, readHead } from './head.js';
import { listInnerFiles } from './inner-files.js';
import { protectionInText } from './protection.js';
import { takeWrittenFiles } from './uuencode.js';

const PLAIN_TYPE = /^ ?text\/plain(?:; ?charset=(?:"([\w.:-]{1,40})"|([\w.:-]{1,40})))?$/i;
const IDENTITY = /^ ?(?:7bit|8bit|binary)$/i;

/**
 * The message of the whole letter `bytes` when it is plain beyond doubt; undefined when a parser must look. The
 * answer is the one the parser would give.
 */
export function readPlainLetter(bytes: Buffer): Message | undefined {
  const { lines, body } = splitHead(bytes.toString('latin1'));
  const label = plainLabel(lines);
  if (label === undefined) return undefined;
  const { text, problem, repair } = decodeBytes(Buffer.from(body, 'latin1'), label);
  const written = takeWrittenFiles(/\S/.test(text) ? cleanText(text) : '');
  return {
    parsed: true,
    problem,
    repairs: repair ? [repair] : [],
    ...readHead(lines),
    text: written.text,
    attachments: listInnerFiles(written.files, { part: 'text', before: 0 }),
    protection: protectionInText(written.text),
    report: null,
  };
}

/** The character set of a plain letter, empty when it names none; undefined when it is not plain. */
function plainLabel(lines: readonly HeaderLine[]): string | undefined {
  let label: string | undefined;
  for (const { key, line } of lines) {
    if (!key.startsWith('content-')) continue;
    const value = line.slice(key.length + 1);
    if (key === 'content-type' && label === undefined) {
      const type = PLAIN_TYPE.exec(value);
      if (!type) return undefined;
      label = type[1] ?? type[2] ?? '';
    } else if (key !== 'content-transfer-encoding' || !IDENTITY.test(value)) {
      return undefined;
    }
  }
  return label ?? '';
}
