import { afterEach, describe, expect, it } from 'vitest';
import type { Talk } from '../support/dialogue.js';
import { GREETING, LETTER, openTestDoor, type TestDoor, TO_BEHALA, until } from '../support/front-door.js';

let house: TestDoor;
afterEach(() => house.close());

const MAIL = 'MAIL FROM:<rita@home.example>';

describe('size', () => {
  it('is refused at MAIL when it is declared', async () => {
    house = await openTestDoor({ maxMessageBytes: 1_000 });
    await (await house.greeted()).hold(`
      C: ${MAIL} SIZE=1001
      S: 552 5.3.4 The letter is larger than we can take
      C: ${MAIL} SIZE=1000
      S: 250 2.1.0 Accepted`);
    expect(house.meter.counts).toContain('letters_refused_total 552 too-large');
  });

  it('may be exactly the limit', async () => {
    house = await openTestDoor({ maxMessageBytes: 1_000 });
    const talk = await house.greeted();
    await talk.hold(TO_BEHALA);
    await talk.send(`${'x'.repeat(998)}\r\n.\r\n`);
    await talk.hold('S: 250 2.0.0 Kept as ...');
    expect(house.kept[0]?.bytes).toBe(1_000);
  });

  it('is refused at the byte that crosses the limit, and the session goes on', async () => {
    house = await openTestDoor({ maxMessageBytes: 1_000 });
    const talk = await house.greeted();
    await talk.hold(TO_BEHALA);
    await talk.send(`${'x'.repeat(999)}\r\n.\r\n`);
    await talk.hold(`
      S: 552 5.3.4 The letter is larger than we can take${LETTER}`);
    expect(house.kept).toHaveLength(1);
    expect(await house.spool.list()).toHaveLength(1);
  });

  it('ends the session when the letter goes on after it was refused', async () => {
    house = await openTestDoor({ maxMessageBytes: 100_000 });
    const talk = await house.greeted();
    await talk.hold(TO_BEHALA);
    await talk.send('x'.repeat(105_000));
    await talk.hold('S: 552 5.3.4 ...');
    await talk.send('x'.repeat(1_000));
    await talk.send('x'.repeat(100_000));
    await talk.hold(`
      S: 421 4.3.4 ...
      S: closed`);
    expect(await house.spool.list()).toEqual([]);
  });
});

describe('the disk', () => {
  it('below its floor puts letters off at MAIL, and heals by itself', async () => {
    let free = 5_000;
    house = await openTestDoor({ diskFloorBytes: 4_000, spool: { freeBytes: async () => free } });
    const talk = await house.greeted();
    await talk.hold(`
      C: ${MAIL} SIZE=1001
      S: 452 4.3.1 No room for this letter at the moment, please try again later
      C: ${MAIL} SIZE=1000
      S: 250 2.1.0 Accepted
      C: RSET
      S: 250 2.0.0 Flushed`);
    free = 3_999;
    await retryUntil(talk, MAIL, '452 4.3.1');
    free = 4_000;
    await retryUntil(talk, MAIL, '250 2.1.0');
    expect(house.meter.counts).toContain('letters_refused_total 452 disk-low');
  });

  it('that cannot be asked puts letters off', async () => {
    house = await openTestDoor({ spool: { freeBytes: () => Promise.reject(new Error('EIO')) } });
    await (await house.greeted()).hold(`
      C: ${MAIL}
      S: 451 4.3.0 A fault on our side, please try again later`);
    expect(house.log.takeWarnings()).toHaveLength(1);
  });

  it('that does not answer puts letters off', async () => {
    house = await openTestDoor({
      limits: { handoverMs: 100 },
      spool: { freeBytes: () => new Promise(() => {}) },
    });
    await (await house.greeted()).hold(`
      C: ${MAIL}
      S: 451 4.3.0 A fault on our side, please try again later
      C: NOOP
      S: 250 2.0.0 OK`);
    expect(house.log.takeWarnings()).toHaveLength(1);
  });
});

