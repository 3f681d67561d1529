// The folder that a set is restored into. Nothing there shares a file with the backup.
import fs from 'node:fs';
import { dirname, join } from 'node:path';
import { systemCode, ThanadakError } from '../domain/errors.js';
import { copySynced, makeFolders, syncFolder } from '../machine/copying.js';
import { removeFile, rename } from '../machine/files.js';
import type { Digest, Target } from '../ports/vault.js';

/** Makes the folder when it is not there. Errors: 'conflict' when something lies in it. */
export function openTarget(folder: string): Target {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (fs.readdirSync(folder).length > 0) {
    throw new ThanadakError('conflict', `${folder} is not empty; restore into a folder of its own.`);
  }
  const folders = new Set([folder]);
  return {
    take: (source, path) => take({ folder, folders }, source, path),
    drop: (path) => removeFile(join(folder, path)),
    rename: (from, to) => rename(join(folder, from), join(folder, to)),
    async settle() {
      for (const one of folders) await syncFolder(one);
    },
  };
}

async function take(
  { folder, folders }: { folder: string; folders: Set<string> },
  source: string,
  path: string,
): Promise<Digest | undefined> {
  const target = join(folder, path);
  if (!folders.has(dirname(target))) {
    await makeFolders(folder, dirname(path));
    folders.add(dirname(target));
  }
  try {
    return await copySynced(source, target);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
