// Letters and the messages they become: test/letters/<scenario>.eml and <scenario>.expected.json. What is expected may
// be partial: it names the fields of the message that the scenario is about, and beside them what the rules see in it:
// `words` (own, quoted, signature, forwarded), `forwardedLetter`, `nameFlags` of the sender, `authorFlags`.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { authorFlags, displayNameFlags } from '../../src/domain/display-name.js';
import type { Message } from '../../src/domain/message.js';
import { splitText } from '../../src/domain/own-words.js';
import { forwardedLetter } from '../../src/domain/own-words-forwarded.js';
import { createReader } from '../../src/mime/reader.js';

const folder = fileURLToPath(new URL('../letters/', import.meta.url));
const scenarios = readdirSync(folder)
  .filter((name) => name.endsWith('.expected.json'))
  .map((name) => name.replace('.expected.json', ''));

const reader = createReader({ workers: 1, memoryMb: 128, deadlineMs: 20_000 });
afterAll(() => reader.close());

/** The message, and what the rules see in it. */
function seen(message: Message): object {
  return {
    ...message,
    words: splitText(message.text),
    forwardedLetter: forwardedLetter(message),
    nameFlags: message.from ? displayNameFlags(message.from) : [],
    authorFlags: authorFlags(message),
  };
}

describe('a letter becomes a message', () => {
  it.each(scenarios)('%s', async (scenario) => {
    const expected: unknown = JSON.parse(readFileSync(`${folder}${scenario}.expected.json`, 'utf8'));
    expect(seen(await reader.read(`${folder}${scenario}.eml`))).toMatchObject(expected as object);
  });

  it('has a scenario for every letter in the folder', () => {
    expect(scenarios.length).toBe(readdirSync(folder).filter((name) => name.endsWith('.eml')).length);
  });
});
