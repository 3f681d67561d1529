import { describe, expect, it } from 'vitest';
import { clientKey, isLoopback } from '../../src/smtp/client-key.js';

describe('the key a client is counted under', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:c000:0201', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
    ['not:an:address', 'not:an:address'],
    ['1::2::3', '1::2::3'],
    ['', ''],
  ])('%s -> %s', (address, key) => {
    expect(clientKey(address)).toBe(key);
  });
});

describe('this very machine', () => {
  it.each(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'])('is %s', (address) => {
    expect(isLoopback(clientKey(address))).toBe(true);
  });
  it.each(['128.0.0.1', '2001:db8::1', '10.127.0.1', '1::1'])('is not %s', (address) => {
    expect(isLoopback(clientKey(address))).toBe(false);
  });
});
