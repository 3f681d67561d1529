import { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificate } from '../support/certificate.js';
import { talkTo } from '../support/dialogue.js';
import { GREETING, LETTER, openTestDoor, type TestDoor } from '../support/front-door.js';

let house: TestDoor;
let first: { cert: string; key: string };
let second: { cert: string; key: string };
beforeAll(() => {
  first = makeCertificate('first.example');
  second = makeCertificate('second.example');
});
afterEach(() => house.close());

const OFFERED = `
  S: 220 ...
  C: EHLO mx.home.example
  S: 250-mail.kolkatapolice.example ...
  S: 250-PIPELINING
  S: 250-8BITMIME
  S: 250-SMTPUTF8
  S: 250-ENHANCEDSTATUSCODES
  S: 250-STARTTLS
  S: 250 SIZE ...`;

const AGAIN = `
  C: EHLO mx.home.example
  S: 250-...
  S: 250 SIZE ...`;

function nameOf(socket: TLSSocket): string {
  return new X509Certificate(socket.getPeerCertificate().raw).subject;
}

describe('STARTTLS', () => {
  it('turns a session secret, and the envelope tells so', async () => {
    house = await openTestDoor({ listeners: [{ tls: { ...first, implicit: false } }] });
    const talk = await house.talk();
    await talk.hold(`${OFFERED}
      C: STARTTLS
      S: 220 2.0.0 Ready to start TLS`);
    expect(nameOf(await talk.startTls())).toBe('CN=first.example');
    await talk.hold(`
      C: MAIL FROM:<rita@home.example>
      S: 503 ...${AGAIN}${LETTER}`);
    expect(house.kept[0]?.envelope).toMatchObject({
      protocol: 'ESMTPS',
      tls: expect.stringMatching(/^TLSv1\.[23] \w+/),
    });
  });

  it('throws away what was sent in clear text behind it', async () => {
    house = await openTestDoor({ listeners: [{ tls: { ...first, implicit: false } }] });
    const talk = await house.talk();
    await talk.hold(OFFERED);
    await talk.send('STARTTLS\r\nMAIL FROM:<mallory@elsewhere.example>\r\n');
    await talk.hold('S: 220 ...');
    await talk.startTls();
    await talk.hold(`${AGAIN}
      C: RCPT TO:<behala.ps@kolkatapolice.example>
      S: 503 ...
      C: STARTTLS
      S: 503 ...`);
  });

  it('does not exist without a certificate of our own', async () => {
    house = await openTestDoor();
    await (await house.greeted()).hold(`
      C: STARTTLS
      S: 500 5.5.2 ...`);
  });

  it('uses a new certificate after a reload, and keeps the old one when the new is bad', async () => {
    house = await openTestDoor({ listeners: [{ tls: { ...first, implicit: false } }] });
    expect(house.door.reload({ tls: [{ cert: first.cert, key: second.key, implicit: false }] })).toHaveLength(
      1,
    );
    expect(await certificateNow()).toBe('CN=first.example');
    expect(house.door.reload({ tls: [{ ...second, implicit: false }] })).toEqual([]);
    expect(await certificateNow()).toBe('CN=second.example');
  });

  it('begins with a reload that brings a certificate', async () => {
    house = await openTestDoor();
    expect(house.door.reload({ tls: [{ ...second, implicit: false }] })).toEqual([]);
    expect(await certificateNow()).toBe('CN=second.example');
  });

  async function certificateNow(): Promise<string> {
    const talk = await house.talk();
    await talk.hold(`${OFFERED}
      C: STARTTLS
      S: 220 ...`);
    return nameOf(await talk.startTls());
  }
});

describe('implicit TLS', () => {
  it('is secret from the first byte', async () => {
    house = await openTestDoor({ listeners: [{ tls: { ...first, implicit: true } }] });
    const talk = await talkTo(house.port, { tls: true });
    await talk.hold(`${GREETING}${LETTER}`);
    await talk.end();
    expect(house.kept[0]?.envelope).toMatchObject({
      protocol: 'ESMTPS',
      tls: expect.stringMatching(/^TLSv1\.[23] \w+/),
    });
  });

  it('uses a new certificate after a reload', async () => {
    house = await openTestDoor({ listeners: [{ tls: { ...first, implicit: true } }] });
    house.door.reload({ tls: [{ ...second, implicit: true }] });
    const talk = await talkTo(house.port, { tls: true });
    expect(nameOf(talk.socket() as TLSSocket)).toBe('CN=second.example');
    await talk.end();
  });

  it('survives those who speak in clear text, and takes the next session', async () => {
    house = await openTestDoor({ listeners: [{ tls: { ...first, implicit: true } }] });
    const clear = await house.talk();
    await clear.send('EHLO mx.home.example\r\n');
    while ((await clear.line()) !== undefined);
    const talk = await talkTo(house.port, { tls: true });
    await talk.hold(`${GREETING}${LETTER}`);
    await talk.end();
  });

  it('cannot be switched on or off by a reload', async () => {
    house = await openTestDoor({ listeners: [{ tls: { ...first, implicit: true } }] });
    expect(house.door.reload({ tls: [{ ...first, implicit: false }] })).toEqual([
      expect.stringContaining('needs a restart'),
    ]);
  });
});
