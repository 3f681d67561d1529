// File operations that end on stable storage, and what their errors mean.
import fs from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  DiskFull,
  messageOf,
  StorageBroken,
  systemCode,
  TemporaryFailure,
  ThanadakError,
} from '../domain/errors.js';

// What only changes the page cache is called directly: handing it to a thread costs several times the work itself.
// What may wait for the disk (a sync; making or removing a name while the journal is busy) goes to a thread.
export const { closeSync, linkSync, renameSync } = fs;

/** Writes all of `bytes` to the page cache. */
export function writeNow(handle: number, bytes: Uint8Array): void {
  for (let rest = bytes; rest.length > 0; ) rest = rest.subarray(fs.writeSync(handle, rest));
}

export const open = promisify(fs.open);
const writev = promisify(fs.writev) as (
  handle: number,
  chunks: readonly Uint8Array[],
) => Promise<{ bytesWritten: number }>;
export const close = promisify(fs.close);
const unlink = promisify(fs.unlink);
export const readdir = promisify(fs.readdir) as (folder: string) => Promise<string[]>;
export const readFile = promisify(fs.readFile) as (path: string, encoding: 'utf8') => Promise<string>;
export const rename = promisify(fs.rename);
export const makeFolder = promisify(fs.mkdir);
export const statFileSystem = promisify(fs.statfs) as (path: string) => Promise<fs.StatsFs>;
const fsync = promisify(fs.fsync);

const FULL = new Set(['ENOSPC', 'EDQUOT']);

/** Syncs `handle`. Any failure but a full disk is StorageBroken: after it the kernel may have dropped our pages. */
export async function sync(handle: number): Promise<void> {
  try {
    await fsync(handle);
  } catch (error) {
    if (FULL.has(systemCode(error) ?? '')) throw new DiskFull('The disk is full.', { cause: error });
    throw new StorageBroken(`A sync failed: ${messageOf(error)}.`, { cause: error });
  }
}

/** Writes all of `chunks`, in their order and without copying them together. */
export async function writeAll(handle: number, chunks: readonly Uint8Array[]): Promise<void> {
  for (let rest = chunks; rest.length > 0; ) {
    const { bytesWritten } = await writev(handle, rest);
    rest = after(rest, bytesWritten);
  }
}

/** What of `chunks` follows their first `count` bytes. */
function after(chunks: readonly Uint8Array[], count: number): readonly Uint8Array[] {
  let past = count;
  const index = chunks.findIndex(({ length }) => {
    if (length > past) return true;
    past -= length;
    return false;
  });
  if (index === -1) return [];
  const [first, ...others] = chunks.slice(index);
  return first ? [first.subarray(past), ...others] : [];
}

/** Creates or replaces `path` with `bytes`, synced; the caller syncs the folder. */
export async function writeSynced(path: string, bytes: Uint8Array, mode = 0o600): Promise<void> {
  const handle = await open(path, 'w', mode);
  try {
    writeNow(handle, bytes);
    await sync(handle);
  } finally {
    closeSync(handle);
  }
}

/**
 * Makes the folder `steps` below `base` and syncs every folder above it, so that it survives a power cut as a whole.
 * Also when it was there: an earlier process may have died between making and syncing.
 */
export async function makeLastingFolder(base: string, steps: readonly string[], mode = 0o700): Promise<void> {
  await makeFolder(join(base, ...steps), { recursive: true, mode });
  for (let depth = 0; depth < steps.length; depth += 1)
    await syncFolder(join(base, ...steps.slice(0, depth)));
}

/** Syncs a file or a folder and holds up the thread: for what happens once, before anything else may go on. */
export function syncNow(path: string): void {
  const handle = fs.openSync(path, 'r');
  try {
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}

/** Syncs the names in the folder at `path`. One that we may pass and not read is left to its owner. */
export async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r').catch((error: unknown) => {
    if (systemCode(error) === 'EACCES') return undefined;
    throw error;
  });
  if (handle === undefined) return;
  try {
    await sync(handle);
  } finally {
    await close(handle);
  }
}

/** Removes `path`; that it is gone already is fine. */
export async function removeFile(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
}

/** An error of the file system as one of ours. */
export function storageError(error: unknown): ThanadakError {
  if (error instanceof ThanadakError) return error;
  const code = systemCode(error) ?? '';
  if (FULL.has(code)) return new DiskFull('The disk is full.', { cause: error });
  if (code === 'EIO' || code === 'EROFS') {
    return new StorageBroken(`The disk failed: ${messageOf(error)}.`, { cause: error });
  }
  return new TemporaryFailure(`The letter could not be kept: ${messageOf(error)}.`, { cause: error });
}
