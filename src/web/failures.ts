// Which HTTP status an error becomes.
import { type ErrorCode, ThanadakError } from '../domain/errors.js';

/** What one may not see is not there. */
const STATUSES: Record<ErrorCode, number> = {
  invalid: 400,
  'not-allowed': 404,
  'not-found': 404,
  conflict: 409,
  refused: 422,
  unavailable: 503,
  internal: 500,
};

/** The status for anything thrown while answering, the framework's own refusals of a request among them. */
export function statusOf(error: unknown): number {
  if (error instanceof ThanadakError) return STATUSES[error.code];
  if (!(error instanceof Error) || !('statusCode' in error)) return 500;
  const { statusCode } = error;
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500 ? statusCode : 500;
}

const SENTENCES: Readonly<Record<number, string>> = {
  400: 'bad request',
  404: 'not found',
  409: 'conflict',
  413: 'too large',
  415: 'unsupported media type',
  422: 'refused',
  503: 'try again later',
};

/** What a program is told; never why something of ours failed. */
export function sentenceFor(status: number): string {
  return SENTENCES[status] ?? (status < 500 ? 'bad request' : 'internal error');
}
