// The first lines a person can read, found without a parser: for letters that defeat it.
import { decodeBytes } from './charset.js';
import { cleanText, clip } from './clean.js';
import { type HeaderLine, isHeader } from './head.js';
import { parseParameters } from './header-words.js';

const MAX_FIRST_TEXT = 10_000;
const MAX_DEPTH = 20;
const MAX_STRUCTURED = 2_000;

export interface SplitLetter {
  lines: HeaderLine[];
  body: string;
  /** No empty line stood before the body (against RFC 5322 2.1); some scripts write such letters. */
  gapless: boolean;
}

/**
 * The head's lines and what follows the first empty line of `raw` (bytes as latin1 characters). What has not one
 * header before that line is all body; where nothing follows it, the body begins in the head, at its first line that
 * is no header.
 */
export function splitHead(raw: string): SplitLetter {
  if (/^\r?\n/.test(raw)) return { lines: [], body: raw, gapless: false };
  const end = /\r?\n\r?\n/.exec(raw);
  const head = end ? raw.slice(0, end.index) : raw;
  const lines = splitLines(head);
  if (!lines.some(isHeader)) return { lines: [], body: raw, gapless: false };
  const body = end ? raw.slice(end.index + end[0].length) : '';
  const words = /\S/.test(body) ? undefined : wordsInHead(head);
  // The lines stay whole: a header folded wrongly looks the same, and what stands below it may be the sender.
  return { lines, body: words ?? body, gapless: words !== undefined };
}

const HEADER_OR_FOLDED = /^(?:[!-9;-~]{1,128}[ \t]*:|[ \t]|\r?$)/;

/** From the first line on, below at least one header, that is neither a header nor a folded part of one. */
function wordsInHead(head: string): string | undefined {
  const lines = head.split('\n');
  const first = lines.findIndex((line) => HEADER_OR_FOLDED.test(line));
  const at = lines.findIndex((line, index) => index > first && !HEADER_OR_FOLDED.test(line));
  return at < 0 ? undefined : `${lines.slice(at).join('\n').trimEnd()}\n`;
}

function splitLines(head: string): HeaderLine[] {
  const lines: HeaderLine[] = [];
  for (const line of head.split(/\r?\n/)) {
    const last = lines.at(-1);
    if (last && /^[ \t]/.test(line)) last.line += `\r\n${line}`;
    else
      lines.push({
        key: line
          .slice(0, Math.max(line.indexOf(':'), 0))
          .trim()
          .toLowerCase(),
        line,
      });
  }
  return lines.filter(({ key }) => key !== '');
}

/** The beginning of the first text part below `lines` and `body`, cleaned; empty when the first part is no text. */
export function findFirstText(lines: readonly HeaderLine[], body: string, depth = 0): string {
  const { value, params } = structured(lines, 'content-type');
  if (value.startsWith('multipart/')) {
    const part = firstPart(body, params.get('boundary') ?? '');
    if (part === undefined) return firstLines(body);
    const inner = splitHead(part);
    return depth < MAX_DEPTH ? findFirstText(inner.lines, inner.body, depth + 1) : '';
  }
  if (value !== '' && value !== 'text/plain' && value !== 'text/html') return '';
  const bytes = decodeTransfer(body, structured(lines, 'content-transfer-encoding').value);
  const { text } = decodeBytes(bytes, params.get('charset') ?? '');
  return clip(cleanText(value === 'text/html' ? stripTags(text) : text), MAX_FIRST_TEXT);
}

function firstLines(body: string): string {
  return clip(cleanText(decodeBytes(Buffer.from(body, 'latin1'), '').text), MAX_FIRST_TEXT);
}

function structured(lines: readonly HeaderLine[], key: string): ReturnType<typeof parseParameters> {
  const line = lines.find((header) => header.key === key)?.line ?? '';
  return parseParameters(line.slice(line.indexOf(':') + 1, MAX_STRUCTURED).replace(/\r?\n/g, ''));
}

function firstPart(body: string, boundary: string): string | undefined {
  if (boundary === '') return undefined;
  const mark = `--${boundary}`;
  const start = body.startsWith(mark) ? 0 : body.indexOf(`\n${mark}`) + 1;
  const head = body.startsWith(mark, start) ? body.indexOf('\n', start) + 1 : 0;
  if (head === 0) return undefined;
  const end = body.indexOf(`\n${mark}`, head - 1);
  return body.slice(head, end < 0 ? undefined : end);
}

function decodeTransfer(body: string, encoding: string): Buffer {
  if (encoding === 'base64') return Buffer.from(body, 'base64');
  if (encoding !== 'quoted-printable') return Buffer.from(body, 'latin1');
  const joined = body.replace(/=[ \t]*\r?\n/g, '');
  const decoded = joined.replace(/=([\da-f]{2})/gi, (_all, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(decoded, 'latin1');
}

/** The words of `html` without its tags, styles and scripts, in one linear pass. */
export function stripTags(html: string): string {
  const words: string[] = [];
  let hidden = false;
  for (const [index, piece] of html.split('<').entries()) {
    if (/^(?:style|script)\b/i.test(piece)) hidden = true;
    if (/^\/(?:style|script)\b/i.test(piece)) hidden = false;
    if (!hidden) words.push(index === 0 ? piece : piece.slice(piece.indexOf('>') + 1));
  }
  return words
    .join(' ')
    .replace(/[ \t]{2,}/g, ' ')
    .trim();
}
