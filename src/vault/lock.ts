// One backup at a time in a folder: a file says who makes one.

import fs from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { messageOf, systemCode, ThanadakError } from '../domain/errors.js';

/** A file not touched for so long belongs to a process that is gone, on whatever machine it ran. */
const STALE_MS = 15 * 60_000;
const TOUCH_MS = 20_000;

/** Folders in which this very process makes one. */
const ours = new Set<string>();

/** Errors: 'unavailable' while another backup is made there. Answers how to let go. */
export function takeLock(folder: string): () => void {
  const file = join(folder, 'lock');
  if (ours.has(file)) throw taken(file, 'this process');
  const holder = holderOf(file);
  if (holder) throw taken(file, holder);
  fs.writeFileSync(file, `${process.pid} ${hostname()}\n`, { mode: 0o600 });
  ours.add(file);
  const timer = setInterval(() => touch(file), TOUCH_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    ours.delete(file);
    fs.rmSync(file, { force: true });
  };
}

function taken(file: string, holder: string): ThanadakError {
  return new ThanadakError(
    'unavailable',
    `Another backup is being made there by ${holder}. If that is not so, remove ${file}.`,
  );
}

function holderOf(file: string): string | undefined {
  try {
    const [pid = '', host = ''] = fs.readFileSync(file, 'utf8').trim().split(' ');
    if (host === hostname() && !isAlive(Number(pid))) return undefined;
    const { mtimeMs } = fs.statSync(file);
    return Date.now() - mtimeMs < STALE_MS ? `process ${pid} on ${host}` : undefined;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw new ThanadakError('unavailable', `${file} cannot be read: ${messageOf(error)}.`, { cause: error });
  }
}

/** In a container the process before had the same number as this one, which does not hold it. */
function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}

/** That it could not be touched only makes it look older. */
function touch(file: string): void {
  try {
    const now = new Date();
    fs.utimesSync(file, now, now);
  } catch {
    // The folder is gone; whoever writes there next is told.
  }
}
