// Files with keys: made once, for this user only, on stable storage before anything is signed with them.
import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncNow } from '../machine/files.js';

/** Errors: system errors, EEXIST when the file is there already. */
export function writeNewFile(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const handle = openSync(file, 'wx', 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  syncNow(dirname(file));
}
