import { describe, expect, it } from 'vitest';
import { DiskFull, LetterTooLarge, StorageBroken, TemporaryFailure } from '../../src/domain/errors.js';
import {
  bringsEnhancedCode,
  keptReply,
  nameError,
  nameReply,
  REPLIES,
  refusal,
} from '../../src/smtp/replies.js';

describe('the table of replies', () => {
  it.each(Object.entries(REPLIES))('%s has one enhanced code, of the class of its code', (name, reply) => {
    expect(bringsEnhancedCode(reply.text)).toBe(true);
    expect(reply.text[0]).toBe(String(reply.code)[0]);
    expect(reply.text).toMatch(/^\d\.\d\.\d [A-Z][\x20-\x7e]*$/);
    expect(`${reply.code} ${reply.text}\r\n`.length).toBeLessThanOrEqual(512);
    expect(nameReply(reply.code, reply.text)).toBe(name);
    expect(refusal(nameReply(reply.code, reply.text) ?? 'fault')).toMatchObject({ responseCode: reply.code });
  });

  it('says under which id a letter is kept', () => {
    expect(keptReply('01TEST')).toBe('2.0.0 Kept as 01TEST');
  });

  it.each([
    [552, 'Error: message exceeds fixed maximum message size 1000', 'too-large'],
    [421, 'Timeout - closing connection', 'idle'],
    [421, 'Server shutting down', 'closing'],
    [500, 'Error: command not recognized', undefined],
    [250, 'OK', undefined],
  ])('knows what smtp-server means by %i %s', (code, text, name) => {
    expect(nameReply(code, text)).toBe(name);
  });

  it.each([
    [new LetterTooLarge(1), 'too-large'],
    [new DiskFull('Full.'), 'disk-low'],
    [new TemporaryFailure('Busy.'), 'not-kept'],
    [new StorageBroken('EIO.'), 'not-kept'],
    [new Error('odd'), 'not-kept'],
    [undefined, 'not-kept'],
  ])('answers %s with %s', (error, name) => {
    expect(nameError(error)).toBe(name);
  });
});
