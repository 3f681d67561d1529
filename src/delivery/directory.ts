// Writes each letter as one `.eml` file (RFC 5322) into a directory: for trials, and for who fetches letters from there.
import { basename, dirname, join } from 'node:path';
import { messageOf, systemCode } from '../domain/errors.js';
import type { DeliveryOutcome, OutgoingLetter } from '../domain/outgoing.js';
import { makeFolder, makeLastingFolder, removeFile, rename, writeSynced } from '../machine/files.js';
import { createFolderSync } from '../machine/folder-sync.js';
import type { Delivery } from '../ports/delivery.js';
import type { Log } from '../ports/surroundings.js';
import { messageBytes } from './message-bytes.js';
import { replyOf } from './reply.js';

/** Whoever fetches letters from the directory may be of our group. */
const LETTER_MODE = 0o640;

export interface DirectoryDeliveryOptions {
  /** Created when it is not there. */
  directory: string;
  log: Log;
}

interface State extends DirectoryDeliveryOptions {
  made: Promise<unknown> | undefined;
  syncFolder(): Promise<void>;
  /** The last write under each id, because a second attempt may begin while a slow first one still writes. */
  writing: Map<string, Promise<DeliveryOutcome>>;
}

/**
 * Letters as files `<outbox id>.eml`, whole or not at all, on stable storage when `sent`; a second attempt replaces the
 * file of the first. Every failure of the disk is temporary.
 */
export function createDirectoryDelivery(options: DirectoryDeliveryOptions): Delivery {
  const { directory, log } = options;
  const state: State = {
    directory,
    log,
    made: undefined,
    syncFolder: createFolderSync(directory),
    writing: new Map(),
  };
  return {
    deliver: (letter) => inOrder(state, letter),
    async close() {
      await Promise.all(state.writing.values());
    },
  };
}

async function inOrder(state: State, letter: OutgoingLetter): Promise<DeliveryOutcome> {
  const before = state.writing.get(letter.id);
  const writing = before ? before.then(() => attempt(state, letter)) : attempt(state, letter);
  state.writing.set(letter.id, writing);
  const outcome = await writing;
  if (state.writing.get(letter.id) === writing) state.writing.delete(letter.id);
  return outcome;
}

async function attempt(state: State, letter: OutgoingLetter): Promise<DeliveryOutcome> {
  if (!/^[\w-]{1,100}$/.test(letter.id)) return { kind: 'permanent', reply: 'the id is no file name' };
  try {
    state.made ??= makeFolders(state.directory);
    await state.made;
    await writeLetter(state.directory, letter);
    await state.syncFolder();
    return { kind: 'sent', reply: `written to ${letter.id}.eml`, queueId: null };
  } catch (error) {
    // It could not be made, or somebody took it away: the next attempt makes it anew.
    state.made = undefined;
    state.log.debug({ outboxId: letter.id, code: systemCode(error) }, 'a letter could not be written');
    return { kind: 'temporary', reply: replyOf(`the letter could not be written: ${messageOf(error)}`) };
  }
}

/** The last one outlives a power cut, as the letters in it have to. */
async function makeFolders(directory: string): Promise<void> {
  await makeFolder(dirname(directory), { recursive: true });
  await makeLastingFolder(dirname(directory), [basename(directory)], 0o777);
}

async function writeLetter(directory: string, letter: OutgoingLetter): Promise<void> {
  const bytes = messageBytes(letter);
  const temporary = join(directory, `.${letter.id}.part`);
  try {
    await writeSynced(temporary, bytes, LETTER_MODE);
    await rename(temporary, join(directory, `${letter.id}.eml`));
  } catch (error) {
    // On a full disk half a letter must not keep the room that the next attempt needs.
    await removeFile(temporary).catch(() => undefined);
    throw error;
  }
}
