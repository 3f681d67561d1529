// The one table of exit codes.
import { type ErrorCode, ThanadakError } from '../domain/errors.js';

export const EXIT = {
  ok: 0,
  failure: 1,
  usage: 2,
  notFound: 3,
  notAllowed: 4,
  conflict: 5,
  unhealthy: 6,
  tryAgain: 75,
} as const;

const EXIT_CODE: Record<ErrorCode, number> = {
  invalid: EXIT.usage,
  'not-found': EXIT.notFound,
  'not-allowed': EXIT.notAllowed,
  conflict: EXIT.conflict,
  refused: EXIT.failure,
  unavailable: EXIT.tryAgain,
  internal: EXIT.failure,
};

/** The exit code for any thrown value; 1 for what is not an error of ours. */
export function exitCodeOf(error: unknown): number {
  return EXIT_CODE[errorCodeOf(error)];
}

/** The code of an error of ours, `internal` for anything else. */
export function errorCodeOf(error: unknown): ErrorCode {
  return error instanceof ThanadakError ? error.code : 'internal';
}
