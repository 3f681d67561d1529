import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDirectoryDelivery } from '../../src/delivery/directory.js';
import { createSmtpDelivery } from '../../src/delivery/smtp.js';
import { openFarSide } from '../support/far-side.js';
import { type RecordingLog, recordingLog } from '../support/log.js';
import { anOutgoingLetter } from '../support/outgoing.js';

let folder: string;
let directory: string;
let log: RecordingLog;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'thanadak-sent-'));
  directory = join(folder, 'var', 'sent');
  log = recordingLog();
});

afterEach(() => {
  rmSync(folder, { recursive: true });
  log.expectNoWarnings();
});

const read = (name: string) => readFileSync(join(directory, name), 'utf8');
/** The head and body of a message, the head as name and unfolded value. */
async function parse(raw: string | Buffer) {
  const parsed = await simpleParser(raw);
  return { head: parsed.headerLines.map(({ line }) => line), text: parsed.text };
}

describe('a letter written into a directory', () => {
  it('is one .eml file named by its outbox id, in a directory that is made when missing', async () => {
    const delivery = createDirectoryDelivery({ directory, log });
    const outcome = await delivery.deliver(anOutgoingLetter({ id: '01JDFW2Y9V' }));
    await delivery.close();
    expect(outcome).toEqual({ kind: 'sent', reply: 'written to 01JDFW2Y9V.eml', queueId: null });
    expect(readdirSync(directory)).toEqual(['01JDFW2Y9V.eml']);
  });

  it('has CRLF line ends only, all headers, and the return path first', async () => {
    const delivery = createDirectoryDelivery({ directory, log });
    await delivery.deliver(anOutgoingLetter({ id: 'one' }));
    const raw = read('one.eml');
    expect(raw.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(raw.startsWith('Return-Path: <>\r\n')).toBe(true);
    for (const header of ['To', 'From', 'Message-ID', 'Date', 'Auto-Submitted']) {
      expect(raw).toMatch(new RegExp(`^${header}: `, 'm'));
    }
  });

  it.each([
    ['plain', 'Reference: BEHALA-26-000123-K\n'],
    ['with long lines', `${'word '.repeat(400)}\n.\nFrom here\n`],
    ['Bengali', 'এখনই কেউ বিপদে থাকলে 100 নম্বরে ফোন করুন।\n\nথানা: বেহালা\n'],
    ['Hindi and English', 'थाना: बेहाला\n\n---\n\nPolice station: Behala = one\n'],
  ])('is, when %s, the same message that a mail server would get', async (_, text) => {
    await using far = await openFarSide();
    const smtp = createSmtpDelivery({
      host: '127.0.0.1',
      port: far.port,
      tls: 'off',
      connections: 1,
      hostname: 'mail.kolkatapolice.example',
      log,
    });
    const delivery = createDirectoryDelivery({ directory, log });
    const letter = anOutgoingLetter({
      id: 'one',
      text,
      subject: 'আপনার ই-মেল',
      from: { address: 'a@b.example', name: 'থানা' },
    });
    await Promise.all([smtp.deliver(letter), delivery.deliver(letter)]);
    await smtp.close();
    const written = await parse(read('one.eml'));
    const received = await parse(far.taken[0]?.raw ?? '');
    expect(written.text).toBe(text);
    expect(received.text).toBe(text);
    expect(written.head).toEqual(['Return-Path: <>', ...received.head]);
  });

  it('replaces the file of an earlier attempt', async () => {
    const delivery = createDirectoryDelivery({ directory, log });
    await delivery.deliver(anOutgoingLetter({ id: 'one' }));
    writeFileSync(join(directory, 'one.eml'), 'half a letter');
    writeFileSync(join(directory, '.one.part'), 'left by a crash');
    await delivery.deliver(anOutgoingLetter({ id: 'one' }));
    expect(readdirSync(directory)).toEqual(['one.eml']);
    expect(read('one.eml')).toContain('Message-ID: <one.behala@');
  });

  it('is whole when many are written at once, some of them twice', async () => {
    const delivery = createDirectoryDelivery({ directory, log });
    const letters = Array.from({ length: 200 }, (_, index) => anOutgoingLetter({ id: `L${index % 150}` }));
    const outcomes = await Promise.all(letters.map((letter) => delivery.deliver(letter)));
    await delivery.close();
    expect(outcomes.every(({ kind }) => kind === 'sent')).toBe(true);
    const names = readdirSync(directory);
    expect(names).toHaveLength(150);
    expect(names.every((name) => read(name).endsWith('Reference: BEHALA-26-000123-K\r\n'))).toBe(true);
  });

  it('is temporary where nothing can be written, and goes out when the directory is mended', async () => {
    mkdirSync(join(folder, 'var'));
    writeFileSync(directory, 'a file where the directory should be');
    const delivery = createDirectoryDelivery({ directory, log });
    const outcome = await delivery.deliver(anOutgoingLetter());
    expect(outcome.kind).toBe('temporary');
    expect(outcome.reply).toMatch(/could not be written.*EEXIST|ENOTDIR/);
    rmSync(directory);
    expect((await delivery.deliver(anOutgoingLetter())).kind).toBe('sent');
  });

  it.skipIf(process.getuid?.() === 0)('is temporary in a directory without the right to write', async () => {
    mkdirSync(directory, { recursive: true });
    chmodSync(directory, 0o500);
    const delivery = createDirectoryDelivery({ directory, log });
    expect((await delivery.deliver(anOutgoingLetter())).kind).toBe('temporary');
    chmodSync(directory, 0o700);
    expect(readdirSync(directory)).toEqual([]);
  });

  it.skipIf(process.platform !== 'linux')(
    'is temporary when the disk is full, and leaves nothing',
    async () => {
      mkdirSync(directory, { recursive: true });
      symlinkSync('/dev/full', join(directory, '.one.part'));
      const delivery = createDirectoryDelivery({ directory, log });
      const outcome = await delivery.deliver(anOutgoingLetter({ id: 'one' }));
      expect(outcome).toMatchObject({ kind: 'temporary', reply: expect.stringContaining('ENOSPC') });
      expect(readdirSync(directory)).toEqual([]);
    },
  );

  it('finds its directory again after somebody removed it', async () => {
    const delivery = createDirectoryDelivery({ directory, log });
    await delivery.deliver(anOutgoingLetter({ id: 'one' }));
    rmSync(directory, { recursive: true });
    expect((await delivery.deliver(anOutgoingLetter({ id: 'two' }))).kind).toBe('temporary');
    expect((await delivery.deliver(anOutgoingLetter({ id: 'two' }))).kind).toBe('sent');
    expect(readdirSync(directory)).toEqual(['two.eml']);
  });

  it('never leaves its directory, whatever its id', async () => {
    const delivery = createDirectoryDelivery({ directory, log });
    expect((await delivery.deliver(anOutgoingLetter({ id: '../../escaped' }))).kind).toBe('permanent');
    expect(readdirSync(folder)).toEqual([]);
  });
});
