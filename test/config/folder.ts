// A folder of configuration files for one test, gone when the test is over.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Config } from '../../src/config/config.js';
import { type Loaded, loadConfig } from '../../src/config/load.js';
import { formatProblems } from '../../src/config/problem.js';

/** The least that a configuration needs. */
export const LEAST = `mail_domain: mail.kolkatapolice.example
forces:
  - { code: kp, name: { en: Kolkata Police }, divisions: [{ code: sw, name: { en: South West } }] }
stations:
  - code: behala
    name: { en: Behala Police Station }
    force: kp
    division: sw
    addresses: [behala.ps@kolkatapolice.example]
`;

/** Writes `files` (by their relative paths) into a new folder and answers its path. */
export function folderWith(files: Record<string, string | Buffer>): string {
  const folder = mkdtempSync(join(tmpdir(), 'thanadak-config-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** Loads `text` as the main file of a new folder with `others` beside it. */
export function loadText(
  text: string,
  others: Record<string, string | Buffer> = {},
  env: NodeJS.ProcessEnv = {},
): Loaded {
  return loadConfig(join(folderWith({ 'main.yaml': text, ...others }), 'main.yaml'), env);
}

/** The configuration, or a failed test that shows what is wrong with it. */
export function configOf(loaded: Loaded): Config {
  if (!loaded.ok) throw new Error(formatProblems(loaded.problems));
  return loaded.config;
}

/** `file:line:column: message; mend` of every problem, files without their folder. */
export function problemsOf(loaded: Loaded): string[] {
  if (loaded.ok) return [];
  const problems = loaded.problems.map((problem) => ({
    ...problem,
    file: problem.file.replace(/^.*\/thanadak-config-[^/]*\//, ''),
  }));
  return problems.map((problem) => formatProblems([problem]));
}
