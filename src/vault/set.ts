// One set while it is made. Its folder ends in `.part` until the manifest, written last, is on stable storage.
import fs from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { systemCode, ThanadakError } from '../domain/errors.js';
import { copySynced, makeFolders, syncFolder } from '../machine/copying.js';
import { sha256 } from '../machine/digest.js';
import { linkSync, readdir, rename, writeSynced } from '../machine/files.js';
import type { FileMark, Manifest, OpenSet } from '../ports/vault.js';
import { digestIfThere } from './letter-files.js';
import { manifestText } from './manifest.js';

/** Begins the set `name` below `sets`, after removing what was left half made there. */
export async function beginSet(sets: string, name: string): Promise<OpenSet> {
  await removeUnfinished(sets);
  const folder = join(sets, `${name}.part`);
  await makeFolders(sets, `${name}.part`);
  const place = async (path: string) => {
    await makeFolders(folder, dirname(path) === '.' ? '' : dirname(path));
    return join(folder, path);
  };
  return {
    place,
    mark: (path) => mark(join(folder, path), path),
    put: async (source, path, how) => put({ source, target: await place(path), path }, how),
    async write(path, bytes) {
      await writeSynced(await place(path), bytes);
      return { path, bytes: bytes.length, sha256: sha256(bytes) };
    },
    async finish(manifest) {
      await finish(sets, { folder, name }, manifest);
    },
  };
}

async function removeUnfinished(sets: string): Promise<void> {
  for (const name of await readdir(sets)) {
    const folder = join(sets, name);
    if (name.endsWith('.part') || !fs.existsSync(join(folder, 'manifest.json'))) {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  }
}

async function mark(file: string, path: string): Promise<FileMark> {
  const digest = await digestIfThere(file);
  if (!digest) throw new ThanadakError('internal', `${path} was to be saved and is not there.`);
  return { path, ...digest };
}

interface Move {
  source: string;
  target: string;
  path: string;
}

async function put({ source, target, path }: Move, how: 'copy' | 'link'): Promise<FileMark | undefined> {
  try {
    if (how === 'link' && linked(source, target)) return await mark(target, path);
    return { path, ...(await copySynced(source, target)) };
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Linked before it is read: a letter that is filed meanwhile loses its name in the spool, not this one. */
function linked(source: string, target: string): boolean {
  try {
    linkSync(source, target);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') throw error;
    return false;
  }
}

async function finish(
  sets: string,
  set: { folder: string; name: string },
  manifest: Manifest,
): Promise<void> {
  for (const folder of foldersBelow(set.folder)) await syncFolder(folder);
  await writeSynced(join(set.folder, 'manifest.json'), Buffer.from(manifestText(manifest)));
  await syncFolder(set.folder);
  await rename(set.folder, join(sets, set.name));
  await syncFolder(sets);
}

function foldersBelow(folder: string): string[] {
  const entries = fs.readdirSync(folder, { withFileTypes: true, recursive: true });
  const inner = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name));
  return [folder, ...inner].sort((a, b) => relative(folder, b).length - relative(folder, a).length);
}
