// Answers of the DNS as plain values: what kind of records we ask for, and what an answer may look like.

export const RECORD_TYPES = ['TXT', 'A', 'AAAA', 'MX', 'PTR'] as const;
export type RecordType = (typeof RECORD_TYPES)[number];

/** TXT: strings of one record each; MX: exchange and priority; the others: addresses or names. */
export type Records = string[][] | string[] | { exchange: string; priority: number }[];

export type Answer =
  | { kind: 'records'; records: Records; ttlSeconds: number | undefined }
  /** There are none; the code is what node:dns says. */
  | { kind: 'none'; code: 'ENOTFOUND' | 'ENODATA' }
  /** Nobody knows: no server answered, or not in time, or not sensibly. */
  | { kind: 'trouble'; code: string };

const MAX_RECORDS = 100;
const MAX_LENGTH = 16_384;

/** What a resolver resolved to. Records of another shape than asked for are left out. */
export function readAnswer(type: RecordType, answer: unknown): Answer {
  const rows = Array.isArray(answer) ? answer.slice(0, MAX_RECORDS) : [];
  const records = rows
    .map((row: unknown) => readRow(type, row))
    .filter((row) => row !== undefined) as Records;
  if (records.length === 0) return { kind: 'none', code: 'ENODATA' };
  if (lengthOf(records) > MAX_LENGTH) return { kind: 'trouble', code: 'answer too long' };
  const ttls = rows.map(ttlOf).filter((ttl) => ttl !== undefined);
  return { kind: 'records', records, ttlSeconds: ttls.length > 0 ? Math.min(...ttls) : undefined };
}

/** What a resolver rejected with. */
export function readRefusal(error: unknown): Answer {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown trouble';
  return code === 'ENOTFOUND' || code === 'ENODATA' ? { kind: 'none', code } : { kind: 'trouble', code };
}

/** How much memory an answer takes, in characters. */
export function weightOf(answer: Answer): number {
  return answer.kind === 'records' ? lengthOf(answer.records) : 0;
}

function lengthOf(records: Records): number {
  return JSON.stringify(records).length;
}

function readRow(type: RecordType, row: unknown): string[] | string | object | undefined {
  switch (type) {
    case 'TXT':
      return Array.isArray(row) && row.every((part) => typeof part === 'string') ? row : undefined;
    case 'MX':
      return isExchange(row) ? { exchange: row.exchange, priority: row.priority } : undefined;
    default: {
      const value = isTimed(row) ? row.address : row;
      return typeof value === 'string' ? value : undefined;
    }
  }
}

function isExchange(row: unknown): row is { exchange: string; priority: number } {
  return (
    typeof row === 'object' &&
    row !== null &&
    'exchange' in row &&
    typeof row.exchange === 'string' &&
    'priority' in row &&
    typeof row.priority === 'number'
  );
}

/** node:dns with `ttl: true`. */
function isTimed(row: unknown): row is { address: unknown; ttl: unknown } {
  return typeof row === 'object' && row !== null && 'address' in row && 'ttl' in row;
}

function ttlOf(row: unknown): number | undefined {
  return isTimed(row) && typeof row.ttl === 'number' ? row.ttl : undefined;
}
