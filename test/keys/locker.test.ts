import { describe, expect, it } from 'vitest';
import { createLocker } from '../../src/keys/locker.js';

const [one, other] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
const locker = createLocker([one]);

describe('a locker', () => {
  it('opens what it locked, never the same twice', () => {
    const locked = locker.lock('totp si-roy', 'থানা secret');
    expect(locker.unlock('totp si-roy', locked)).toBe('থানা secret');
    expect(locker.lock('totp si-roy', 'থানা secret')).not.toBe(locked);
    expect(Buffer.from(locked, 'base64url').toString('latin1')).not.toContain('secret');
  });

  it('opens nothing of another purpose or installation, and nothing that was changed', () => {
    const locked = locker.lock('totp si-roy', 'secret');
    expect(locker.unlock('totp si-das', locked)).toBeUndefined();
    expect(createLocker([other]).unlock('totp si-roy', locked)).toBeUndefined();
    const bytes = Buffer.from(locked, 'base64url');
    for (const index of bytes.keys()) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(locker.unlock('totp si-roy', changed.toString('base64url'))).toBeUndefined();
    }
    for (const nonsense of ['', 'x', 'A'.repeat(30)]) expect(locker.unlock('x', nonsense)).toBeUndefined();
  });

  it('opens what the key before locked', () => {
    expect(createLocker([other, one]).unlock('x', locker.lock('x', 'old'))).toBe('old');
  });
});
