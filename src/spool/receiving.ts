// Streams a letter's bytes into a file while hashing and looking for bare line ends.
import { createHash, type Hash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { LetterTooLarge, messageOf, TemporaryFailure } from '../domain/errors.js';
import { closeSync, open, sync, writeAll, writeNow } from '../machine/files.js';
import { givingBack } from '../machine/memory.js';

/** Bytes gathered before a write, so that most letters are written at once. */
const GATHER = 256 * 1024;

export interface ReceivedBytes {
  bytes: number;
  sha256: string;
  bareNewlines: boolean;
}

interface Receiving {
  /** Being made while the first bytes arrive. */
  opening: Promise<number>;
  hash: Hash;
  lineEnds: LineEnds;
  waiting: Buffer[];
  giveBack: (bytes: number) => void;
  waitingBytes: number;
  bytes: number;
}

/** A letter larger than this is synced before it joins a round, so that the others need not wait for it. */
const LARGE = 1024 * 1024;

/**
 * Writes `body` to a new file at `path`, which stays open at `handle`, not yet synced. Errors as Spool.keep, with the
 * file closed; a partial file is left to the caller.
 */
export async function receiveBytes(
  path: string,
  body: Readable,
  maxBytes: number,
): Promise<ReceivedBytes & { handle: number }> {
  const receiving: Receiving = {
    opening: open(path, 'wx', 0o600),
    hash: createHash('sha256'),
    lineEnds: watchLineEnds(),
    waiting: [],
    giveBack: givingBack(),
    waitingBytes: 0,
    bytes: 0,
  };
  // Looked at when the letter is complete; until then a failure must not count as unhandled.
  receiving.opening.catch(() => undefined);
  try {
    for await (const chunk of chunksOf(body)) await take(receiving, chunk, maxBytes);
    const handle = await finish(receiving);
    const { bytes, hash, lineEnds } = receiving;
    return { handle, bytes, sha256: hash.digest('hex'), bareNewlines: lineEnds.bare() };
  } catch (error) {
    await receiving.opening.then(closeSync, () => undefined);
    throw error;
  }
}

async function finish(receiving: Receiving): Promise<number> {
  const handle = await receiving.opening;
  if (receiving.bytes <= GATHER) writeNow(handle, Buffer.concat(receiving.waiting));
  else await writeAll(handle, receiving.waiting);
  if (receiving.bytes > LARGE) await sync(handle);
  return handle;
}

/** A client that goes away in mid-letter is no fault of ours: the letter is not ours yet. */
async function* chunksOf(body: Readable): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of body) yield chunk as Buffer;
  } catch (error) {
    throw new TemporaryFailure(`The client went away: ${messageOf(error)}.`, { cause: error });
  }
}

async function take(receiving: Receiving, chunk: Buffer, maxBytes: number): Promise<void> {
  receiving.bytes += chunk.length;
  if (receiving.bytes > maxBytes) throw new LetterTooLarge(maxBytes);
  receiving.hash.update(chunk);
  receiving.lineEnds.see(chunk);
  receiving.waiting.push(chunk);
  receiving.waitingBytes += chunk.length;
  if (receiving.waitingBytes >= GATHER) await flush(receiving);
}

async function flush(receiving: Receiving): Promise<void> {
  const { waiting, waitingBytes } = receiving;
  receiving.waiting = [];
  receiving.waitingBytes = 0;
  await writeAll(await receiving.opening, waiting);
  receiving.giveBack(waitingBytes);
}

const CR = 13;
const LF = 10;

interface LineEnds {
  see(chunk: Buffer): void;
  /** Whether any CR or LF stood alone. */
  bare(): boolean;
}

export function watchLineEnds(): LineEnds {
  let found = false;
  let last = 0;
  return {
    see(chunk) {
      if (found || chunk.length === 0) return;
      found = hasBareLineEnd(chunk, last);
      last = chunk[chunk.length - 1] ?? 0;
    },
    bare: () => found || last === CR,
  };
}

/** `before` is the byte before the chunk. A CR at the very end is judged with the next chunk. */
function hasBareLineEnd(chunk: Buffer, before: number): boolean {
  if (before === CR && chunk[0] !== LF) return true;
  for (let at = chunk.indexOf(LF); at !== -1; at = chunk.indexOf(LF, at + 1)) {
    if ((at === 0 ? before : chunk[at - 1]) !== CR) return true;
  }
  for (let at = chunk.indexOf(CR); at !== -1 && at < chunk.length - 1; at = chunk.indexOf(CR, at + 1)) {
    if (chunk[at + 1] !== LF) return true;
  }
  return false;
}
