// Letters and the messages they become: test/letters/<scenario>.eml and <scenario>.expected.json.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { createReader } from '../../src/mime/reader.js';

const folder = fileURLToPath(new URL('../letters/', import.meta.url));
const scenarios = readdirSync(folder)
  .filter((name) => name.endsWith('.expected.json'))
  .map((name) => name.replace('.expected.json', ''));

const reader = createReader({ workers: 1, memoryMb: 128, deadlineMs: 20_000 });
afterAll(() => reader.close());

describe('a letter becomes a message', () => {
  it.each(scenarios)('%s', async (scenario) => {
    const expected: unknown = JSON.parse(readFileSync(`${folder}${scenario}.expected.json`, 'utf8'));
    expect(await reader.read(`${folder}${scenario}.eml`)).toMatchObject(expected as object);
  });

  it('has a scenario for every letter in the folder', () => {
    expect(scenarios.length).toBe(readdirSync(folder).filter((name) => name.endsWith('.eml')).length);
  });
});
