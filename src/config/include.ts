// Finds the files that an `include` pattern means: `*` in the last part of a path stands for any text.
import { readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { unreadable } from './source.js';

/** The matching files in the order of their names, or why there are none. `folder` is that of the including file. */
export function findIncluded(pattern: string, folder: string): { files: string[] } | { problem: string } {
  const path = pattern.startsWith('/') ? pattern : join(folder, pattern);
  const parent = dirname(path);
  if (parent.includes('*')) return { problem: '* may stand in the last part of a path only' };
  if (!basename(path).includes('*')) return { files: [path] };
  return matchNames(parent, basename(path));
}

function matchNames(folder: string, pattern: string): { files: string[] } | { problem: string } {
  const parts = pattern.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'));
  const matching = new RegExp(`^${parts.join('.*')}$`, 'u');
  try {
    const names = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.') && matching.test(entry.name))
      .map((entry) => entry.name)
      .sort();
    if (names.length === 0) return { problem: `no file in ${resolve(folder)} matches` };
    return { files: names.map((name) => join(folder, name)) };
  } catch (error) {
    return { problem: `the folder ${resolve(folder)} ${unreadable(error).replace('file', 'folder')}` };
  }
}
