import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { simpleParser } from 'mailparser';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSmtpDelivery, type SmtpDeliveryOptions } from '../../src/delivery/smtp.js';
import type { Delivery } from '../../src/ports/delivery.js';
import { makeCertificate } from '../support/certificate.js';
import { closedPort, type FarSide, type FarSideScript, openFarSide } from '../support/far-side.js';
import { type RecordingLog, recordingLog } from '../support/log.js';
import { anOutgoingLetter } from '../support/outgoing.js';

let log: RecordingLog;
const opened: (() => Promise<void>)[] = [];

beforeEach(() => {
  log = recordingLog();
});

afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
  log.expectNoWarnings();
});

function deliveryTo(port: number, options: Partial<SmtpDeliveryOptions> = {}): Delivery {
  const delivery = createSmtpDelivery({
    host: '127.0.0.1',
    port,
    tls: 'off',
    connections: 2,
    hostname: 'mail.kolkatapolice.example',
    log,
    ...options,
  });
  opened.push(() => delivery.close());
  return delivery;
}

async function withFarSide(
  script: FarSideScript = {},
  options: Partial<SmtpDeliveryOptions> = {},
): Promise<{ far: FarSide; delivery: Delivery }> {
  const far = await openFarSide(script);
  opened.push(async () => far[Symbol.asyncDispose]());
  return { far, delivery: deliveryTo(far.port, options) };
}

/** A server that is not one: whatever `behave` does with the connection. */
async function withStranger(behave: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    behave(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  opened.push(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });
  return (server.address() as AddressInfo).port;
}

