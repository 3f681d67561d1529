import { afterEach, describe, expect, it } from 'vitest';
import { LETTER, openTestDoor, type TestDoor } from '../support/front-door.js';

let house: TestDoor;
afterEach(() => house.close());

const RELAY_GREETING = `
  S: 220 ...
  C: EHLO relay.kolkatapolice.example
  S: 250-...
  S: 250 XFORWARD NAME ADDR PORT PROTO HELO IDENT SOURCE`;

describe('a trusted relay', () => {
  it('is held to no rate, no number of sessions and no unknown recipients', async () => {
    house = await openTestDoor({
      trustedRelays: ['127.0.0.1'],
      limits: { lettersPerAddressPerMinute: 1, clientsPerAddress: 1, failedRecipients: 0 },
    });
    const first = await house.talk();
    const second = await house.talk();
    await first.hold(`${RELAY_GREETING}${LETTER}${LETTER}${LETTER}`);
    await second.hold(`${RELAY_GREETING}${LETTER}
      C: MAIL FROM:<rita@home.example>
      S: 250 ...
      C: RCPT TO:<a@kolkatapolice.example>
      S: 550 5.1.1 ...
      C: RCPT TO:<b@kolkatapolice.example>
      S: 550 5.1.1 ...`);
    expect(house.kept).toHaveLength(4);
    expect(house.kept[0]?.envelope.client).toEqual({
      address: '127.0.0.1',
      name: 'relay.kolkatapolice.example',
      relay: '127.0.0.1',
    });
  });

  it('tells by XFORWARD who the client was, for one letter', async () => {
    house = await openTestDoor({ trustedRelays: ['127.0.0.1'] });
    await (await house.talk()).hold(`${RELAY_GREETING}
      C: XFORWARD NAME=mx.home.example ADDR=192.0.2.7 PORT=4711 PROTO=ESMTP HELO=mx.home.example
      S: 250 2.0.0 OK${LETTER}${LETTER}
      C: XFORWARD ADDR=IPV6:2001:db8::1 HELO=six.home.example
      S: 250 2.0.0 OK${LETTER}`);
    expect(house.kept.map(({ envelope }) => envelope.client)).toEqual([
      { address: '192.0.2.7', name: 'mx.home.example', relay: '127.0.0.1' },
      { address: '127.0.0.1', name: 'relay.kolkatapolice.example', relay: '127.0.0.1' },
      { address: '2001:db8::1', name: 'six.home.example', relay: '127.0.0.1' },
    ]);
  });

  it('may forward a letter of its own, with nothing to tell', async () => {
    house = await openTestDoor({ trustedRelays: ['127.0.0.1'] });
    await (await house.talk()).hold(`${RELAY_GREETING}
      C: XFORWARD NAME=localhost ADDR=[UNAVAILABLE] PROTO=[UNAVAILABLE] HELO=[UNAVAILABLE] SOURCE=LOCAL
      S: 250 2.0.0 OK${LETTER}`);
    expect(house.kept[0]?.envelope.client).toEqual({
      address: '127.0.0.1',
      name: 'relay.kolkatapolice.example',
      relay: '127.0.0.1',
    });
  });

  it('becomes one by a reload', async () => {
    house = await openTestDoor();
    house.door.reload({ trustedRelays: ['127.0.0.1'] });
    await (await house.talk()).hold(RELAY_GREETING);
  });
});

describe('anybody else', () => {
  it('is offered no XFORWARD and refused it', async () => {
    house = await openTestDoor({ trustedRelays: ['192.0.2.1'] });
    await (await house.greeted()).hold(`
      C: XFORWARD ADDR=192.0.2.7
      S: 550 5.7.0 ...${LETTER}`);
    expect(house.kept[0]?.envelope.client).toEqual({
      address: '127.0.0.1',
      name: 'mx.home.example',
      relay: null,
    });
  });
});
