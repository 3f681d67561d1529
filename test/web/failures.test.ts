import { expect, it } from 'vitest';
import { TemporaryFailure, ThanadakError } from '../../src/domain/errors.js';
import { sentenceFor, statusOf } from '../../src/web/failures.js';

it.each([
  [new ThanadakError('not-found', 'x'), 404, 'not found'],
  [new ThanadakError('not-allowed', 'x'), 404, 'not found'],
  [new ThanadakError('conflict', 'x'), 409, 'conflict'],
  [new TemporaryFailure('x'), 503, 'try again later'],
  [Object.assign(new Error('x'), { statusCode: 413 }), 413, 'too large'],
  [Object.assign(new Error('x'), { statusCode: 418 }), 418, 'bad request'],
  [Object.assign(new Error('x'), { statusCode: 200 }), 500, 'internal error'],
  [new Error('SQL and paths'), 500, 'internal error'],
  ['thrown text', 500, 'internal error'],
])('%s becomes %i, %s', (error, status, sentence) => {
  expect(statusOf(error)).toBe(status);
  expect(sentenceFor(status)).toBe(sentence);
});