describe('a letter handed to a mail server', () => {
  it('is sent with the null return path to the one recipient, and keeps reply and queue id', async () => {
    const { far, delivery } = await withFarSide();
    const outcome = await delivery.deliver(anOutgoingLetter());
    expect(outcome).toEqual({
      kind: 'sent',
      reply: '250 2.0.0 Ok: queued as 4XyZ12',
      queueId: '4XyZ12',
    });
    expect(far.taken).toHaveLength(1);
    expect(far.taken[0]).toMatchObject({ from: '', to: ['rita@home.example'] });
  });

  it('arrives with exactly the headers we mean, and its text as written', async () => {
    const { far, delivery } = await withFarSide();
    const letter = anOutgoingLetter({
      subject: 'আপনার ই-মেল পেয়েছি: BEHALA-26-000123-K',
      text: 'এখনই কেউ বিপদে থাকলে 100 নম্বরে ফোন করুন।\n.\n..\nFrom here on\n',
      from: { address: 'behala.ps@kolkatapolice.example', name: 'বেহালা থানা' },
    });
    await delivery.deliver(letter);
    const parsed = await simpleParser(far.taken[0]?.raw ?? '');
    expect(parsed.headerLines.map(({ key }) => key)).toEqual([
      'auto-submitted',
      'from',
      'to',
      'reply-to',
      'in-reply-to',
      'references',
      'subject',
      'message-id',
      'date',
      'content-transfer-encoding',
      'mime-version',
      'content-type',
    ]);
    expect(parsed.from?.value).toEqual([{ address: 'behala.ps@kolkatapolice.example', name: 'বেহালা থানা' }]);
    expect(parsed.replyTo?.value[0]?.address).toBe('behala+26-123-abc@mail.kolkatapolice.example');
    expect(parsed.subject).toBe(letter.subject);
    expect(parsed.messageId).toBe(letter.messageId);
    expect(parsed.inReplyTo).toBe('<1@home.example>');
    expect(parsed.references).toEqual(['<0@home.example>', '<1@home.example>']);
    expect(parsed.date?.toISOString()).toBe(letter.createdAt);
    expect(parsed.text).toBe(letter.text);
  });

  it('sent twice is the same message both times', async () => {
    const { far, delivery } = await withFarSide();
    await delivery.deliver(anOutgoingLetter());
    await delivery.deliver(anOutgoingLetter());
    expect(far.taken[1]?.raw.toString()).toBe(far.taken[0]?.raw.toString());
  });

  it.each([
    ['rita@home.example', { rcpt: '550 5.1.1 No such person' }, 'permanent', /^550 5\.1\.1 No such person/],
    ['rita@home.example', { rcpt: '556 5.1.10 Domain takes no mail' }, 'permanent', /^556/],
    ['rita@home.example', { rcpt: '451 4.7.1 Greylisted' }, 'temporary', /^451 4\.7\.1 Greylisted/],
    ['rita@home.example', { rcpt: '452 4.2.2 Mailbox full' }, 'temporary', /^452/],
    ['rita@home.example', { rcpt: '503 5.5.1 Bad sequence' }, 'temporary', /^503/],
    ['rita@home.example', { rcpt: '530 5.7.0 Authentication required' }, 'temporary', /^530/],
    [
      'rita@home.example',
      { rcpt: '554 5.7.1 <rita@home.example>: Relay access denied' },
      'temporary',
      /^554/,
    ],
    ['rita@home.example', { rcpt: '550 5.7.1 Unable to relay for rita' }, 'temporary', /^550/],
    ['rita@home.example', { data: '554 5.7.1 Looks like spam' }, 'permanent', /^554 5\.7\.1 Looks like spam/],
    ['rita@home.example', { data: '552 5.3.4 Too big' }, 'permanent', /^552/],
    ['rita@home.example', { data: '451 4.3.0 Disk full' }, 'temporary', /^451/],
    ['rita@home.example', { data: '421 4.3.2 Shutting down' }, 'temporary', /^421/],
  ])('to %s, who is answered %j, is %s', async (address, manner, kind, reply) => {
    const { far, delivery } = await withFarSide({ recipients: { [address]: manner } });
    const outcome = await delivery.deliver(anOutgoingLetter({ to: address }));
    expect(outcome.kind).toBe(kind);
    expect(outcome.reply).toMatch(reply);
    expect(far.taken).toHaveLength(0);
  });

  it('cut off after the final dot is temporary, since nobody knows whether it was taken', async () => {
    const { far, delivery } = await withFarSide({
      recipients: { 'rita@home.example': { dropAfterDot: true } },
    });
    const outcome = await delivery.deliver(anOutgoingLetter());
    expect(outcome.kind).toBe('temporary');
    expect(far.taken).toHaveLength(1);
  });

  it.each([
    ['greeting with 554', { greeting: '554 5.7.1 We do not talk to you' }],
    ['greeting with 521', { greeting: '521 5.3.2 No mail here' }],
    ['refusing EHLO and HELO', { options: { disabledCommands: ['EHLO', 'HELO', 'AUTH'] } }],
    ['refusing our sender', { mail: '550 5.7.1 Null sender refused' }],
    ['asking for a login', { options: { disabledCommands: ['STARTTLS'], authOptional: false } }],
  ] satisfies [string, FarSideScript][])(
    'to a relay %s is temporary: the trouble is ours',
    async (_, script) => {
      const { delivery } = await withFarSide(script);
      expect((await delivery.deliver(anOutgoingLetter())).kind).toBe('temporary');
    },
  );

  it('to a server that is not there, is silent, talks nonsense or hangs up is temporary', async () => {
    const timeouts = { connectMs: 300, greetingMs: 300, socketMs: 300, attemptMs: 2_000 };
    const ports = [
      await closedPort(),
      await withStranger(() => undefined),
      await withStranger((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
      await withStranger((socket) => socket.destroy()),
    ];
    for (const port of ports) {
      const outcome = await deliveryTo(port, { timeouts }).deliver(anOutgoingLetter());
      expect(outcome.kind).toBe('temporary');
      expect(outcome.reply).not.toBe('');
    }
  });

  it('to a server that trickles its greeting is given back when the attempt has lasted long enough', async () => {
    const port = await withStranger((socket) => {
      const timer = setInterval(() => socket.write('220-wait\r\n'), 20);
      socket.on('close', () => clearInterval(timer));
    });
    const delivery = deliveryTo(port, { timeouts: { attemptMs: 300 } });
    expect((await delivery.deliver(anOutgoingLetter())).kind).toBe('temporary');
  });

  it.each([
    'rita@home.example, kali@home.example',
    'rita@home.example\r\nRCPT TO:<kali@home.example>',
    '"rita kali"@home.example',
    'rita <kali@home.example>',
    '',
  ])('to %j never reaches the server', async (to) => {
    const { far, delivery } = await withFarSide();
    expect((await delivery.deliver(anOutgoingLetter({ to }))).kind).toBe('permanent');
    expect(far.connections()).toBe(0);
  });
});

describe('the connections to a mail server', () => {
  it('are no more than allowed, and stay open for the next letter', async () => {
    const recipients = { 'rita@home.example': { slowMs: 20 } };
    const { far, delivery } = await withFarSide({ recipients }, { connections: 3 });
    const letters = Array.from({ length: 12 }, (_, index) => anOutgoingLetter({ id: `L${index}` }));
    const outcomes = await Promise.all(letters.map((letter) => delivery.deliver(letter)));
    expect(outcomes.every(({ kind }) => kind === 'sent')).toBe(true);
    expect(far.busiest()).toBe(3);
    expect(far.connections()).toBe(3);
  });

  it('are opened anew when the server has closed an idle one', async () => {
    const { far, delivery } = await withFarSide({ options: { socketTimeout: 1_000, closeTimeout: 100 } });
    await delivery.deliver(anOutgoingLetter());
    await new Promise((resolve) => setTimeout(resolve, 1_600));
    expect((await delivery.deliver(anOutgoingLetter())).kind).toBe('sent');
    expect(far.taken).toHaveLength(2);
    expect(far.connections()).toBe(2);
  });

  it('serve the next letter after one was refused', async () => {
    const recipients = { 'gone@home.example': { rcpt: '550 5.1.1 Unknown' } };
    const { delivery } = await withFarSide({ recipients }, { connections: 1 });
    expect((await delivery.deliver(anOutgoingLetter({ to: 'gone@home.example' }))).kind).toBe('permanent');
    expect((await delivery.deliver(anOutgoingLetter())).kind).toBe('sent');
  });

  it('are closed only when the letters under way are through', async () => {
    const { far, delivery } = await withFarSide({ recipients: { 'rita@home.example': { slowMs: 100 } } });
    const delivering = delivery.deliver(anOutgoingLetter());
    await delivery.close();
    expect((await delivering).kind).toBe('sent');
    expect(far.taken).toHaveLength(1);
  });
});

describe('TLS and login', () => {
  const tlsOptions = () => ({
    ...makeCertificate('127.0.0.1'),
    disabledCommands: ['AUTH'],
  });

  it('opportunistic encrypts where the server offers it, and does without where it does not', async () => {
    const encrypted = await withFarSide({ options: tlsOptions() }, { tls: 'opportunistic' });
    expect((await encrypted.delivery.deliver(anOutgoingLetter())).kind).toBe('sent');
    expect(encrypted.far.taken[0]?.secure).toBe(true);
    const plain = await withFarSide({}, { tls: 'opportunistic' });
    expect((await plain.delivery.deliver(anOutgoingLetter())).kind).toBe('sent');
    expect(plain.far.taken[0]?.secure).toBe(false);
  });

  it('starttls sends nothing without it, or with a certificate nobody vouches for', async () => {
    const plain = await withFarSide({}, { tls: 'starttls' });
    expect((await plain.delivery.deliver(anOutgoingLetter())).kind).toBe('temporary');
    const unvouched = await withFarSide({ options: tlsOptions() }, { tls: 'starttls' });
    expect((await unvouched.delivery.deliver(anOutgoingLetter())).kind).toBe('temporary');
    expect([...plain.far.taken, ...unvouched.far.taken]).toHaveLength(0);
  });

  it('implicit checks the certificate too', async () => {
    const { far, delivery } = await withFarSide(
      { options: { ...tlsOptions(), secure: true } },
      { tls: 'implicit' },
    );
    expect((await delivery.deliver(anOutgoingLetter())).kind).toBe('temporary');
    expect(far.taken).toHaveLength(0);
  });

  it('logs in with user and password, and a wrong password is our trouble', async () => {
    const options: FarSideScript['options'] = {
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _session, done) =>
        password === 'right'
          ? done(null, { user: username })
          : done(Object.assign(new Error('5.7.8 Wrong password'), { responseCode: 535 })),
    };
    const right = await withFarSide({ options }, { auth: { user: 'thanadak', password: 'right' } });
    expect((await right.delivery.deliver(anOutgoingLetter())).kind).toBe('sent');
    expect(right.far.taken[0]?.user).toBe('thanadak');
    const wrong = await withFarSide({ options }, { auth: { user: 'thanadak', password: 'wrong' } });
    const outcome = await wrong.delivery.deliver(anOutgoingLetter());
    expect(outcome.kind).toBe('temporary');
    expect(outcome.reply).toMatch(/^535/);
    expect(JSON.stringify(outcome)).not.toContain('wrong');
  });

  it('signs with DKIM when it has a key', async () => {
    const { generateKeyPairSync } = await import('node:crypto');
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const dkim = { domain: 'kolkatapolice.example', selector: 's1', key };
    const { far, delivery } = await withFarSide({}, { dkim });
    await delivery.deliver(anOutgoingLetter());
    expect(far.taken[0]?.raw.toString()).toMatch(/^DKIM-Signature: .*d=kolkatapolice\.example;.* s=s1;/ms);
  });
});
