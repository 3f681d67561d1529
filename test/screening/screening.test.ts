// Scanners that answer, that are odd, slow, cut off or away: a letter never waits longer than its deadline.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Message } from '../../src/domain/message.js';
import { createMeter } from '../../src/log/meter.js';
import { parseBytes } from '../../src/mime/parse-letter.js';
import { readPart } from '../../src/mime/read-part.js';
import { createScreening, type ScreeningSettings } from '../../src/screening/screening.js';
import { recordingLog } from '../support/log.js';
import { openClamd, openRspamd } from './scanners.js';

const CLEAN = 'stream: OK\0';
const FOUND = 'stream: Test.Virus FOUND\0';
const NO_CLAMD = '127.0.0.1:1';

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'thanadak-screening-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

interface Wish {
  junk?: Partial<ScreeningSettings['junk']>;
  viruses?: Partial<ScreeningSettings['viruses']>;
  isFromRelay?: boolean;
}

function open(wish: Wish) {
  const log = recordingLog();
  const time = { ms: 0 };
  const settings: ScreeningSettings = {
    junk: { from: 'off', rspamdUrl: '', mark: null, deadlineMs: 2_000, maxBytes: 1_000_000, ...wish.junk },
    viruses: { clamd: null, deadlineMs: 2_000, ...wish.viruses },
  };
  const screening = createScreening({
    settings: () => settings,
    isFromRelay: () => wish.isFromRelay ?? false,
    readPart,
    log,
    meter: createMeter(),
    now: () => performance.now() + time.ms,
  });
  onTestFinished(() => screening.close());
  return { screening, log, time, settings };
}

async function letter(raw: string, from = 'rita@home.example') {
  const path = join(folder(), 'letter.eml');
  writeFileSync(path, raw);
  const message: Message = await parseBytes(Buffer.from(raw));
  const spooled = {
    id: '01JDF3Q4ZV8R6N5T7W9XKHB2CM',
    envelope: {
      from,
      to: ['behala.ps@kolkatapolice.example', 'lake.ps@kolkatapolice.example'],
      client: { address: '192.0.2.7', name: 'mail.home.example', relay: null },
      protocol: 'ESMTP',
      tls: null,
    },
    receivedAt: '2026-11-24T09:05:00.000Z',
    bytes: Buffer.byteLength(raw),
    sha256: 'aa',
    bareNewlines: false,
  };
  return { spooled, path, message };
}

const RAW = 'From: rita@home.example\r\nSubject: x\r\n\r\nThe street light is broken.\r\n';

function withParts(...texts: string[]): string {
  const parts = texts.map(
    (text, n) =>
      `--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename="f${n + 1}.bin"\r\n` +
      `Content-Transfer-Encoding: base64\r\n\r\n${Buffer.from(text).toString('base64')}\r\n`,
  );
  const head =
    'From: rita@home.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n';
  return `${head}--b\r\nContent-Type: text/plain\r\n\r\nSee below.\r\n${parts.join('')}--b--\r\n`;
}

const verdict = (score: number, action: string) =>
  JSON.stringify({ score, required_score: 15, action, symbols: { BAYES_SPAM: {}, R_BAD: {} } });

describe('where nothing is configured', () => {
  it('nothing is asked', async () => {
    const { screening } = open({});
    expect(screening.screen(await letter(RAW))).toBeUndefined();
  });
  it('a letter that came by no trusted relay is not looked into', async () => {
    const { screening } = open({ junk: { from: 'relay' } });
    const raw = `X-Spam-Flag: YES\r\nReceived: from a by b\r\n${RAW}`;
    expect(screening.screen(await letter(raw))).toBeUndefined();
  });
});

describe("a trusted relay's word", () => {
  it('is believed above its Received, and not below', async () => {
    const { screening } = open({ junk: { from: 'relay' }, isFromRelay: true });
    const spam = 'X-Spam-Status: Yes, score=7 required=5 tests=A_B\r\n';
    const received = 'Received: from a.example by b.example; Tue, 24 Nov 2026 09:00:00 +0000\r\n';
    expect(await screening.screen(await letter(`${spam}${received}${RAW}`))).toMatchObject({
      isJunk: true,
      opinion: { from: 'relay', score: 7, words: ['A_B'] },
    });
    expect(await screening.screen(await letter(`${received}${spam}${RAW}`))).toMatchObject({
      isJunk: false,
      opinion: null,
    });
  });
});

