// Copies of files that are as durable as what they were made from, and the hashes of files.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { promisify } from 'node:util';
import { systemCode } from '../domain/errors.js';
import { sha256 } from './digest.js';
import { close, linkSync, open, rename, sync, writeAll } from './files.js';
import { givingBack } from './memory.js';

const read = promisify(fs.read) as (
  handle: number,
  options: { buffer: Buffer },
) => Promise<{ bytesRead: number }>;
const BUFFER = 256 * 1024;

export interface Digest {
  bytes: number;
  /** Lower-case hex. */
  sha256: string;
}

/** Up to here a file is read at once on this thread: handing it to others costs several times the work itself. */
const SMALL = 256 * 1024;

/** Errors: those of the system, ENOENT among them. Small files hold up the thread. */
export async function digestFile(path: string): Promise<Digest> {
  const { size } = fs.statSync(path);
  if (size <= SMALL) return digestOf(fs.readFileSync(path));
  const handle = await open(path, 'r');
  try {
    return await readThrough(handle, async () => undefined);
  } finally {
    await close(handle);
  }
}

function digestOf(bytes: Uint8Array): Digest {
  return { bytes: bytes.length, sha256: sha256(bytes) };
}

/** Copies into a new file at `target` (0600), synced; the caller syncs the folder. Answers what was copied. */
export async function copySynced(source: string, target: string): Promise<Digest> {
  const from = await open(source, 'r');
  try {
    const to = await open(target, 'wx', 0o600);
    try {
      const digest = await readThrough(from, (bytes) => writeAll(to, [bytes]));
      await sync(to);
      return digest;
    } finally {
      await close(to);
    }
  } finally {
    await close(from);
  }
}

async function readThrough(handle: number, take: (bytes: Uint8Array) => Promise<void>): Promise<Digest> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(BUFFER);
  const giveBack = givingBack();
  for (let bytes = 0; ; ) {
    const { bytesRead } = await read(handle, { buffer });
    if (bytesRead === 0) return { bytes, sha256: hash.digest('hex') };
    const chunk = buffer.subarray(0, bytesRead);
    hash.update(chunk);
    await take(chunk);
    bytes += bytesRead;
    giveBack(bytesRead);
  }
}

/** What says that two folders do not share a file system, or that a file has as many names as it may. */
const UNLINKABLE = new Set(['EXDEV', 'EPERM', 'EMLINK', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

/**
 * Gives what lies at `source` the further name `target` if its bytes are the `wanted` ones: by hard link, else by a
 * synced copy. Answers `damaged`, leaving nothing, when they are not. Errors: those of the system.
 */
export async function keepAlso(
  source: string,
  target: string,
  wanted: Digest,
): Promise<'linked' | 'copied' | 'damaged'> {
  if (!isSame(await digestFile(source), wanted)) return 'damaged';
  try {
    linkSync(source, target);
    return 'linked';
  } catch (error) {
    if (!UNLINKABLE.has(systemCode(error) ?? '')) throw error;
  }
  const part = `${target}.part`;
  fs.rmSync(part, { force: true });
  if (!isSame(await copySynced(source, part), wanted)) {
    fs.rmSync(part);
    return 'damaged';
  }
  await rename(part, target);
  return 'copied';
}

export function isSame(one: Digest, other: Digest): boolean {
  return one.bytes === other.bytes && one.sha256 === other.sha256;
}

/** Makes a folder with its parents (0700) and syncs every folder that got a new name, up to `base`, which exists. */
export async function makeFolders(base: string, relative: string): Promise<void> {
  const steps = relative.split('/').filter((step) => step !== '');
  for (let depth = 0; depth < steps.length; depth += 1) {
    const parent = [base, ...steps.slice(0, depth)].join('/');
    const folder = `${parent}/${steps[depth]}`;
    if (fs.existsSync(folder)) continue;
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    await syncFolder(parent);
  }
}

export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await sync(handle);
  } finally {
    await close(handle);
  }
}
