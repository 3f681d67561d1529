// The archive: `letters/YYYY/MM/DD/<id>.eml`, the very file that was spooled, by hard link.
import { join } from 'node:path';
import { systemCode } from '../domain/errors.js';
import type { SpooledLetter } from '../domain/letter.js';
import { linkSync, makeLastingFolder, removeFile, storageError, syncFolder } from '../machine/files.js';
import type { Archive } from '../ports/spool.js';

export interface ArchivePlace {
  dataFolder: string;
  /** Path of the spooled letter with this id. */
  sourceOf(id: string): string;
}

/** Reads the archive below `dataFolder`. */
export function openArchive(dataFolder: string): Archive {
  return {
    pathOf: (relative) => join(dataFolder, relative),
    remove: (relative) => removeFile(join(dataFolder, relative)),
  };
}

/** See Spool.archive. */
export async function archiveLetters(
  letters: readonly SpooledLetter[],
  place: ArchivePlace,
): Promise<string[]> {
  try {
    const folders = new Set(letters.map(folderOf));
    for (const folder of folders) await ensureFolder(place.dataFolder, folder);
    for (const letter of letters) linkLetter(letter, place);
    for (const folder of folders) await syncFolder(join(place.dataFolder, folder));
    return letters.map(pathOf);
  } catch (error) {
    throw storageError(error);
  }
}

function folderOf(letter: SpooledLetter): string {
  const [year, month, day] = letter.receivedAt.slice(0, 10).split('-');
  return `letters/${year}/${month}/${day}`;
}

function pathOf(letter: SpooledLetter): string {
  return `${folderOf(letter)}/${letter.id}.eml`;
}

const known = new Set<string>();

/** Makes the folder of a day; a new day has to survive a power cut as a whole. */
async function ensureFolder(dataFolder: string, folder: string): Promise<void> {
  const path = join(dataFolder, folder);
  if (known.has(path)) return;
  await makeLastingFolder(dataFolder, folder.split('/'));
  known.add(path);
}

function linkLetter(letter: SpooledLetter, place: ArchivePlace): void {
  try {
    linkSync(place.sourceOf(letter.id), join(place.dataFolder, pathOf(letter)));
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  }
}
