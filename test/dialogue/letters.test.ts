import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { GREETING, LETTER, openTestDoor, type TestDoor, TO_BEHALA } from '../support/front-door.js';

let house: TestDoor;
afterEach(() => house.close());

describe('leaving a letter', () => {
  it('keeps a letter and says under which id', async () => {
    house = await openTestDoor();
    const talk = await house.talk();
    await talk.hold(`
      S: 220 mail.kolkatapolice.example ESMTP
      C: EHLO mx.home.example
      S: 250-mail.kolkatapolice.example ...
      S: 250-PIPELINING
      S: 250-8BITMIME
      S: 250-SMTPUTF8
      S: 250-ENHANCEDSTATUSCODES
      S: 250 SIZE 1000000
      C: MAIL FROM:<rita@home.example> SIZE=200 BODY=8BITMIME
      S: 250 2.1.0 Accepted
      C: RCPT TO:<behala.ps@kolkatapolice.example>
      S: 250 2.1.5 Accepted
      C: DATA
      S: 354 ...
      C: Subject: A stolen cycle
      C:
      C: ..It was blue.
      C: .
      S: 250 2.0.0 Kept as 01TEST00000000000000000001
      C: QUIT
      S: 221 2.0.0 Bye
      S: closed`);
    const bytes = Buffer.from('Subject: A stolen cycle\r\n\r\n.It was blue.\r\n');
    expect(house.lastBytes()).toEqual(bytes);
    expect(house.kept).toEqual([
      {
        id: '01TEST00000000000000000001',
        envelope: {
          from: 'rita@home.example',
          to: ['behala.ps@kolkatapolice.example'],
          client: { address: '127.0.0.1', name: 'mx.home.example', relay: null },
          protocol: 'ESMTP',
          tls: null,
        },
        receivedAt: '2026-11-24T04:00:00.000Z',
        bytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        bareNewlines: false,
      },
    ]);
    expect(house.meter.counts).toEqual(['smtp_connections_total accepted', 'letters_accepted_total behala']);
    expect(house.meter.observed).toEqual([{ name: 'accept_commit_seconds', seconds: expect.any(Number) }]);
  });

  it('speaks plain SMTP to those who say HELO', async () => {
    house = await openTestDoor();
    const talk = await house.talk();
    await talk.hold(`
      S: 220 ...
      C: HELO mx.home.example
      S: 250 mail.kolkatapolice.example ...${LETTER}`);
    expect(house.kept[0]?.envelope.protocol).toBe('SMTP');
  });

  it('logs the letter without any address', async () => {
    house = await openTestDoor();
    await (await house.greeted()).hold(`${LETTER}
      C: MAIL FROM:<rita@home.example>
      S: 250 ...
      C: RCPT TO:<nobody@kolkatapolice.example>
      S: 550 ...`);
    const lines = house.log.lines.filter(({ level }) => level !== 'debug');
    expect(lines.map(({ message }) => message)).toEqual(['letter kept', 'refused']);
    expect(lines[0]?.fields).toMatchObject({
      session: expect.any(String),
      letterId: '01TEST00000000000000000001',
      recipients: 1,
      stations: ['behala'],
    });
    expect(JSON.stringify(lines)).not.toContain('@');
  });

  it('takes a second letter in the same session with its own envelope', async () => {
    house = await openTestDoor();
    await (await house.greeted()).hold(`${LETTER}
      C: MAIL FROM:<asim@home.example>
      S: 250 ...
      C: RCPT TO:<tala@kolkatapolice.example>
      S: 250 ...
      C: DATA
      S: 354 ...
      C: .
      S: 250 2.0.0 Kept as 01TEST00000000000000000002`);
    expect(house.kept.map(({ envelope }) => [envelope.from, envelope.to])).toEqual([
      ['rita@home.example', ['behala.ps@kolkatapolice.example']],
      ['asim@home.example', ['tala@kolkatapolice.example']],
    ]);
    expect(house.lastBytes()).toHaveLength(0);
  });

  it('takes a letter from nobody, as bounces come', async () => {
    house = await openTestDoor();
    await (await house.greeted()).hold(LETTER.replace('rita@home.example', ''));
    expect(house.kept[0]?.envelope.from).toBe('');
  });

  it('takes senders that break the grammar of RFC 5321', async () => {
    house = await openTestDoor();
    const talk = await house.greeted();
    for (const sender of ['user.@docomo.example', 'a..b@home.example', `${'v'.repeat(90)}@x_y.example`]) {
      await talk.hold(LETTER.replace('rita@home.example', sender));
      expect(house.kept.at(-1)?.envelope.from).toBe(sender);
    }
  });

  it('answers everything that was sent in one go', async () => {
    house = await openTestDoor();
    const talk = await house.greeted();
    await talk.send(
      [
        'MAIL FROM:<rita@home.example>',
        'RCPT TO:<behala.ps@kolkatapolice.example>',
        'RCPT TO:<nobody@kolkatapolice.example>',
        'RCPT TO:<tala@kolkatapolice.example>',
        'DATA',
        'Hello',
        '.',
        'MAIL FROM:<rita@home.example>',
        'RCPT TO:<tala@kolkatapolice.example>',
        'DATA',
        'Again',
        '.',
        'QUIT',
        '',
      ].join('\r\n'),
    );
    await talk.hold(`
      S: 250 2.1.0 Accepted
      S: 250 2.1.5 Accepted
      S: 550 5.1.1 ...
      S: 250 2.1.5 Accepted
      S: 354 ...
      S: 250 2.0.0 Kept as 01TEST00000000000000000001
      S: 250 2.1.0 Accepted
      S: 250 2.1.5 Accepted
      S: 354 ...
      S: 250 2.0.0 Kept as 01TEST00000000000000000002
      S: 221 2.0.0 Bye
      S: closed`);
    expect(house.kept.map(({ envelope }) => envelope.to.length)).toEqual([2, 1]);
    expect(house.meter.counts.filter((count) => count.startsWith('letters_accepted'))).toEqual([
      'letters_accepted_total behala',
      'letters_accepted_total tala',
      'letters_accepted_total tala',
    ]);
  });
});

