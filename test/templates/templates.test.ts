import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadTemplates } from '../../src/templates/templates.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'thanadak-templates-'));
  cpSync(join(import.meta.dirname, '../../config/templates'), folder, { recursive: true });
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('the templates of an installation', () => {
  it('are there in every language', async () => {
    const templates = await loadTemplates(folder, ['en', 'bn', 'hi']);
    expect(templates.get('acknowledgement', 'en').subject).toMatch(/^We have received/);
    expect(templates.get('acknowledgement', 'bn').subject).toMatch(/^আপনার/);
    expect(templates.get('acknowledgement', 'hi').subject).toMatch(/^आपका/);
  });

  it('need only be there in the languages that are configured; another stands in for a ticket of old', async () => {
    rmSync(join(folder, 'acknowledgement.hi.txt'));
    const templates = await loadTemplates(folder, ['bn']);
    expect(templates.get('acknowledgement', 'hi').subject).toMatch(/^আপনার/);
  });

  it('name every fault at once, with file and line', async () => {
    rmSync(join(folder, 'acknowledgement.hi.txt'));
    writeFileSync(join(folder, 'acknowledgement.bn.txt'), 'Subject: A\n\nDear {{name}}\n');
    const loading = loadTemplates(folder, ['en', 'bn', 'hi']);
    await expect(loading).rejects.toMatchObject({ code: 'invalid' });
    await expect(loading).rejects.toThrow(/acknowledgement\.bn\.txt:3: \{\{name\}\} is not known/);
    await expect(loading).rejects.toThrow(/acknowledgement\.hi\.txt: is missing/);
  });
});
