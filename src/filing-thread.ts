// Filing in a thread of its own: understanding and writing a letter would hold up the clients at the front door.
import { parentPort, workerData } from 'node:worker_threads';
import type { Config } from './config/config.js';
import {
  DiskFull,
  type ErrorCode,
  messageOf,
  StorageBroken,
  TemporaryFailure,
  ThanadakError,
} from './domain/errors.js';
import { HOME, loadWording, openStoreOf } from './home.js';
import type { ReadLetter } from './intake/filing.js';
import { type FiledTogether, fileTogether } from './intake/together.js';
import { createIdSource } from './keys/ids.js';
import { createSigner, loadOrMakeKeys } from './keys/signer.js';
import { loadTriage, officeRules, openOffice } from './office.js';
import { systemClock } from './schedule/system-clock.js';
import { filingRules } from './settings.js';

/** What the thread is told: letters to be filed, another configuration, or that the house closes. */
export type Told = { letters: readonly ReadLetter[] } | { config: Config } | { close: true };

/** Its answer to each, in order; the first, untold, says that it is ready. `failed` is data, as errors lose their kind on the way. */
export type Answer = { done: FiledTogether | null; failed?: never } | { done?: never; failed: Failed };

export interface Failed {
  kind: 'StorageBroken' | 'DiskFull' | 'TemporaryFailure' | 'ThanadakError' | 'other';
  code: ErrorCode;
  message: string;
  stack: string;
}

interface Filer {
  file(letters: readonly ReadLetter[]): Promise<FiledTogether>;
  reload(config: Config): Promise<void>;
  close(): void;
}

async function openFiler(first: Config): Promise<Filer> {
  const clock = systemClock;
  const ids = createIdSource(clock);
  const store = await openStoreOf(first, { clock, ids });
  const signer = createSigner(loadOrMakeKeys(first.replyKeyFile));
  let rules = await rulesOf(first);
  const { life } = openOffice({
    store,
    ids,
    signer,
    rules: () => rules.office,
    // What filing counts is counted where its outcome is reported; deeds of people are none of this thread's.
    meter: { count: () => undefined, observe: () => undefined },
    onLetters: () => undefined,
  });
  return {
    file: (letters) => fileTogether({ store, ids, signer, life, rules: () => rules.filing }, letters),
    async reload(config) {
      rules = await rulesOf(config);
    },
    close: () => store.close(),
  };
}

async function rulesOf(config: Config) {
  const wording = await loadWording(config);
  const triage = loadTriage(config, HOME);
  return {
    filing: filingRules(config, wording),
    office: officeRules(config, { templates: wording, triage: () => triage }),
  };
}

function failedBy(error: unknown): Failed {
  const kinds = [StorageBroken, DiskFull, TemporaryFailure, ThanadakError];
  const kind = kinds.find((one) => error instanceof one)?.name ?? 'other';
  return {
    kind: kind as Failed['kind'],
    code: error instanceof ThanadakError ? error.code : 'internal',
    message: messageOf(error),
    stack: error instanceof Error ? (error.stack ?? '') : '',
  };
}

async function answerTo(filer: Filer, told: Told): Promise<FiledTogether | null> {
  if ('letters' in told) return filer.file(told.letters);
  if ('config' in told) await filer.reload(told.config);
  else filer.close();
  return null;
}

async function answering(work: () => Promise<FiledTogether | null>): Promise<Answer> {
  try {
    return { done: await work() };
  } catch (error) {
    return { failed: failedBy(error) };
  }
}

const port = parentPort;
if (port) {
  const opening = openFiler(workerData as Config);
  port.postMessage(await answering(() => opening.then(() => null)));
  port.on('message', async (told: Told) => {
    port.postMessage(await answering(async () => answerTo(await opening, told)));
    if ('close' in told) port.close();
  });
}
