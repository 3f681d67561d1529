// One YAML file: its value, its syntax problems, and where in the text every value stands.
import { readFileSync } from 'node:fs';
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type YAMLError,
} from 'yaml';
import { messageOf, systemCode } from '../domain/errors.js';
import type { Path, Place, Problem } from './problem.js';

const MAX_ALIASES = 100;
const NOWHERE = { line: 0, column: 0 };

export interface Source {
  file: string;
  document: Document;
  lines: LineCounter;
  /** Undefined when the file could not be read; `unreadable` says why. */
  text: string | undefined;
  unreadable: string;
  /** The file as plain values; undefined when it could not be understood at all. */
  value: unknown;
  problems: Problem[];
}

/** Reads and parses `file`. Never throws: what went wrong is in `problems`. */
export function readSource(file: string): Source {
  const source = emptySource(file);
  try {
    source.text = decode(readFileSync(file));
  } catch (error) {
    source.unreadable = unreadable(error);
    source.problems.push({ file, ...NOWHERE, message: source.unreadable, mend: '' });
    return source;
  }
  try {
    parseInto(source, source.text);
  } catch (error) {
    source.value = undefined;
    source.problems.push({ file, line: 1, column: 1, ...wordLimit(error) });
  }
  return source;
}

function emptySource(file: string): Source {
  const nothing = { text: undefined, unreadable: '', value: undefined, problems: [] };
  return { file, document: parseDocument(''), lines: new LineCounter(), ...nothing };
}

/** Why a file cannot be read, in words. */
export function unreadable(error: unknown): string {
  const reasons: Record<string, string> = {
    ENOENT: 'no such file',
    EACCES: 'permission denied',
    EISDIR: 'it is a folder',
    ENOTDIR: 'a part of its path is not a folder',
    ERR_ENCODING_INVALID_ENCODED_DATA: 'it is not UTF-8 text',
  };
  return `cannot be read: ${reasons[systemCode(error) ?? ''] ?? messageOf(error)}`;
}

function decode(bytes: Buffer): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}

function parseInto(source: Source, text: string): void {
  source.document = parseDocument(text, { lineCounter: source.lines, prettyErrors: false });
  const { errors, warnings } = source.document;
  source.problems.push(...[...errors, ...warnings].map((error) => syntaxProblem(source, error)));
  // A key given twice leaves the rest of the file readable; after any other error we would report ghosts.
  if (errors.some((error) => error.code !== 'DUPLICATE_KEY')) return;
  source.value = source.document.toJS({ maxAliasCount: MAX_ALIASES }) ?? {};
}

/** Too many aliases, or nesting deeper than the stack. */
function wordLimit(error: unknown): { message: string; mend: string } {
  if (error instanceof ReferenceError) {
    return { message: 'too many aliases (*name)', mend: `use at most ${MAX_ALIASES} of one anchor` };
  }
  if (error instanceof RangeError) return { message: 'nested too deeply', mend: '' };
  return { message: messageOf(error), mend: '' };
}

function syntaxProblem({ file, lines, text = '' }: Source, error: YAMLError): Problem {
  const [offset] = error.pos;
  const { line, col } = lines.linePos(offset);
  const at = { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  if (error.code !== 'DUPLICATE_KEY') return { ...at, message: error.message, mend: '' };
  const key = /^[^\s:]*/.exec(text.slice(offset, offset + 100))?.[0] ?? '';
  return { ...at, message: `the key ${key} is given twice in the same section`, mend: 'remove one of them' };
}

/**
 * Where the value at `path` (or its key) stands. Of a path that the file does not have: where its nearest
 * existing section stands.
 */
export function placeIn(source: Source, path: Path, part: 'key' | 'value'): Place {
  let node: unknown = source.document.contents;
  let offset = offsetOf(node) ?? 0;
  for (const [index, step] of path.entries()) {
    const next = stepInto(source.document, node, step);
    if (next === undefined) break;
    node = next.value;
    const wanted = part === 'key' && index === path.length - 1 ? next.key : next.value;
    offset = offsetOf(wanted) ?? offsetOf(next.key) ?? offset;
  }
  const { line, col } = source.lines.linePos(offset);
  return line > 0 ? { file: source.file, line, column: col } : { file: source.file, line: 1, column: 1 };
}

function stepInto(
  document: Document,
  node: unknown,
  step: string | number,
): { key: unknown; value: unknown } | undefined {
  const holder = isAlias(node) ? node.resolve(document) : node;
  if (isSeq(holder)) {
    const item = typeof step === 'number' ? holder.items[step] : undefined;
    return item === undefined ? undefined : { key: item, value: item };
  }
  if (!isMap(holder)) return undefined;
  return holder.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(step));
}

function offsetOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
