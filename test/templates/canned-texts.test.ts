// The texts officers begin with: those that come with the program, and what is wrong in a folder of one's own.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cannedIn, isUnfilled } from '../../src/domain/canned-text.js';
import { loadCannedTexts } from '../../src/templates/canned-texts.js';

const OWN = join(import.meta.dirname, '../../config/canned');
const VALUES = {
  emergency_numbers: '100 or 112',
  officer: 'SI A. Sen',
  reference: 'BEHALA-26-000123-K',
  station: 'Behala Police Station {{officer}}',
};

describe('the texts that come with the program', () => {
  it('are there in every language for each of the three letters, and can be filled', async () => {
    const { texts, problems } = await loadCannedTexts(OWN);
    expect(problems).toEqual([]);
    expect(texts.length).toBeGreaterThanOrEqual(12);
    expect(new Set(texts.map(({ deed }) => deed))).toEqual(new Set(['reply', 'ask', 'close']));
    for (const text of texts) {
      for (const language of ['en', 'bn', 'hi'] as const) {
        const filled = cannedIn(text, language, VALUES);
        expect(filled?.text.replace(/\{\{officer\}\}/g, '')).toMatch(/^[^{}]+$/);
        const script = {
          en: /^[^\p{Script=Bengali}\p{Script=Devanagari}]+$/u,
          bn: /\p{Script=Bengali}/u,
          hi: /\p{Script=Devanagari}/u,
        };
        expect(filled?.title).toMatch(script[language]);
        expect(filled?.text).toMatch(script[language]);
      }
    }
  });

  it.each([
    ['It will be on […].', true],
    ['It will be on [...].', true],
    ['It will be on Monday [the 2nd] …', false],
  ])('say whether a place is left to fill: %s', (text, unfilled) => expect(isUnfilled(text)).toBe(unfilled));
});

describe('a folder of one’s own', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'thanadak-canned-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

  it('may have a text in some languages only', async () => {
    write('ask-boat.bn.txt', 'Title: নৌকা\n\nনৌকার নম্বর?\n');
    const { texts, problems } = await loadCannedTexts(folder);
    expect(problems).toEqual([]);
    expect(texts).toMatchObject([{ code: 'ask-boat', deed: 'ask' }]);
    expect(texts[0] && cannedIn(texts[0], 'en', VALUES)).toBeUndefined();
    expect(texts[0] && cannedIn(texts[0], 'bn', VALUES)).toEqual({ title: 'নৌকা', text: 'নৌকার নম্বর?' });
  });

  it('tells every fault with file and line', async () => {
    write('greeting.en.txt', 'Title: A\n\nB\n');
    write('reply-a.en.txt', 'Subject: A\n\nDear {{resident}}\n');
    write('notes.md', 'not a text');
    const { problems } = await loadCannedTexts(folder);
    expect(problems).toEqual([
      expect.stringMatching(/greeting\.en\.txt: is not named as a text is/),
      expect.stringMatching(/reply-a\.en\.txt:1: the first line must be "Title: " and the title/),
      expect.stringMatching(/reply-a\.en\.txt:3: \{\{resident\}\} is not known/),
    ]);
  });

  it('that is not there is a fault, and none at all is none', async () => {
    expect((await loadCannedTexts(join(folder, 'nowhere'))).problems).toHaveLength(1);
    expect(await loadCannedTexts(undefined)).toEqual({ texts: [], problems: [] });
  });
});
