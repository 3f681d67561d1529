// The one family of errors. A sentence for the person, a cause for the operator.

export type ErrorCode =
  | 'invalid'
  | 'not-found'
  | 'not-allowed'
  | 'conflict'
  | 'refused'
  | 'unavailable'
  | 'internal';

/** An error of ours: `message` is a sentence fit for a person, `cause` is for the operator's log. */
export class ThanadakError extends Error {
  override name = 'ThanadakError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** Trying again later may help. In intake and outbox every unknown error counts as this. */
export class TemporaryFailure extends ThanadakError {
  override name = 'TemporaryFailure';
  constructor(message: string, options?: { cause?: unknown }) {
    super('unavailable', message, options);
  }
}

/** Trying again cannot help. */
export class PermanentFailure extends ThanadakError {
  override name = 'PermanentFailure';
  constructor(message: string, options?: { cause?: unknown }) {
    super('refused', message, options);
  }
}

/** More bytes came than `limit` allows. */
export class LetterTooLarge extends ThanadakError {
  override name = 'LetterTooLarge';
  constructor(limit: number) {
    super('refused', `The letter is larger than ${limit} bytes.`);
  }
}

/** The disk is full or below its floor; heals by itself when space returns. */
export class DiskFull extends TemporaryFailure {
  override name = 'DiskFull';
}

/**
 * Storage failed in a way after which nothing that follows can be trusted (failed fsync, I/O error, corruption):
 * stop accepting and exit, let the supervisor start anew.
 */
export class StorageBroken extends ThanadakError {
  override name = 'StorageBroken';
  constructor(message: string, options?: { cause?: unknown }) {
    super('internal', message, options);
  }
}

/** The text of any thrown value. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The `code` of a Node system error (`ENOSPC`, `ECONNRESET` …), undefined for anything else. */
export function systemCode(error: unknown): string | undefined {
  if (error === null || typeof error !== 'object' || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
