// The envelopes of the spooled letters. One file holds those of a whole round: a file of its own for each would double
// what the disk has to do for a letter. Which letters are there is told by the letters alone.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, systemCode, TemporaryFailure } from '../domain/errors.js';
import type { SpooledLetter } from '../domain/letter.js';
import { readdir, readFile, removeFile } from '../machine/files.js';

export interface Envelopes {
  /** Takes up the envelopes of letters that are now in the spool, as they stand in `file`. */
  add(file: string, letters: readonly SpooledLetter[]): void;
  /** The letter with this id while it is in the spool; looks into the folder for one that another process put there. */
  find(id: string): Promise<SpooledLetter | undefined>;
  /** The letter has left the spool; the last one of its file takes the file along. */
  forget(id: string): Promise<void>;
  /** Removes the files of letters that never came to be. */
  clear(): Promise<void>;
}

interface Kept {
  file: string;
  letter: SpooledLetter;
}

interface State {
  folder: string;
  byId: Map<string, Kept>;
  /** How many letters of each file known to us are still there. */
  left: Map<string, number>;
}

export function openEnvelopes(folder: string): Envelopes {
  const state: State = { folder, byId: new Map(), left: new Map() };
  return {
    add: (file, letters) => add(state, file, letters),
    async find(id) {
      const { letter } = (await look(state, id)) ?? {};
      return letter && existsSync(join(folder, `${id}.eml`)) ? letter : undefined;
    },
    async forget(id) {
      const kept = await look(state, id);
      if (kept) await leave(state, id, kept.file);
    },
    async clear() {
      await readUnknown(state);
      for (const [id, { file }] of state.byId) {
        if (!existsSync(join(folder, `${id}.eml`))) await leave(state, id, file);
      }
      for (const file of await readdir(folder)) {
        // Not whole, so the crash came before any of its letters was renamed into the folder.
        if (file.endsWith('.json') && !state.left.has(file)) await removeFile(join(folder, file));
      }
    },
  };
}

function add({ byId, left }: State, file: string, letters: readonly SpooledLetter[]): void {
  for (const letter of letters) byId.set(letter.id, { file, letter });
  left.set(file, letters.length);
}

async function look(state: State, id: string): Promise<Kept | undefined> {
  if (!state.byId.has(id)) await readUnknown(state);
  return state.byId.get(id);
}

async function leave({ byId, left, folder }: State, id: string, file: string): Promise<void> {
  byId.delete(id);
  const rest = (left.get(file) ?? 1) - 1;
  left.set(file, rest);
  if (rest > 0) return;
  left.delete(file);
  await removeFile(join(folder, file));
}

async function readUnknown(state: State): Promise<void> {
  for (const file of await readdir(state.folder)) {
    if (!file.endsWith('.json') || state.left.has(file)) continue;
    const letters = await readLetters(join(state.folder, file));
    if (letters) add(state, file, letters);
  }
}

/** Undefined when the file is gone, or not yet whole: what is in it is then nobody's letter yet. */
async function readLetters(path: string): Promise<SpooledLetter[] | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as SpooledLetter[];
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw new TemporaryFailure(`The envelopes in ${path} cannot be read: ${messageOf(error)}.`, {
      cause: error,
    });
  }
}
