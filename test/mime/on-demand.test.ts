// What is read out of a letter only when somebody asks: bytes of parts, attached letters, headers as received.
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { rawHeaders } from '../../src/mime/head-only.js';
import { parseLetter } from '../../src/mime/parse-letter.js';
import { readAttachedLetter, readPart } from '../../src/mime/read-part.js';

const letter = (scenario: string): string =>
  fileURLToPath(new URL(`../letters/${scenario}.eml`, import.meta.url));

describe('the bytes of an attachment', () => {
  it.each([
    'mixed-with-photo',
    'inline-image',
    'nested-letter',
    'winmail-with-two-files',
    'winmail-with-more-text-than-the-letter',
    'uuencoded-photo',
    'report-undelivered',
    'sole-attachment',
    'hostile-file-names',
  ])('of %s are those that were listed', async (scenario) => {
    const { attachments } = await parseLetter(letter(scenario));
    expect(attachments.length).toBeGreaterThan(0);
    for (const { part, size, sha256 } of attachments) {
      const bytes = await readPart(letter(scenario), part);
      expect(bytes?.length).toBe(size);
      expect(
        createHash('sha256')
          .update(bytes ?? '')
          .digest('hex'),
      ).toBe(sha256);
    }
  });

  it.each(['9', '2/9', 'text/1', '', '2/-1', '2/x', 'constructor'])('of part %j are none', async (part) => {
    expect(await readPart(letter('winmail-with-two-files'), part)).toBeNull();
  });
});

describe('an attached letter', () => {
  it('is read as a letter', async () => {
    expect(await readAttachedLetter(letter('forward-as-attachment'), '2')).toMatchObject({
      from: { address: 'rita@home.example', name: 'রীতা বসু' },
      subject: 'রাতে মাইক বাজে',
      text: 'রোজ রাতে মাইক বাজে।',
      date: '2026-11-23T04:30:00.000Z',
    });
    expect(await readAttachedLetter(letter('forward-as-attachment'), '7')).toBeNull();
  });
});

describe('the headers as received', () => {
  it('keep their folding and their encoded words', async () => {
    const headers = await rawHeaders(letter('name-of-mixed-scripts'));
    expect(headers.find(({ name }) => name === 'from')?.raw).toMatch(
      /^From: =\?UTF-8\?B\?.*\?= <evil@bad\.example>$/,
    );
    expect(headers.map(({ name }) => name)).toContain('message-id');
  });

  it('of a missing letter are an error', async () => {
    await expect(rawHeaders('/nowhere.eml')).rejects.toThrow('ENOENT');
  });
});
