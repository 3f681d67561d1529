import { describe, expect, it } from 'vitest';
import { queueIdOf, replyOf } from '../../src/delivery/reply.js';

describe('the queue id in a reply', () => {
  it.each([
    ['250 2.0.0 Ok: queued as 4XyZ12AbCd', '4XyZ12AbCd'],
    ['250 2.0.0 Ok: queued as B2F0A1C0DE.', 'B2F0A1C0DE'],
    ['250 Message Queued (0F3B-1.2) queued as 0F3B-1.2', '0F3B-1.2'],
    ['250 OK id=1tFh2p-0001Ab-Qx', '1tFh2p-0001Ab-Qx'],
    ['250 2.0.0 4AO3sqJh012345 Message accepted for delivery', '4AO3sqJh012345'],
    ['250 2.0.0 Kept as 01JDFW2Y9V', null],
    ['250 OK', null],
    ['250 2.0.0 OK  1732420000 d2e1a72fcca58-724de 17si 1.1 - gsmtp', null],
  ])('%s: %s', (reply, id) => {
    expect(queueIdOf(reply)).toBe(id);
  });
});

describe('a reply as we keep it', () => {
  it('is one line of at most 500 characters', () => {
    expect(replyOf('550-5.1.1 No\r\n550 such\u0000person\u2028here')).toBe(
      '550-5.1.1 No 550 such person here',
    );
    expect(replyOf('x'.repeat(100_000))).toHaveLength(500);
  });
});
