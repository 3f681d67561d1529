import { describe, expect, it } from 'vitest';
import { exitCodeOf } from '../../src/admin/exit-codes.js';
import { DiskFull, PermanentFailure, StorageBroken, ThanadakError } from '../../src/domain/errors.js';

describe('the table of exit codes', () => {
  it.each([
    [new ThanadakError('invalid', ''), 2],
    [new ThanadakError('not-found', ''), 3],
    [new ThanadakError('not-allowed', ''), 4],
    [new ThanadakError('conflict', ''), 5],
    [new PermanentFailure(''), 1],
    [new DiskFull(''), 75],
    [new StorageBroken(''), 1],
    [new TypeError(''), 1],
    ['a thrown text', 1],
  ])('%o ends with %i', (error, code) => {
    expect(exitCodeOf(error)).toBe(code);
  });
});