/** The gauge is read once a second, so a change shows after a moment. */
async function retryUntil(talk: Talk, command: string, wanted: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    await talk.hold(`C: ${command}`);
    if ((await talk.line())?.startsWith(wanted)) return;
    await talk.hold(`
      C: RSET
      S: 250 ...`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`never answered ${wanted}`);
}

describe('letters a minute', () => {
  it('beyond the limit are put off, and the allowance grows with time', async () => {
    house = await openTestDoor({ limits: { lettersPerAddressPerMinute: 2 } });
    await (await house.greeted()).hold(`${LETTER}${LETTER}
      C: ${MAIL}
      S: 450 4.7.0 Too many letters from your address, please try again in a minute`);
    await (await house.greeted()).hold(`
      C: ${MAIL}
      S: 450 4.7.0 ...`);
    house.clock.advance(30_000);
    await (await house.greeted()).hold(`${LETTER}
      C: ${MAIL}
      S: 450 4.7.0 ...`);
    expect(house.kept).toHaveLength(3);
    expect(house.meter.counts).toContain('letters_refused_total 450 rate-exceeded');
  });
});

describe('sessions', () => {
  it('beyond the limit of an address are turned away until one ends', async () => {
    house = await openTestDoor({ limits: { clientsPerAddress: 2 } });
    const first = await house.greeted();
    await house.greeted();
    await (await house.talk()).hold(`
      S: 421 4.7.0 Too many connections from your address, please try again later
      S: closed`);
    await first.hold(`
      C: QUIT
      S: 221 ...
      S: closed`);
    await first.end();
    await until(() => house.meter.counts.includes('smtp_connections_total crowded-address'), 'counted');
    await greetedSoon();
  });

  async function greetedSoon(): Promise<void> {
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const talk = await house.talk();
      if ((await talk.line())?.startsWith('220')) return;
    }
    throw new Error('the place of the session that ended was never given back');
  }

  it('beyond what the house can hold are turned away', async () => {
    house = await openTestDoor({ limits: { clients: 1 } });
    await house.greeted();
    await (await house.talk()).hold(`
      S: 421 4.3.2 Too many connections, please try again later
      S: closed`);
    expect(house.meter.counts).toContain('smtp_connections_total crowded-house');
  });

  it('end with 300 commands that bring no letter', async () => {
    house = await openTestDoor();
    const talk = await house.greeted();
    await talk.send('NOOP\r\nRSET\r\nVRFY <x>\r\n'.repeat(100));
    const replies: string[] = [];
    for (let line = await talk.line(); line !== undefined; line = await talk.line()) replies.push(line);
    expect(replies.at(-1)).toBe('421 4.7.0 Too many commands that bring no letter, closing');
    expect(replies).toHaveLength(100);
  });

  it('may ask as much as they like between letters', async () => {
    house = await openTestDoor({ limits: { junkCommands: 2 } });
    const rest = `
      C: RSET
      S: 250 ...`;
    await (await house.greeted()).hold(`${rest}${LETTER}${rest}${rest}${LETTER}${rest}${rest}
      C: RSET
      S: 421 4.7.0 ...
      S: closed`);
  });

  it('end with too many unknown commands', async () => {
    house = await openTestDoor();
    const talk = await house.greeted();
    for (const verb of [
      'HELP',
      'AUTH PLAIN AAAA',
      'BDAT 10',
      'WIZ',
      'SHELL',
      'KILL',
      'XCLIENT ADDR=192.0.2.1',
    ]) {
      await talk.hold(`
        C: ${verb}
        S: 500 5.5.2 ...`);
    }
    await talk.hold(`
      C: X1
      S: 500 5.5.2 ...
      C: X2
      S: 500 5.5.2 ...
      C: X3
      S: 421 4.7.0 ...
      S: closed`);
  });

  it('end with too many unknown recipients', async () => {
    house = await openTestDoor({ limits: { failedRecipients: 2 } });
    await (await house.greeted()).hold(`
      C: ${MAIL}
      S: 250 ...
      C: RCPT TO:<a@kolkatapolice.example>
      S: 550 5.1.1 ...
      C: RCPT TO:<b@kolkatapolice.example>
      S: 550 5.1.1 ...
      C: RCPT TO:<c@kolkatapolice.example>
      S: 421 4.7.0 Too many unknown recipients, closing
      S: closed`);
    expect(house.meter.counts).toContain('letters_refused_total 421 too-many-failures');
  });

  it('get no more recipients for one letter than allowed, and the letter goes to those', async () => {
    house = await openTestDoor({ limits: { recipients: 1 } });
    await (await house.greeted()).hold(`
      C: ${MAIL}
      S: 250 ...
      C: RCPT TO:<behala.ps@kolkatapolice.example>
      S: 250 ...
      C: RCPT TO:<tala@kolkatapolice.example>
      S: 452 4.5.3 ...
      C: DATA
      S: 354 ...
      C: .
      S: 250 2.0.0 ...`);
    expect(house.kept[0]?.envelope.to).toHaveLength(1);
  });

  it('end when nothing is heard', async () => {
    house = await openTestDoor({ limits: { idleTimeoutMs: 300 } });
    await (await house.greeted()).hold(`
      S: 421 4.4.2 Nothing heard from you for too long, closing
      S: closed`);
  });

  it('end in time even if the client trickles byte after byte', async () => {
    house = await openTestDoor({ limits: { sessionMs: 500, idleTimeoutMs: 400 } });
    const talk = await house.greeted();
    await talk.hold(TO_BEHALA);
    const trickle = setInterval(() => talk.send('x'), 50);
    await talk.hold(`
      S: 421 4.4.2 Your session has lasted too long, closing
      S: closed`);
    clearInterval(trickle);
    await talk.end();
    await until(() => house.log.lines.some(({ message }) => message.includes('before its letter')), 'logged');
    expect(await house.spool.list()).toEqual([]);
  });
});