describe('recipients', () => {
  it.each([
    ['any case', 'Behala.PS@KolkataPolice.Example'],
    ['a tag', 'behala.ps+t.abc@kolkatapolice.example'],
    ['the station code', 'behala@mail.kolkatapolice.example'],
    ['a name in Bengali letters', 'থানা@কলকাতা.example'],
    ['the domain in A-labels', 'থানা@xn--p5b4axdn5a6d.example'],
    ['postmaster alone', 'postmaster'],
    ['postmaster of our domain', 'Postmaster@mail.kolkatapolice.example'],
    ['postmaster of a station domain', 'postmaster@kolkatapolice.example'],
  ])('are known by %s', async (_form, address) => {
    house = await openTestDoor();
    const domain = new URL('http://কলকাতা.example').hostname;
    await (await house.greeted()).hold(`
      C: MAIL FROM:<রীতা@home.example> SMTPUTF8
      S: 250 2.1.0 Accepted
      C: RCPT TO:<${address.replace('xn--p5b4axdn5a6d.example', domain)}>
      S: 250 2.1.5 Accepted
      C: DATA
      S: 354 ...
      C: .
      S: 250 2.0.0 Kept as ...`);
    expect(house.kept[0]?.envelope.from).toBe('রীতা@home.example');
  });

  it('that are unknown, elsewhere or malformed are refused, and the others still get the letter', async () => {
    house = await openTestDoor();
    await (await house.greeted()).hold(`
      C: MAIL FROM:<rita@home.example>
      S: 250 2.1.0 Accepted
      C: RCPT TO:<nobody@kolkatapolice.example>
      S: 550 5.1.1 No police station has this address, please check it
      C: RCPT TO:<behala.ps@elsewhere.example>
      S: 550 5.1.1 ...
      C: RCPT TO:<${'x'.repeat(65)}@kolkatapolice.example>
      S: 553 5.1.3 ...
      C: RCPT TO:<behala.ps@${'x.'.repeat(130)}example>
      S: 553 5.1.3 ...
      C: RCPT TO:behala.ps@kolkatapolice.example
      S: 501 5.1.3 ...
      C: DATA
      S: 503 5.5.1 ...
      C: RCPT TO:<behala.ps@kolkatapolice.example>
      S: 250 2.1.5 Accepted
      C: DATA
      S: 354 ...
      C: .
      S: 250 2.0.0 Kept as ...`);
    expect(house.meter.counts).toContain('letters_refused_total 550 unknown-recipient');
    expect(house.kept[0]?.envelope.to).toEqual(['behala.ps@kolkatapolice.example']);
  });

  it('count from the moment a station gets its address', async () => {
    house = await openTestDoor();
    const talk = await house.greeted();
    await talk.hold(`
      C: MAIL FROM:<rita@home.example>
      S: 250 ...
      C: RCPT TO:<new.ps@kolkatapolice.example>
      S: 550 5.1.1 ...`);
    house.stations[0]?.addresses.push('new.ps@kolkatapolice.example');
    await talk.hold(`
      C: RCPT TO:<new.ps@kolkatapolice.example>
      S: 250 2.1.5 Accepted`);
  });

  it('are put off with 451 when the stations cannot be asked', async () => {
    house = await openTestDoor({
      directory: () => {
        throw new Error('no such table');
      },
    });
    await (await house.greeted()).hold(`
      C: MAIL FROM:<rita@home.example>
      S: 250 ...
      C: RCPT TO:<behala.ps@kolkatapolice.example>
      S: 451 4.3.0 A fault on our side, please try again later
      C: NOOP
      S: 250 2.0.0 OK`);
    expect(house.log.takeWarnings()).toHaveLength(1);
  });
});

