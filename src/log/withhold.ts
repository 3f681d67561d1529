// What a log line may not tell: secrets never, residents only when the operator asked for it.
import { ThanadakError } from '../domain/errors.js';
import type { LogFields } from '../ports/surroundings.js';

export const WITHHELD = '(withheld)';

const SECRET =
  /^(?:pass|key)$|(?:password|passphrase|secret|authorization|token|cookie|(?:api|private)[-_]?key)$/i;
const RESIDENT = new Set(['text', 'subject', 'address', 'from', 'to', 'name']);
const MAX_TEXT = 4_000;
const MAX_DEPTH = 5;
const MAX_ITEMS = 100;

// DEL, C1 and direction marks reach a terminal unescaped by JSON and could rewrite what the operator sees.
const DECEIVING = /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;
const QUOTED_ADDRESS_OR_WORD = /"[^"\n]{0,128}"@[^\s>]*|[^\s<>()[\],;:"'\\]+/gu;
// A slash before the sign is a package path in a stack, not an address.
const ADDRESS_LIKE = /[^/]@./u;

/** A copy of `fields` fit for the log. Error values become `{ type, message, code?, stack?, cause? }`. */
export function withholdFields(fields: LogFields, residents: boolean): LogFields {
  return withholdObject(fields, { residents, depth: 0 });
}

/** `text` without mail addresses (unless `residents`), deceiving characters and excess length. */
export function withholdText(text: string, residents: boolean): string {
  const cut = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}… (${text.length - MAX_TEXT} more)` : text;
  const plain = cut.replace(DECEIVING, '\ufffd');
  if (residents || !plain.includes('@')) return plain;
  return plain.replace(QUOTED_ADDRESS_OR_WORD, (word) => (ADDRESS_LIKE.test(word) ? WITHHELD : word));
}

interface Walk {
  residents: boolean;
  depth: number;
}

function withholdObject(value: object, walk: Walk): LogFields {
  const result: LogFields = {};
  for (const [key, item] of Object.entries(value)) {
    const hidden = SECRET.test(key) || (!walk.residents && RESIDENT.has(key.toLowerCase()));
    result[key] = hidden && tellsSomething(item) ? WITHHELD : withholdValue(item, walk);
  }
  return result;
}

function tellsSomething(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

function withholdValue(value: unknown, walk: Walk): unknown {
  if (typeof value === 'string') return withholdText(value, walk.residents);
  if (typeof value !== 'object' || value === null) return value;
  if (walk.depth >= MAX_DEPTH) return '(deeper)';
  const inner = { residents: walk.residents, depth: walk.depth + 1 };
  if (value instanceof Error) return describeError(value, inner);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (ArrayBuffer.isView(value)) return `(${value.byteLength} bytes)`;
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((item) => withholdValue(item, inner));
  return withholdObject(value, inner);
}

function describeError(error: Error, walk: Walk): LogFields {
  const result: LogFields = { type: error.name, message: withholdText(error.message, walk.residents) };
  if ('code' in error && (typeof error.code === 'string' || typeof error.code === 'number')) {
    result.code = error.code;
  }
  if (!isExpected(error) && error.stack !== undefined) {
    result.stack = withholdText(error.stack, walk.residents);
  }
  if (error.cause !== undefined) result.cause = withholdValue(error.cause, walk);
  return result;
}

function isExpected(error: Error): boolean {
  return error instanceof ThanadakError && error.code !== 'internal';
}