describe('those who do not speak SMTP', () => {
  it('are cut off when they talk before the greeting', async () => {
    house = await openTestDoor();
    const talk = await house.talk();
    await talk.hold(`
      C: MAIL FROM:<rita@home.example>
      S: 421 4.7.0 You spoke before the greeting, closing
      S: closed`);
    expect(house.meter.counts).toContain('smtp_connections_total early-talker');
  });

  it('are cut off when they speak HTTP', async () => {
    house = await openTestDoor();
    await (await house.talk()).hold(`
      S: 220 ...
      C: POST / HTTP/1.1
      S: 421 4.7.0 This is a mail server, closing
      S: closed`);
  });

  it('are cut off at a command line of 60 KB', async () => {
    house = await openTestDoor();
    const talk = await house.greeted();
    await talk.send(`MAIL FROM:<${'x'.repeat(60_000)}@home.example>\r\n`);
    await talk.hold(`
      S: 421 4.5.2 Your command line is too long, closing
      S: closed`);
  });

  it('are cut off when they send garbage', async () => {
    house = await openTestDoor();
    const talk = await house.talk();
    await talk.hold('S: 220 ...');
    const garbage = Buffer.from(Array.from({ length: 20_000 }, (_, at) => (at * 7_919) % 256));
    await talk.send(garbage);
    let last: string | undefined;
    for (let line = await talk.line(); line !== undefined; line = await talk.line()) last = line;
    expect(last).toMatch(/^421 4\./);
    await (await house.talk()).hold(`${GREETING}${LETTER}`);
  });
});

describe('a reload', () => {
  it('changes limits for sessions that are open', async () => {
    house = await openTestDoor();
    const talk = await house.greeted();
    expect(house.door.reload({ maxMessageBytes: 500 })).toEqual([]);
    await talk.hold(`
      C: ${MAIL} SIZE=501
      S: 552 5.3.4 ...`);
  });
});
