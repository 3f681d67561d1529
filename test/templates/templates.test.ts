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

  it('are in English for officers, other forces and agencies, whatever language is asked for', async () => {
    const templates = await loadTemplates(folder, ['bn']);
    for (const name of [
      'officer-escalation',
      'officer-digest',
      'officer-alarm',
      'transfer-foreign',
      'referral',
    ] as const) {
      expect(templates.get(name, 'bn')).toEqual(templates.get(name, 'en'));
      expect(templates.get(name, 'hi').text).toMatch(/^[\u0020-\u007e\n]+$/);
    }
    expect(templates.get('closure', 'en').text).toMatch(/^এখনই/);
  });

  it('need only be there in the languages that are configured; another stands in for a ticket of old', async () => {
    rmSync(join(folder, 'acknowledgement.hi.txt'));
    const templates = await loadTemplates(folder, ['bn']);
    expect(templates.get('acknowledgement', 'hi').subject).toMatch(/^আপনার/);
  });

  it('name every fault at once, with file and line', async () => {
    rmSync(join(folder, 'acknowledgement.hi.txt'));
    writeFileSync(join(folder, 'acknowledgement.bn.txt'), 'Subject: A\n\nDear {{name}}\n');
    writeFileSync(join(folder, 'closure.en.txt'), 'Subject: Your letter\n\nClosed: {{action}}\n');
    writeFileSync(join(folder, 'signature.en.txt'), 'Subject: Sign at {{station}}\n\nPlease sign.\n');
    rmSync(join(folder, 'referral.en.txt'));
    const loading = loadTemplates(folder, ['en', 'bn', 'hi']);
    await expect(loading).rejects.toMatchObject({ code: 'invalid' });
    await expect(loading).rejects.toThrow(/acknowledgement\.bn\.txt:3: \{\{name\}\} is not known/);
    await expect(loading).rejects.toThrow(
      /acknowledgement\.hi\.txt: is missing; .*take "hi" out of languages/,
    );
    await expect(loading).rejects.toThrow(/closure\.en\.txt:3: \{\{action\}\} .*alone on its line/);
    await expect(loading).rejects.toThrow(/signature\.en\.txt:1: \{\{station\}\} is not known in a subject/);
    await expect(loading).rejects.toThrow(/referral\.en\.txt: is missing; .*in English/);
  });
});
