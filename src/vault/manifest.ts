// The manifest of a set as text, and lists of letters as `sha256sum --check` reads them. What is read is not trusted.
import { ThanadakError } from '../domain/errors.js';
import type { DayMark, FileMark, ListedLetter, Manifest } from '../ports/vault.js';
import { isLetterPath } from './letter-files.js';

export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 1)}\n`;
}

/** Errors: 'refused' for anything that this program did not write. */
export function parseManifest(text: string, set: string): Manifest {
  const value = parseJson(text);
  if (isManifest(value)) return value;
  throw new ThanadakError('refused', `The manifest of ${set} is damaged, or of another version.`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isManifest(value: unknown): value is Manifest {
  const manifest = value as Manifest;
  return (
    manifest?.format === 1 &&
    [manifest.version, manifest.shape, manifest.begunAt, manifest.endedAt].every(isText) &&
    [manifest.letters, manifest.spooled, manifest.held].every(Number.isSafeInteger) &&
    [manifest.files, manifest.days, manifest.problems].every(Array.isArray) &&
    manifest.problems.every(isText) &&
    manifest.files.every(isFileMark) &&
    manifest.days.every(isDayMark)
  );
}

const isText = (value: unknown) => typeof value === 'string';
const isHash = (value: unknown) => isText(value) && /^[0-9a-f]{64}$/.test(String(value));

function isFileMark({ path, bytes, sha256 }: FileMark): boolean {
  return isText(path) && isInside(path) && Number.isSafeInteger(bytes) && isHash(sha256);
}

/** A path that stays below the folder it is meant for. */
function isInside(path: string): boolean {
  return (
    path.split('/').every((step) => step !== '' && step !== '.' && step !== '..') && !path.includes('\0')
  );
}

function isDayMark({ day, letters, bytes, list, sha256 }: DayMark): boolean {
  return (
    isText(day) &&
    isLetterPath(`${day}/x.eml`) &&
    [letters, bytes].every(Number.isSafeInteger) &&
    isHash(sha256) &&
    list === listPath(day, sha256)
  );
}

/** `lists/2026-11-24.<hash>.sha256`. */
export function listPath(day: string, sha256: string): string {
  return `lists/${day.slice('letters/'.length).replaceAll('/', '-')}.${sha256.slice(0, 16)}.sha256`;
}

/** The lines in the order of their paths. */
export function listText(letters: readonly ListedLetter[]): string {
  const lines = letters.map(({ path, sha256 }) => `${sha256}  ${path}\n`);
  return lines.sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1)).join('');
}

/** Its hash was compared before, so what is not a line of ours is a fault of the list's maker. */
export function parseList(text: string): ListedLetter[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [sha256 = '', path = ''] = [line.slice(0, 64), line.slice(66)];
      if (isHash(sha256) && isLetterPath(path)) return { path, sha256 };
      throw new ThanadakError('refused', `A list of letters has a line that is none: ${line.slice(0, 100)}`);
    });
}
