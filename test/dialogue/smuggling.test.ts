// SMTP smuggling: what other servers take for the end of a letter must not end it here, and the bytes stay as they
// came, as evidence.
import { afterEach, describe, expect, it } from 'vitest';
import { openTestDoor, type TestDoor, TO_BEHALA } from '../support/front-door.js';

let house: TestDoor;
afterEach(() => house.close());

const SEQUENCES = [
  '\n.\n',
  '\n.\r\n',
  '\n.\r',
  '\r.\r\n',
  '\r.\r',
  '\r.\n',
  '\r\n.\n',
  '\r\n.\r',
  '\r\n\x00.\r\n',
  '\r\n.\x00\r\n',
  '\r\n.\r\r\n',
  '\n\n.\r\n',
  '\r\x00\n.\r\n',
];

const SMUGGLED = [
  'MAIL FROM:<oc@kolkatapolice.example>',
  'RCPT TO:<tala@kolkatapolice.example>',
  'DATA',
  'Subject: smuggled',
  '',
  'Trust me.',
].join('\r\n');

describe('a sequence that is not CRLF . CRLF', () => {
  it.each(SEQUENCES.map((sequence) => [JSON.stringify(sequence), sequence]))(
    'does not end a letter: %s',
    async (_name, sequence) => {
      house = await openTestDoor();
      const talk = await house.greeted();
      await talk.hold(TO_BEHALA);
      const body = `Subject: outer\r\n\r\nHello${sequence}${SMUGGLED}\r\n`;
      await talk.send(`${body}.\r\n`);
      await talk.hold(`
        S: 250 2.0.0 Kept as 01TEST00000000000000000001
        C: NOOP
        S: 250 2.0.0 OK`);
      expect(house.kept).toHaveLength(1);
      expect(house.lastBytes().toString()).toBe(body);
      expect(house.kept[0]?.envelope.to).toEqual(['behala.ps@kolkatapolice.example']);
      expect(house.kept[0]?.bareNewlines).toBe(/(^|[^\r])\n|\r(?!\n)/.test(sequence));
    },
  );

  it('does not end a letter when it comes byte by byte', async () => {
    house = await openTestDoor();
    const talk = await house.greeted();
    await talk.hold(TO_BEHALA);
    const body = `..\r\n.\nHello\n.\r\n..\r\nx\r\n`;
    for (const byte of `${body}.\r\n`) {
      await talk.send(byte);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await talk.hold('S: 250 2.0.0 Kept as ...');
    expect(house.lastBytes().toString()).toBe('.\r\n.\nHello\n.\r\n.\r\nx\r\n');
  });
});
