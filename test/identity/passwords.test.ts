import { describe, expect, it } from 'vitest';
import { TemporaryFailure } from '../../src/domain/errors.js';
import { createPasswords } from '../../src/identity/passwords.js';

describe('passwords', () => {
  it('are known again in any spelling of the same signs, and salted', async () => {
    const passwords = createPasswords();
    const hash = await passwords.hash('\u09dc is r\u0323');
    expect(await passwords.verify(hash, '\u09a1\u09bc is \u1e5b')).toBe(true);
    expect(await passwords.verify(hash, 'another')).toBe(false);
    expect(await passwords.hash('\u09dc is r\u0323')).not.toBe(hash);
    expect(passwords.isOutdated(hash)).toBe(false);
    expect(passwords.isOutdated('$argon2id$v=19$m=4096,t=1,p=1$c2FsdHNhbHQ$aGFzaA')).toBe(true);
  });

  it('are wrong where there is none', async () => {
    expect(await createPasswords().verify(null, 'anything')).toBe(false);
  });

  it('are worked on one at a time, and who comes when too many wait is told so', async () => {
    const passwords = createPasswords(2);
    const first = passwords.hash('one');
    const second = passwords.hash('two');
    await expect(passwords.hash('three')).rejects.toThrow(TemporaryFailure);
    await Promise.all([first, second]);
    expect(await passwords.verify(await first, 'one')).toBe(true);
  });
});
