// The spool on disk. The folder is the state: `incoming/` is not ours yet, `new/` is accepted, `held/` waits for a
// person. A letter is `<id>.eml`, its envelope stands in a .json beside it; the rename of
// the .eml is the moment it changes hands.
import { join } from 'node:path';
import { messageOf, systemCode, TemporaryFailure } from '../domain/errors.js';
import type { HeldLetter, SpooledLetter } from '../domain/letter.js';
import {
  makeLastingFolder,
  readdir,
  readFile,
  removeFile,
  renameSync,
  statFileSystem,
  storageError,
  writeSynced,
} from '../machine/files.js';
import { type FolderSync, openFolderSync } from '../machine/folder-sync.js';
import type { Spool } from '../ports/spool.js';
import type { Clock } from '../ports/surroundings.js';
import { archiveLetters } from './archive.js';
import { type Envelopes, openEnvelopes } from './envelopes.js';
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
  envelopes: Envelopes;
  rounds: Rounds;
  heldSync: FolderSync;
}

/** Opens the spool below `dataFolder`, making its folders when they are missing. */
export async function openSpool(options: SpoolOptions): Promise<OpenedSpool> {
  const folders = await openFolders(options.dataFolder);
  return {
    keep: (letter) => keep(folders, options.clock, letter),
    list: () => listIds(folders.fresh),
    find: (id) => folders.envelopes.find(id),
    pathOf: (id) => join(folders.fresh, `${id}.eml`),
    archive: (letters) =>
      archiveLetters(letters, {
        dataFolder: folders.data,
        sourceOf: (id) => join(folders.fresh, `${id}.eml`),
      }),
    remove: (id) => removeLetter(folders, id),
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
  for (const part of ['incoming', 'new', 'held']) await makeLastingFolder(data, ['spool', part]);
  await makeLastingFolder(data, ['letters']);
  const freshSync = await openFolderSync(fresh);
  const heldSync = await openFolderSync(held);
  const envelopes = openEnvelopes(fresh);
  const rounds = createRounds({ folder: fresh, folderSync: freshSync, envelopes });
  return { data, incoming, fresh, held, freshSync, envelopes, rounds, heldSync };
}

async function closeFolders(folders: Folders): Promise<void> {
  await folders.freshSync.close();
  await folders.heldSync.close();
}

type Incoming = Parameters<Spool['keep']>[0];

async function keep(folders: Folders, clock: Clock, incoming: Incoming): Promise<SpooledLetter> {
  const { id, envelope, body, maxBytes } = incoming;
  const part = join(folders.incoming, `${id}.eml`);
  try {
    const { handle, ...received } = await receiveBytes(part, body, maxBytes);
    const letter: SpooledLetter = { id, envelope, receivedAt: clock.now(), ...received };
    await folders.rounds.settle({ letter, handle, part });
    return letter;
  } catch (error) {
    await dropAttempt([part, join(folders.fresh, `${id}.eml`)]);
    throw storageError(error);
  }
}

/** The client was told "try again", so nothing of this attempt may turn up later. */
async function dropAttempt(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    try {
      await removeFile(path);
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

async function readHeld(folders: Folders, id: string): Promise<HeldLetter | undefined> {
  if (!/^[0-9A-Za-z-]+$/.test(id)) return undefined;
  try {
    return JSON.parse(await readFile(join(folders.held, `${id}.json`), 'utf8')) as HeldLetter;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw new TemporaryFailure(`The envelope of letter ${id} cannot be read: ${messageOf(error)}.`, {
      cause: error,
    });
  }
}

/** The letter first: a lone envelope is harmless, a lone letter would be taken for one without a sender. */
async function removeLetter(folders: Folders, id: string): Promise<void> {
  await removeFile(join(folders.fresh, `${id}.eml`));
  await folders.envelopes.forget(id);
}

async function hold(folders: Folders, id: string, why: { problem: string; heldAt: string }): Promise<void> {
  const letter = await folders.envelopes.find(id);
  if (!letter) return;
  const held: HeldLetter = { ...letter, ...why };
  await writeSynced(join(folders.held, `${id}.json`), Buffer.from(JSON.stringify(held)));
  renameSync(join(folders.fresh, `${id}.eml`), join(folders.held, `${id}.eml`));
  await folders.heldSync.sync();
  await folders.freshSync.sync();
  await folders.envelopes.forget(id);
}

async function listHeld(folders: Folders): Promise<HeldLetter[]> {
  const letters: HeldLetter[] = [];
  for (const id of await listIds(folders.held)) {
    const letter = await readHeld(folders, id);
    if (letter) letters.push(letter);
  }
  return letters;
}

async function release(folders: Folders, id: string): Promise<boolean> {
  const held = await readHeld(folders, id);
  if (!held) return false;
  const { problem: _problem, heldAt: _heldAt, ...letter } = held;
  const file = `${id}.json`;
  await writeSynced(join(folders.fresh, file), Buffer.from(JSON.stringify([letter])));
  renameSync(join(folders.held, `${id}.eml`), join(folders.fresh, `${id}.eml`));
  await folders.freshSync.sync();
  folders.envelopes.add(file, [letter]);
  await removeFile(join(folders.held, `${id}.json`));
  await folders.heldSync.sync();
  return true;
}

async function freeBytes(folder: string): Promise<number> {
  const stats = await statFileSystem(folder);
  const outOfInodes = stats.files > 0 && stats.ffree === 0;
  return outOfInodes ? 0 : stats.bavail * stats.bsize;
}

async function clearIncoming(folders: Folders): Promise<void> {
  for (const name of await readdir(folders.incoming)) await removeFile(join(folders.incoming, name));
  await folders.envelopes.clear();
}
