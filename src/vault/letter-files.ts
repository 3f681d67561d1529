// Letters below a folder, by their days.
import { join } from 'node:path';
import { systemCode } from '../domain/errors.js';
import { digestFile } from '../machine/copying.js';
import { readdir } from '../machine/files.js';
import type { Digest, LetterFiles } from '../ports/vault.js';

const STEPS = [/^\d{4}$/, /^\d{2}$/, /^\d{2}$/];
const LETTER = /^[0-9A-Za-z-]+\.eml$/;
const DAY_PATH = /^letters\/\d{4}\/\d{2}\/\d{2}$/;

/** Whether this is the path of a letter in the archive, and nothing that leads elsewhere. */
export function isLetterPath(path: string): boolean {
  const at = path.lastIndexOf('/');
  return DAY_PATH.test(path.slice(0, at)) && LETTER.test(path.slice(at + 1));
}

export function openLetterFiles(base: string): LetterFiles {
  return {
    days: async () => (await walk(base)).days,
    names: async (day) => (await namesIn(join(base, day))).filter((name) => LETTER.test(name)),
    strays: () => straysOf(base),
    digest: (path) => digestIfThere(join(base, path)),
  };
}

/** Undefined when there is no such file. */
export async function digestIfThere(path: string): Promise<Digest | undefined> {
  try {
    return await digestFile(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

interface Walked {
  days: string[];
  strays: string[];
}

async function walk(base: string): Promise<Walked> {
  let folders = ['letters'];
  const strays: string[] = [];
  for (const step of STEPS) {
    const next: string[] = [];
    for (const folder of folders) {
      for (const name of await namesIn(join(base, folder))) {
        (step.test(name) ? next : strays).push(`${folder}/${name}`);
      }
    }
    folders = next;
  }
  return { days: folders.sort(), strays };
}

async function straysOf(base: string): Promise<string[]> {
  const { days, strays } = await walk(base);
  for (const day of days) {
    const names = await namesIn(join(base, day));
    strays.push(...names.filter((name) => !LETTER.test(name)).map((name) => `${day}/${name}`));
  }
  return strays.sort();
}

/** None where there is no folder: a file in the place of one is told as a day without letters. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return [];
    throw error;
  }
}
