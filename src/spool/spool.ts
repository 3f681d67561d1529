// The spool on disk. The folder is the state: `incoming/` is not ours yet, `new/` is accepted, `held/` waits for a
// person. A letter is `<id>.eml` with its envelope in `<id>.json`; the rename of the .eml is the moment it changes hands.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, systemCode, TemporaryFailure } from '../domain/errors.js';
import type { HeldLetter, SpooledLetter } from '../domain/letter.js';
import type { Spool } from '../ports/spool.js';
import type { Clock } from '../ports/surroundings.js';
import { archiveLetters } from './archive.js';
import { readdir, readFile, removeFile, rename, statFileSystem, storageError, writeSynced } from './files.js';
import { type FolderSync, openFolderSync } from './folder-sync.js';
import { receiveBytes } from './receiving.js';
import { createRounds, type Rounds } from './rounds.js';

export interface SpoolOptions {
  /** The data folder; `spool/` and `letters/` are made below it. */
  dataFolder: string;
  clock: Clock;
}

export interface OpenedSpool extends Spool {
  /** Removes what earlier processes left half received. Only for the daemon, before it accepts letters. */
  clearIncoming(): Promise<void>;
  close(): Promise<void>;
}

interface Folders {
  data: string;
  incoming: string;
  fresh: string;
  held: string;
  freshSync: FolderSync;
  rounds: Rounds;
  heldSync: FolderSync;
}

/** Opens the spool below `dataFolder`, making its folders when they are missing. */
export async function openSpool(options: SpoolOptions): Promise<OpenedSpool> {
  const folders = await openFolders(options.dataFolder);
  return {
    keep: (letter) => keep(folders, options.clock, letter),
    list: () => listIds(folders.fresh),
    find: (id) => findSpooled(folders, id),
    pathOf: (id) => join(folders.fresh, `${id}.eml`),
    archive: (letters) =>
      archiveLetters(letters, {
        dataFolder: folders.data,
        sourceOf: (id) => join(folders.fresh, `${id}.eml`),
      }),
    remove: (id) => removeLetter(folders.fresh, id),
    hold: (id, problem) => hold(folders, id, { problem, heldAt: options.clock.now() }),
    listHeld: () => listHeld(folders),
    release: (id) => release(folders, id),
    freeBytes: () => freeBytes(folders.fresh),
    clearIncoming: () => clearIncoming(folders),
    close: () => closeFolders(folders),
  };
}

async function openFolders(data: string): Promise<Folders> {
  const incoming = join(data, 'spool', 'incoming');
  const fresh = join(data, 'spool', 'new');
  const held = join(data, 'spool', 'held');
  for (const folder of [incoming, fresh, held, join(data, 'letters')]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
  const freshSync = await openFolderSync(fresh);
  const heldSync = await openFolderSync(held);
  return { data, incoming, fresh, held, freshSync, rounds: createRounds(freshSync), heldSync };
}

async function closeFolders(folders: Folders): Promise<void> {
  await folders.freshSync.close();
  await folders.heldSync.close();
}

type Incoming = Parameters<Spool['keep']>[0];

async function keep(folders: Folders, clock: Clock, incoming: Incoming): Promise<SpooledLetter> {
  const { id, envelope, body, maxBytes } = incoming;
  const part = join(folders.incoming, `${id}.eml`);
  const envelopePath = join(folders.fresh, `${id}.json`);
  try {
    const { handle, ...received } = await receiveBytes(part, body, maxBytes);
    const letter: SpooledLetter = { id, envelope, receivedAt: clock.now(), ...received };
    await folders.rounds.settle({
      handle,
      from: part,
      to: join(folders.fresh, `${id}.eml`),
      envelopePath,
      envelope: Buffer.from(JSON.stringify(letter)),
    });
    return letter;
  } catch (error) {
    dropAttempt([part, join(folders.fresh, `${id}.eml`), envelopePath]);
    throw storageError(error);
  }
}

/** The client was told "try again", so nothing of this attempt may turn up later. */
function dropAttempt(paths: readonly string[]): void {
  for (const path of paths) {
    try {
      removeFile(path);
    } catch {
      // The first error is the one that is told.
    }
  }
}

async function listIds(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names
    .filter((name) => name.endsWith('.eml'))
    .map((name) => name.slice(0, -4))
    .sort();
}

async function findSpooled(folders: Folders, id: string): Promise<SpooledLetter | undefined> {
  return readEnvelope<SpooledLetter>(folders.fresh, id);
}

async function readEnvelope<L extends SpooledLetter>(folder: string, id: string): Promise<L | undefined> {
  if (!/^[0-9A-Za-z-]+$/.test(id)) return undefined;
  try {
    return JSON.parse(await readFile(join(folder, `${id}.json`), 'utf8')) as L;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw new TemporaryFailure(`The envelope of letter ${id} cannot be read: ${messageOf(error)}.`, {
      cause: error,
    });
  }
}

/** The letter first: a lone envelope is harmless, a lone letter would be taken for one without a sender. */
async function removeLetter(folder: string, id: string): Promise<void> {
  removeFile(join(folder, `${id}.eml`));
  removeFile(join(folder, `${id}.json`));
}

async function hold(folders: Folders, id: string, why: { problem: string; heldAt: string }): Promise<void> {
  const letter = await findSpooled(folders, id);
  if (!letter) return;
  const held: HeldLetter = { ...letter, ...why };
  await moveLetter({ id, from: folders.fresh, to: folders.held, envelope: held });
  await folders.heldSync.sync();
  await folders.freshSync.sync();
}

async function listHeld(folders: Folders): Promise<HeldLetter[]> {
  const letters: HeldLetter[] = [];
  for (const id of await listIds(folders.held)) {
    const letter = await readEnvelope<HeldLetter>(folders.held, id);
    if (letter) letters.push(letter);
  }
  return letters;
}

async function release(folders: Folders, id: string): Promise<boolean> {
  const held = await readEnvelope<HeldLetter>(folders.held, id);
  if (!held) return false;
  const { problem: _problem, heldAt: _heldAt, ...letter } = held;
  await moveLetter({ id, from: folders.held, to: folders.fresh, envelope: letter });
  await folders.freshSync.sync();
  await folders.heldSync.sync();
  return true;
}

interface Move {
  id: string;
  from: string;
  to: string;
  envelope: SpooledLetter;
}

async function moveLetter({ id, from, to, envelope }: Move): Promise<void> {
  await writeSynced(join(to, `${id}.json`), Buffer.from(JSON.stringify(envelope)));
  await rename(join(from, `${id}.eml`), join(to, `${id}.eml`));
  removeFile(join(from, `${id}.json`));
}

async function freeBytes(folder: string): Promise<number> {
  const stats = await statFileSystem(folder);
  const outOfInodes = stats.files > 0 && stats.ffree === 0;
  return outOfInodes ? 0 : stats.bavail * stats.bsize;
}

async function clearIncoming(folders: Folders): Promise<void> {
  for (const name of await readdir(folders.incoming)) removeFile(join(folders.incoming, name));
  const letters = new Set(await listIds(folders.fresh));
  for (const name of await readdir(folders.fresh)) {
    if (name.endsWith('.json') && !letters.has(name.slice(0, -5))) removeFile(join(folders.fresh, name));
  }
}