describe('rspamd', () => {
  it('gets the bytes and the envelope, and its verdict counts', async () => {
    const rspamd = await openRspamd(() => ({ body: verdict(16, 'reject') }));
    const { screening } = open({ junk: { from: 'rspamd', rspamdUrl: rspamd.url } });
    const screened = await screening.screen(await letter(RAW, 'রীতা@ডাক.example'));
    expect(screened).toEqual({
      opinion: { from: 'rspamd', isJunk: true, score: 16, threshold: 15, words: ['BAYES_SPAM', 'R_BAD'] },
      isJunk: true,
      infection: null,
    });
    const [asked] = rspamd.asked;
    expect(asked?.url).toBe('/checkv2');
    expect(asked?.body.toString()).toBe(RAW);
    expect(asked?.headers).toMatchObject({
      ip: '192.0.2.7',
      helo: 'mail.home.example',
      rcpt: 'behala.ps@kolkatapolice.example, lake.ps@kolkatapolice.example',
      'queue-id': '01JDF3Q4ZV8R6N5T7W9XKHB2CM',
    });
    expect(Buffer.from(String(asked?.headers.from), 'latin1').toString()).toBe('রীতা@ডাক.example');
  });

  it('a sender with line ends writes no further header', async () => {
    const rspamd = await openRspamd(() => ({ body: verdict(0, 'no action') }));
    const { screening } = open({ junk: { from: 'rspamd', rspamdUrl: rspamd.url } });
    const screened = await screening.screen(await letter(RAW, 'a\r\nSettings: x@home.example'));
    expect(screened?.opinion?.score).toBe(0);
    expect(rspamd.asked[0]?.headers).not.toHaveProperty('settings');
  });

  it('the mark makes junk of what rspamd only doubts', async () => {
    const rspamd = await openRspamd(() => ({ body: verdict(6, 'no action') }));
    const { screening } = open({ junk: { from: 'rspamd', rspamdUrl: rspamd.url, mark: 6 } });
    expect(await screening.screen(await letter(RAW))).toMatchObject({ isJunk: true });
  });

  it('larger letters are not given to it', async () => {
    const rspamd = await openRspamd(() => ({ body: verdict(16, 'reject') }));
    const { screening } = open({ junk: { from: 'rspamd', rspamdUrl: rspamd.url, maxBytes: 10 } });
    expect(await screening.screen(await letter(RAW))).toMatchObject({ isJunk: false, opinion: null });
    expect(rspamd.asked).toEqual([]);
  });

  it.each<[string, { status?: number; body: string; cut?: true } | null]>([
    ['silence', null],
    ['an error', { status: 500, body: verdict(16, 'reject') }],
    ['no JSON', { body: '<html>' }],
    ['JSON of another shape', { body: '[1, 2]' }],
    ['an endless answer', { body: `"${'x'.repeat(2_000_000)}"` }],
    ['half an answer', { body: '{"score": 16, "act', cut: true }],
  ])('%s is no verdict, and the letter goes on in time', async (_name, answer) => {
    const rspamd = await openRspamd(() => answer);
    const { screening } = open({ junk: { from: 'rspamd', rspamdUrl: rspamd.url, deadlineMs: 400 } });
    const startedAt = performance.now();
    expect(await screening.screen(await letter(RAW))).toEqual({
      opinion: null,
      isJunk: false,
      infection: null,
    });
    expect(performance.now() - startedAt).toBeLessThan(1_500);
  });
});

