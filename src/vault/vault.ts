// The folder of backups: reading sets, making one, and letting go of old ones.
import fs from 'node:fs';
import { join } from 'node:path';
import { systemCode, ThanadakError } from '../domain/errors.js';
import { keepAlso, makeFolders, syncFolder } from '../machine/copying.js';
import { sha256 } from '../machine/digest.js';
import { readdir, readFile, rename, writeSynced } from '../machine/files.js';
import type { DayMark, Digest, ListedLetter, Vault, WritableVault } from '../ports/vault.js';
import { digestIfThere, isLetterPath, openLetterFiles } from './letter-files.js';
import { takeLock } from './lock.js';
import { listPath, listText, parseList, parseManifest } from './manifest.js';
import { prune } from './pruning.js';
import { beginSet } from './set.js';

const MANIFEST = 'manifest.json';

/** Opens a folder of backups for reading. Errors: 'not-found' when there is none. */
export function openVault(folder: string): Vault {
  if (!fs.existsSync(join(folder, 'sets'))) {
    throw new ThanadakError('not-found', `There is no backup in ${folder}.`);
  }
  return readable(folder);
}

/** Opens a folder for a backup, making it when it is not there. Errors: 'unavailable' while another one is made there. */
export async function openWritableVault(folder: string): Promise<WritableVault> {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const letGo = takeLock(folder);
  try {
    for (const name of ['letters', 'lists', 'sets']) await makeFolders(folder, name);
  } catch (error) {
    letGo();
    throw error;
  }
  const vault = readable(folder);
  return {
    ...vault,
    begin: (name) => beginSet(join(folder, 'sets'), name),
    keep: (source, letter) => keep(folder, source, letter),
    settleDay: (day, letters) => settleDay(folder, day, letters),
    prune: (count) => prune(folder, vault, count),
    close: async () => letGo(),
  };
}

function readable(folder: string): Vault {
  const pathIn = (set: string, path: string) => join(folder, 'sets', set, path);
  return {
    letters: openLetterFiles(folder),
    sets: () => completeSets(join(folder, 'sets')),
    manifest: (set) => readManifest(folder, set),
    pathIn,
    pathOf: (path) => join(folder, path),
    digest: (set, path) => digestIfThere(pathIn(set, path)),
    list: (mark) => readList(folder, mark),
  };
}

/** A set that is being made ends in `.part`; one without its manifest was never finished. */
async function completeSets(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names
    .filter((name) => !name.endsWith('.part') && fs.existsSync(join(folder, name, MANIFEST)))
    .sort();
}

async function readManifest(folder: string, set: string): Promise<ReturnType<typeof parseManifest>> {
  if (!/^[0-9A-Za-z.-]+$/.test(set) || set.startsWith('.')) throw noSet(folder, set);
  try {
    return parseManifest(await readFile(join(folder, 'sets', set, MANIFEST), 'utf8'), set);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') throw noSet(folder, set);
    throw error;
  }
}

function noSet(folder: string, set: string): ThanadakError {
  return new ThanadakError('not-found', `There is no complete set ${set} in ${folder}.`);
}

async function readList(folder: string, mark: DayMark): Promise<ListedLetter[]> {
  let text: string;
  try {
    text = await readFile(join(folder, mark.list), 'utf8');
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    throw new ThanadakError('refused', `${mark.list} is missing.`);
  }
  if (sha256(text) === mark.sha256) return parseList(text);
  throw new ThanadakError('refused', `${mark.list} is not as it was written.`);
}

async function keep(
  folder: string,
  source: string,
  letter: Digest & { path: string },
): Promise<'linked' | 'copied' | 'damaged' | 'missing'> {
  if (!isLetterPath(letter.path)) return 'damaged';
  await makeFolders(folder, letter.path.slice(0, letter.path.lastIndexOf('/')));
  try {
    return await keepAlso(source, join(folder, letter.path), letter);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return 'missing';
    throw error;
  }
}

async function settleDay(
  folder: string,
  day: string,
  letters: readonly (ListedLetter & Digest)[],
): Promise<DayMark> {
  const text = Buffer.from(listText(letters));
  const digest = sha256(text);
  const list = listPath(day, digest);
  const path = join(folder, list);
  if (!fs.existsSync(path)) {
    await writeSynced(`${path}.part`, text);
    await rename(`${path}.part`, path);
    await syncFolder(join(folder, 'lists'));
  }
  if (fs.existsSync(join(folder, day))) await syncFolder(join(folder, day));
  const bytes = letters.reduce((sum, letter) => sum + letter.bytes, 0);
  return { day, letters: letters.length, bytes, list, sha256: digest };
}
