// Letters made to defeat the reader: they are answered for, and the letters beside them do not suffer.
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { TemporaryFailure } from '../../src/domain/errors.js';
import { createReader, type ReaderOptions } from '../../src/mime/reader.js';
import { createLetterFolder, HEAD, type LetterFolder, multipart } from './letter-writing.js';

let folder: LetterFolder;
beforeAll(async () => {
  folder = await createLetterFolder();
});
afterAll(() => folder.remove());

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const reader of opened.splice(0)) await reader.close();
});

function openReader(options: Partial<ReaderOptions> = {}): ReturnType<typeof createReader> {
  const reader = createReader({ workers: 1, memoryMb: 128, deadlineMs: 20_000, ...options });
  opened.push(reader);
  return reader;
}

const plain = (subject: string): string => `${HEAD.replace('A test', subject)}\r\nText.\r\n`;

function nested(depth: number): string {
  const openings = Array.from(
    { length: depth },
    (_, level) => `Content-Type: multipart/mixed; boundary=b${level}\r\n\r\n--b${level}\r\n`,
  );
  return `${HEAD}MIME-Version: 1.0\r\n${openings.join('')}Content-Type: text/plain\r\n\r\nDeep.\r\n`;
}

/** Cells that make the HTML converter use far more memory than the letter has bytes. */
const heavyHtml = `${HEAD}Content-Type: text/html\r\n\r\n${'<b>x</b>\r\n'.repeat(25_000)}`;

describe('a letter beyond the limits of the parser', () => {
  it('with 1,100 nested parts is answered with its head', async () => {
    const message = await openReader().read(await folder.write(nested(1_100)));
    expect(message).toMatchObject({ parsed: false, subject: 'A test', messageId: '<test@home.example>' });
    expect(message.problem).toContain('more than 1000 parts');
  });

  it('with 5,000 attachments is answered with its head and first words', async () => {
    const parts = ['Content-Type: text/plain\r\n\r\nPlease see the files.'];
    for (let n = 0; n < 5_000; n++) parts.push(`Content-Type: image/png; name=${n}.png\r\n\r\n${n}`);
    const message = await openReader().read(await folder.write(multipart(parts)));
    expect(message).toMatchObject({
      parsed: false,
      from: { address: 'asha@home.example', name: 'Asha Sen' },
      text: 'Please see the files.\n',
      attachments: [],
    });
  });

  it('with a head of over 1 MiB is answered from its beginning', async () => {
    const letter = `${HEAD}${'X-Fill: fill\r\n'.repeat(90_000)}\r\nText.\r\n`;
    const message = await openReader().read(
      await folder.write(multipart(['\r\nText.'], letter.slice(0, -9))),
    );
    expect(message).toMatchObject({ parsed: false, subject: 'A test' });
    expect(message.headers).toHaveLength(500);
  });

  it('with 20,000 recipients lists the first 200', async () => {
    const to = Array.from({ length: 20_000 }, (_, n) => `r${n}@home.example`).join(',\r\n ');
    const message = await openReader().read(await folder.write(`To: ${to}\r\n${HEAD}\r\nText.\r\n`));
    expect(message.to).toHaveLength(200);
    expect(message.to[199]?.address).toBe('r199@home.example');
  });

  it('with more text than we keep says that it was cut', async () => {
    const message = await openReader().read(await folder.write(`${HEAD}\r\n${'word\r\n'.repeat(300_000)}`));
    expect(message.parsed).toBe(true);
    expect(message.text).toHaveLength(1_000_000);
    expect(message.problem).toContain('only its beginning');
  });

  it('with 2 MB of HTML makes text of the beginning', async () => {
    const html = `${HEAD}Content-Type: text/html\r\n\r\n${'<p>Paragraph of noise.</p>\r\n'.repeat(80_000)}`;
    const message = await openReader().read(await folder.write(html));
    expect(message.parsed).toBe(true);
    expect(message.text).toContain('Paragraph of noise.');
    expect(message.problem).toContain('HTML of the letter is very long');
  });

  it('with HTML too deep to read shows the bare words', async () => {
    const html = `${HEAD}Content-Type: text/html\r\n\r\n${'<b>'.repeat(2_000)}Help<script>bad()</script>\r\n`;
    const message = await openReader().read(await folder.write(html));
    expect(message.text).toContain('Help');
    expect(message.text).not.toContain('bad');
    expect(message.problem).toContain('bare words');
  });

  it('with one line of megabytes is read', async () => {
    const message = await openReader().read(await folder.write(`${HEAD}\r\n${'x'.repeat(3_000_000)}`));
    expect(message).toMatchObject({ parsed: true, subject: 'A test' });
    expect(message.text).toHaveLength(1_000_000);
  });
});

describe('an attachment of 30 MB', () => {
  it('is hashed and counted without being held in memory', async () => {
    const path = await folder.write('');
    const { sha256, bytes } = await writeLargeLetter(path, 30);
    const reader = openReader({ memoryMb: 32 });
    await reader.read(await folder.write(plain('warm')));
    const before = process.memoryUsage().rss;
    const message = await reader.read(path);
    const grown = process.memoryUsage().rss - before;
    expect(message.attachments).toEqual([
      { name: 'film.mp4', type: 'video/mp4', size: bytes, sha256, part: '1' },
    ]);
    expect(grown).toBeLessThan(bytes);
  });
});