describe('clamd', () => {
  it('over TCP gets exactly the bytes of the letter', async () => {
    const clamd = await openClamd(() => CLEAN);
    const { screening } = open({ viruses: { clamd: clamd.address } });
    const raw = RAW + 'x'.repeat(300_000);
    expect(await screening.screen(await letter(raw))).toMatchObject({ infection: null });
    expect(clamd.streams.map(String)).toEqual([raw]);
  });

  it('over a unix socket tells which attachment it is', async () => {
    const path = join(folder(), 'clamd.ctl');
    await openClamd((bytes) => {
      const isBad =
        bytes.includes('EVIL') || bytes.includes(Buffer.from('EVIL').toString('base64').slice(0, 5));
      return isBad ? FOUND : CLEAN;
    }, path);
    const { screening, log } = open({ viruses: { clamd: path } });
    const screened = await screening.screen(await letter(withParts('good', 'EVIL')));
    expect(screened?.infection).toEqual({
      signature: 'Test.Virus',
      parts: [{ part: '3', signature: 'Test.Virus' }],
    });
    expect(log.lines.map(({ message }) => message)).toEqual(['a virus is in a letter']);
  });

  it('a virus in no single part makes all of them suspect', async () => {
    const clamd = await openClamd((bytes) => (bytes.includes('boundary=b') ? FOUND : CLEAN));
    const { screening } = open({ viruses: { clamd: clamd.address } });
    const screened = await screening.screen(await letter(withParts('one', 'two')));
    expect(screened?.infection).toEqual({ signature: 'Test.Virus', parts: [] });
    expect(clamd.streams).toHaveLength(3);
  });

  it('a part that nobody could look at is suspect too', async () => {
    const clamd = await openClamd((bytes) => {
      if (bytes.includes('boundary=b') || bytes.includes('EVIL')) return FOUND;
      return 'stream: Time limit reached ERROR\0';
    });
    const { screening } = open({ viruses: { clamd: clamd.address } });
    const screened = await screening.screen(await letter(withParts('one', 'EVIL')));
    expect(screened?.infection?.parts.map(({ part }) => part)).toEqual(['2', '3']);
  });

  it.each<[string, string | null]>([
    ['silence', null],
    ['an error', 'INSTREAM size limit exceeded. ERROR\0'],
    ['nonsense', 'HTTP/1.0 400 Bad\n'],
    ['an endless answer', 'x'.repeat(100_000)],
    ['half an answer', 'stream: Test.Vi'],
    ['nothing and a closed door', ''],
  ])('%s is no finding, and the letter goes on in time', async (_name, answer) => {
    const clamd = await openClamd(() => answer);
    const { screening } = open({ viruses: { clamd: clamd.address, deadlineMs: 400 } });
    const startedAt = performance.now();
    expect(await screening.screen(await letter(RAW))).toMatchObject({ infection: null });
    expect(performance.now() - startedAt).toBeLessThan(1_500);
  });

  it('the name of a virus brings no control characters into the house', async () => {
    const clamd = await openClamd(() => 'stream: Bad\x1b[31m\u0007 FOUND\0');
    const { screening } = open({ viruses: { clamd: clamd.address } });
    expect((await screening.screen(await letter(RAW)))?.infection?.signature).toBe('Bad?[31m?');
  });

  it('one that hangs up in the middle of a large letter is no finding', async () => {
    const { address } = await openClamd((_bytes, socket) => {
      socket.destroy();
      return null;
    });
    const { screening } = open({ viruses: { clamd: address } });
    expect(await screening.screen(await letter(RAW + 'x'.repeat(5_000_000)))).toMatchObject({
      infection: null,
    });
  });
});

describe('a scanner that is away', () => {
  it('is told of once, left alone for half a minute, and asked again', async () => {
    const { screening, log, time, settings } = open({ viruses: { clamd: NO_CLAMD } });
    const one = await letter(RAW);
    for (let n = 0; n < 5; n += 1) await screening.screen(one);
    expect(log.lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
    const clamd = await openClamd(() => FOUND);
    settings.viruses.clamd = clamd.address;
    expect(await screening.screen(one)).toMatchObject({ infection: null });
    expect(clamd.connections()).toBe(0);
    time.ms += 31_000;
    expect(await screening.screen(one)).toMatchObject({ infection: { signature: 'Test.Virus' } });
    expect(log.lines.map(({ message }) => message)).toContain('a scanner answers again');
  });

  it('a crowd of letters does not wait one after the other', async () => {
    const clamd = await openClamd(() => null);
    const { screening, log } = open({ viruses: { clamd: clamd.address, deadlineMs: 300 } });
    const one = await letter(RAW);
    const startedAt = performance.now();
    const all = await Promise.all(Array.from({ length: 100 }, () => screening.screen(one)));
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(all.every((screened) => screened?.infection === null)).toBe(true);
    expect(clamd.connections()).toBeLessThanOrEqual(20);
    expect(log.lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
  });

  it('all letters of a crowd are looked at by one that answers', async () => {
    const clamd = await openClamd(() => FOUND);
    const { screening } = open({ viruses: { clamd: clamd.address, deadlineMs: 10_000 } });
    const one = await letter(RAW);
    const all = await Promise.all(Array.from({ length: 100 }, () => screening.screen(one)));
    expect(all.filter((screened) => screened?.infection)).toHaveLength(100);
  });

  it('a letter gone from the spool is nobody’s failure', async () => {
    const { screening, log } = open({ viruses: { clamd: NO_CLAMD } });
    const one = { ...(await letter(RAW)), path: '/nowhere/letter.eml' };
    for (let n = 0; n < 5; n += 1) expect(await screening.screen(one)).toMatchObject({ infection: null });
    log.expectNoWarnings();
  });

  it('closing gives up what is being asked', async () => {
    const clamd = await openClamd(() => null);
    const { screening, log } = open({ viruses: { clamd: clamd.address, deadlineMs: 60_000 } });
    const asked = screening.screen(await letter(RAW));
    await expect.poll(() => clamd.streams.length).toBe(1);
    screening.close();
    expect(await asked).toMatchObject({ infection: null });
    log.expectNoWarnings();
  });
});
