import { describe, expect, it } from 'vitest';
import { isLocalCaller } from '../../src/web/caller.js';

describe('who asks', () => {
  it.each(['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1'])(
    '%s is somebody on this machine',
    (address) => {
      expect(isLocalCaller({ address, headers: { host: 'localhost' } })).toBe(true);
    },
  );

  it.each(['10.0.0.1', '192.0.2.7', '2001:db8::1', '::ffff:192.0.2.7', '::', 'garbage', undefined])(
    '%s is a stranger',
    (address) => {
      expect(isLocalCaller({ address, headers: {} })).toBe(false);
    },
  );

  it.each(['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'])(
    'a proxy on this machine that says %s asks for a stranger',
    (name) => {
      expect(isLocalCaller({ address: '127.0.0.1', headers: { [name]: '127.0.0.1' } })).toBe(false);
    },
  );
});