/** Writes a letter with one attachment of `megabytes` as base64. */
async function writeLargeLetter(path: string, megabytes: number): Promise<{ sha256: string; bytes: number }> {
  const file = createWriteStream(path);
  const hash = createHash('sha256');
  const type = 'Content-Type: video/mp4; name=film.mp4\r\nContent-Transfer-Encoding: base64';
  file.write(
    multipart([`${type}\r\n\r\n`])
      .split('--edge--')[0]
      ?.trimEnd() ?? '',
  );
  file.write('\r\n\r\n');
  for (let written = 0; written < megabytes; written++) {
    const block = randomBytes(57 * 18_396);
    hash.update(block);
    if (!file.write(block.toString('base64').replace(/.{76}/g, '$&\r\n'))) await once(file, 'drain');
  }
  file.end('--edge--\r\n');
  await once(file, 'close');
  return { sha256: hash.digest('hex'), bytes: megabytes * 57 * 18_396 };
}

describe('a letter that takes too long', () => {
  it('is answered with its head, and the letters beside it are read', async () => {
    const reader = openReader({ deadlineMs: 300 });
    const endless = multipart([
      'Content-Type: text/plain\r\n\r\nHelp.',
      `Content-Type: application/x-lines\r\n\r\n${'\n'.repeat(30_000_000)}`,
    ]);
    const letters = [plain('one'), plain('two'), endless, plain('three'), plain('four')];
    const written = await Promise.all(letters.map((letter) => folder.write(letter)));
    const messages = await Promise.all(written.map((path) => reader.read(path)));
    expect(messages.map(({ subject, parsed }) => [subject, parsed])).toEqual([
      ['one', true],
      ['two', true],
      ['A test', false],
      ['three', true],
      ['four', true],
    ]);
    expect(messages[2]?.problem).toContain('longer than 0.3 seconds');
    expect(messages[2]?.text).toBe('Help.\n');
    expect(await reader.read(await folder.write(plain('next')))).toMatchObject({
      parsed: true,
      subject: 'next',
    });
  });
});

describe('a letter that needs too much memory', () => {
  it('is answered with its head, and the letters beside it are read', async () => {
    const reader = openReader({ memoryMb: 24 });
    const letters = [plain('one'), heavyHtml, plain('two')];
    const written = await Promise.all(letters.map((letter) => folder.write(letter)));
    const messages = await Promise.all(written.map((path) => reader.read(path)));
    expect(messages.map(({ subject, parsed }) => [subject, parsed])).toEqual([
      ['one', true],
      ['A test', false],
      ['two', true],
    ]);
    expect(messages[1]?.problem).toContain('more memory');
  });
});

describe('the reader', () => {
  it('rejects only when the file cannot be opened', async () => {
    const reader = openReader();
    await expect(reader.read('/nowhere/letter.eml')).rejects.toBeInstanceOf(TemporaryFailure);
    expect(await reader.read(await folder.write(plain('after')))).toMatchObject({ subject: 'after' });
  });

  it('answers many letters at once, each with its own', async () => {
    const reader = openReader({ workers: 2 });
    const subjects = Array.from({ length: 200 }, (_, n) => `letter ${n}`);
    const paths = await Promise.all(subjects.map((subject) => folder.write(plain(subject))));
    const messages = await Promise.all(paths.map((path) => reader.read(path)));
    expect(messages.map(({ subject }) => subject)).toEqual(subjects);
  });

  it('finishes the letters being read when it closes, and refuses the others', async () => {
    const reader = openReader();
    const path = await folder.write(plain('last'));
    const reads = Array.from({ length: 40 }, () => reader.read(path));
    await Promise.resolve();
    const [settled] = await Promise.all([Promise.allSettled(reads), reader.close()]);
    expect(settled[0]).toMatchObject({ status: 'fulfilled', value: { subject: 'last' } });
    expect(settled.at(-1)).toMatchObject({ status: 'rejected', reason: expect.any(TemporaryFailure) });
    await expect(reader.read(path)).rejects.toBeInstanceOf(TemporaryFailure);
  });

  it('refuses letters beyond its queue for now', async () => {
    const reader = openReader({ maxQueue: 1 });
    const path = await folder.write(plain('queued'));
    const settled = await Promise.allSettled([reader.read(path), reader.read(path)]);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  });

  it('says at once when its worker is missing', () => {
    const workerUrl = pathToFileURL('/nowhere/parse-worker.js');
    expect(() => openReader({ workerUrl })).toThrow('is missing');
  });

  it('answers with the head when no worker can start', async () => {
    const broken = await folder.write('throw new Error("broken");');
    const reader = openReader({ workerUrl: pathToFileURL(broken) });
    expect(await reader.read(await folder.write(plain('still')))).toMatchObject({
      parsed: false,
      subject: 'still',
    });
  });
});
