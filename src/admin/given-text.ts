// Texts and references as they are given on the line: themselves, out of a file, or from stdin.
import { readFile } from 'node:fs/promises';
import { messageOf, ThanadakError } from '../domain/errors.js';
import type { AdminDeps } from './deps.js';

export const FROM_STDIN = '-';

/** As help says it. */
export const TEXT_SOURCES = '- reads it from stdin, @FILE from a file; @@ stands for @';

/**
 * The text that `given` stands for: `-` what comes from stdin, `@FILE` what the file holds, `@@…` a text that begins
 * with `@`. Errors: 'invalid' for what cannot be read or is not UTF-8.
 */
export async function readText(deps: Pick<AdminDeps, 'readStdin'>, given: string): Promise<string> {
  if (given === FROM_STDIN) return readStdinText(deps);
  if (!given.startsWith('@')) return given;
  if (given.startsWith('@@')) return given.slice(1);
  return readFileText(given.slice(1));
}

/** Errors: 'invalid' when it is not UTF-8. */
export async function readStdinText(deps: Pick<AdminDeps, 'readStdin'>): Promise<string> {
  return decode(await deps.readStdin(), 'stdin');
}

/** Errors: 'invalid' for a file that cannot be read or is not UTF-8. */
export async function readFileText(file: string): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw new ThanadakError('invalid', `${file} cannot be read: ${messageOf(error)}`);
  }
  return decode(bytes, file);
}

function decode(bytes: Uint8Array, source: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ThanadakError('invalid', `What ${source} holds is not UTF-8 text.`);
  }
}

/** The references that are meant, in order, each once; `isList` when they came from stdin or are several. */
export interface GivenReferences {
  references: string[];
  isList: boolean;
}

/** `-` alone stands for stdin: one reference a line, blank lines and those beginning with # left out. */
export async function readReferences(
  deps: Pick<AdminDeps, 'readStdin'>,
  given: readonly string[],
): Promise<GivenReferences> {
  if (!given.includes(FROM_STDIN)) return { references: distinct(given), isList: given.length > 1 };
  if (given.length > 1)
    throw new ThanadakError('invalid', '- reads the references from stdin; give no others besides.');
  const lines = (await readStdinText(deps)).split(/\r\n?|\n/).map((line) => line.trim());
  return { references: distinct(lines.filter((line) => line !== '' && !line.startsWith('#'))), isList: true };
}

function distinct(references: readonly string[]): string[] {
  return [...new Set(references.map((reference) => reference.trim().toUpperCase()))];
}