describe('LMTP', () => {
  it('answers for every recipient', async () => {
    house = await openTestDoor({ listeners: [{ lmtp: true }] });
    expect(house.door.addresses()).toEqual([{ host: '127.0.0.1', port: house.port, lmtp: true }]);
    await (await house.talk()).hold(`
      S: 220 mail.kolkatapolice.example LMTP
      C: EHLO relay.example
      S: 500 ...
      C: LHLO relay.example
      S: 250-...
      S: 250 SIZE ...
      C: MAIL FROM:<rita@home.example>
      S: 250 2.1.0 Accepted
      C: RCPT TO:<behala.ps@kolkatapolice.example>
      S: 250 2.1.5 Accepted
      C: RCPT TO:<nobody@kolkatapolice.example>
      S: 550 5.1.1 ...
      C: RCPT TO:<tala@kolkatapolice.example>
      S: 250 2.1.5 Accepted
      C: RCPT TO:<tala@kolkatapolice.example>
      S: 250 2.1.5 Accepted
      C: DATA
      S: 354 ...
      C: Hello
      C: .
      S: 250 2.0.0 Kept as 01TEST00000000000000000001
      S: 250 2.0.0 Kept as 01TEST00000000000000000001
      S: 250 2.0.0 Kept as 01TEST00000000000000000001
      C: NOOP
      S: 250 2.0.0 OK`);
    expect(house.kept).toHaveLength(1);
    expect(house.kept[0]?.envelope.protocol).toBe('LMTP');
  });

  it('answers a failure for every recipient too', async () => {
    house = await openTestDoor({
      listeners: [{ lmtp: true }],
      spool: { keep: () => Promise.reject(new Error('odd')) },
    });
    const talk = await house.talk();
    await talk.hold(`
      S: 220 ...
      C: LHLO relay.example
      S: 250-...
      S: 250 SIZE ...
      C: MAIL FROM:<rita@home.example>
      S: 250 ...
      C: RCPT TO:<tala@kolkatapolice.example>
      S: 250 ...
      C: RCPT TO:<behala.ps@kolkatapolice.example>
      S: 250 ...
      C: DATA
      S: 354 ...
      C: .
      S: 451 4.3.0 ...
      S: 451 4.3.0 ...
      C: NOOP
      S: 250 2.0.0 OK`);
    expect(house.log.takeWarnings()).toHaveLength(1);
  });
});

describe('two listeners', () => {
  it('serve at the same time', async () => {
    house = await openTestDoor({ listeners: [{}, { lmtp: true }] });
    expect(house.door.isListening()).toBe(true);
    expect(house.door.addresses().map(({ lmtp }) => lmtp)).toEqual([false, true]);
    await (await house.talk()).hold(`${GREETING}${TO_BEHALA}`);
  });

  it('are both shut when one of them cannot listen', async () => {
    house = await openTestDoor();
    await expect(openTestDoor({ listeners: [{}, { port: house.port }] })).rejects.toThrow('EADDRINUSE');
  });
});
