// Whatever a letter contains, reading it answers, and with nothing that could harm who keeps or shows it.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../../src/domain/message.js';
import { createReader } from '../../src/mime/reader.js';
import { createLetterFolder, type LetterFolder } from './letter-writing.js';

const fixtures = fileURLToPath(new URL('../letters/', import.meta.url));
const letters = readdirSync(fixtures)
  .filter((name) => name.endsWith('.eml'))
  .map((name) => readFileSync(`${fixtures}${name}`));

const reader = createReader({ workers: 2, memoryMb: 128, deadlineMs: 20_000 });
let folder: LetterFolder;
beforeAll(async () => {
  folder = await createLetterFolder();
});
afterAll(async () => {
  await reader.close();
  await folder.remove();
});

const edit = fc.record({
  at: fc.nat(),
  remove: fc.nat({ max: 40 }),
  insert: fc.oneof(
    fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes)),
    fc
      .constantFrom(
        '\r\n',
        '\n\n',
        '\r',
        '--',
        '=?utf-8?B?',
        '?=',
        '"',
        '<',
        '\0',
        'boundary=',
        '; charset=utf-16',
        ':',
        ' ',
      )
      .map((text) => Buffer.from(text)),
  ),
});

function mutate(letter: Buffer, edits: { at: number; remove: number; insert: Buffer }[]): Buffer {
  return edits.reduce((bytes, { at, remove, insert }) => {
    const place = bytes.length === 0 ? 0 : at % bytes.length;
    return Buffer.concat([bytes.subarray(0, place), insert, bytes.subarray(place + remove)]);
  }, letter);
}

function lines(message: Message): string[] {
  return [
    message.subject,
    message.problem ?? '',
    message.messageId ?? '',
    ...message.inReplyTo,
    ...message.references,
    ...message.headers.flatMap(({ name, value }) => [name, value]),
    ...[message.from, ...message.to].flatMap((mailbox) => (mailbox ? [mailbox.address, mailbox.name] : [])),
    ...message.attachments.flatMap(({ name, type, part, sha256 }) => [name, type, part, sha256]),
    ...message.attachments.flatMap(({ summary = '', letter }) => [
      summary,
      letter?.subject ?? '',
      letter?.from?.name ?? '',
      letter?.from?.address ?? '',
    ]),
  ];
}

describe('any letter at all', () => {
  it('is answered with clean text', async () => {
    const mutated = fc.tuple(fc.constantFrom(...letters), fc.array(edit, { maxLength: 8 }));
    await fc.assert(
      fc.asyncProperty(mutated, async ([letter, edits]) => {
        const message = await reader.read(await folder.write(mutate(letter, edits)));
        expect(message.parsed).toBe(true);
        for (const line of lines(message)) expect(line).not.toMatch(/[\p{Cc}\p{Cs}]/u);
        expect(message.text).not.toMatch(/(?![\n\t])\p{Cc}|\p{Cs}/u);
        for (const text of Object.values(message.report ?? {})) {
          expect(text ?? '').not.toMatch(/(?![\n\t])\p{Cc}|\p{Cs}/u);
          expect(Buffer.byteLength(text ?? '')).toBeLessThanOrEqual(3 * 32_768);
        }
        for (const { sha256 } of message.attachments) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
      }),
      { numRuns: 300 },
    );
  });

  it('reads a plain letter the same with and without the short way', async () => {
    const body = fc.string({
      unit: fc.constantFrom('a', ' ', '\n', '\r\n', '\0', 'আ', '--edge', '=', '\u202e'),
      maxLength: 60,
    });
    const type = fc.constantFrom(
      '',
      'Content-Type: text/plain\n',
      'Content-Type: text/plain; charset=iso-8859-1\n',
    );
    await fc.assert(
      fc.asyncProperty(body, type, async (text, contentType) => {
        const head = `From: Asha <asha@home.example>\nSubject: x\n${contentType}`;
        const short = await reader.read(await folder.write(`${head}\n${text}`));
        const long = await reader.read(await folder.write(`${head}Content-Language: bn\n\n${text}`));
        expect(short).toEqual({
          ...long,
          headers: long.headers.filter(({ name }) => name !== 'content-language'),
        });
      }),
      { numRuns: 200 },
    );
  });
});
