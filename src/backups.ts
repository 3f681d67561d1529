// Backup, restore and verification as command line and daemon have them: a house by its folders, no daemon needed.
import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import type { BackupPlace, Backups } from './admin/deps.js';
import { type BackupMade, makeBackup, type SecretFile } from './backup/making.js';
import { DATABASE } from './backup/reading.js';
import { restoreSet } from './backup/restoring.js';
import { verifyHouse, verifySet } from './backup/verifying.js';
import type { Config } from './config/config.js';
import { loadWithFiles } from './configuration.js';
import { messageOf, ThanadakError } from './domain/errors.js';
import { HOME } from './home.js';
import type { OnProgress, Vault } from './ports/vault.js';
import { systemClock } from './schedule/system-clock.js';
import { openSpool } from './spool/spool.js';
import { openInspection } from './store/inspection.js';
import { readLastBackup, writeLastBackup } from './vault/last.js';
import { openLetterFiles } from './vault/letter-files.js';
import { openTarget } from './vault/target.js';
import { openVault, openWritableVault } from './vault/vault.js';

/** Everything one backup needs to know; plain values, so that it can be handed to a thread. */
export interface BackupOrder {
  dataDir: string;
  directory: string;
  keep: number;
  secrets: SecretFile[];
  version: string;
}

/** `files` are those of the configuration, the main one first. */
export function backupOrder(
  config: Config,
  from: { files: readonly string[]; version: string },
  directory: string,
): BackupOrder {
  const { dataDir, backup, replyKeyFile } = config;
  const secrets = [...keysOf(dataDir, replyKeyFile), ...configurationOf(from.files)];
  return { dataDir, directory, keep: backup.keep, secrets, version: from.version };
}

function keysOf(dataDir: string, replyKeyFile: string): SecretFile[] {
  const folder = join(dataDir, 'keys');
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const sources = new Set([...names.map((name) => join(folder, name)), replyKeyFile]);
  return [...sources].map((source) => ({ source, path: `keys/${basename(source)}` }));
}

/** As they lie towards the main file; one from elsewhere lies beside it under its own name. */
function configurationOf(files: readonly string[]): SecretFile[] {
  const base = dirname(files[0] ?? '');
  return files.map((source) => {
    const inside = relative(base, source);
    return { source, path: `config/${inside.startsWith('..') ? `elsewhere/${basename(source)}` : inside}` };
  });
}

/** Makes one backup and writes down what became of it. Errors: as makeBackup, and 'unavailable' while one is made. */
export async function runBackup(order: BackupOrder, onProgress: OnProgress): Promise<BackupMade> {
  const { dataDir, directory } = order;
  const before = await readLastBackup(dataDir);
  const tell = (problem: string, savedAt: string | null) =>
    writeLastBackup(dataDir, { at: systemClock.now(), ok: problem === '', directory, problem, savedAt });
  try {
    const made = await backUp(order, onProgress);
    await tell(made.manifest.problems[0] ?? '', made.manifest.begunAt);
    return made;
  } catch (error) {
    await tell(messageOf(error), before?.savedAt ?? null);
    throw error;
  }
}

async function backUp(order: BackupOrder, onProgress: OnProgress): Promise<BackupMade> {
  const { dataDir, directory, keep, secrets, version } = order;
  const vault = await openWritableVault(directory);
  try {
    const inspection = openCopy(join(dataDir, DATABASE));
    const spool = await openSpool({ dataFolder: dataDir, clock: systemClock });
    try {
      const house = {
        inspection,
        openCopy,
        spool,
        heldPathOf: (id: string) => join(dataDir, 'spool', 'held', `${id}.eml`),
        letterPathOf: (path: string) => join(dataDir, path),
        secrets,
        version,
        clock: systemClock,
      };
      return await makeBackup(house, { vault, keep }, onProgress);
    } finally {
      await spool.close();
      inspection.close();
    }
  } finally {
    await vault.close();
  }
}

function openCopy(file: string) {
  return openInspection({ file, migrations: join(HOME, 'migrations') });
}

/** For the command line. */
export function openBackups(version: string): Backups {
  return {
    async make({ file, directory, keep }, onProgress) {
      const { config, files } = loadWithFiles(file);
      refuseEmpty(config.dataDir);
      const into = directory ?? config.backup.directory;
      if (!into) {
        throw new ThanadakError(
          'invalid',
          'Name a folder: thanadak backup DIR (or configure backup.directory).',
        );
      }
      const order = backupOrder(config, { files, version }, into);
      const made = await runBackup({ ...order, keep: keep ?? order.keep }, onProgress);
      return { ...made, directory: into };
    },
    async restore({ file, directory, set, into }, onProgress) {
      const vault = openVault(directory);
      const name = await chosen(vault, set);
      const folder = into ?? loadWithFiles(file).config.dataDir;
      const restored = await restoreSet({ vault, set: name, target: openTarget(folder) }, onProgress);
      return { ...restored, folder };
    },
    verify: (place, onProgress) =>
      place.directory === undefined ? verifyData(place, onProgress) : verifyBackup(place, onProgress),
  };
}

/** The newest set when none is named. */
async function chosen(vault: Vault, set: string | undefined): Promise<string> {
  const sets = await vault.sets();
  const found = set === undefined ? sets.at(-1) : sets.find((name) => name === set);
  if (found !== undefined) return found;
  const there = sets.length > 0 ? ` There are: ${sets.join(', ')}.` : '';
  throw new ThanadakError(
    'not-found',
    `${set === undefined ? 'No set is complete.' : `There is no set ${set}.`}${there}`,
  );
}

async function verifyBackup({ directory = '', set }: BackupPlace, onProgress: OnProgress) {
  const vault = openVault(directory);
  const name = await chosen(vault, set);
  return { ...(await verifySet({ vault, set: name, openCopy }, onProgress)), set: name };
}

async function verifyData({ file }: BackupPlace, onProgress: OnProgress) {
  const { dataDir } = loadWithFiles(file).config;
  refuseEmpty(dataDir);
  const inspection = openCopy(join(dataDir, DATABASE));
  const isSpooled = async (id: string) =>
    ['new', 'held'].some((folder) => existsSync(join(dataDir, 'spool', folder, `${id}.eml`)));
  try {
    const house = { inspection, letters: openLetterFiles(dataDir), isSpooled };
    return { ...(await verifyHouse(house, onProgress)), set: null };
  } finally {
    inspection.close();
  }
}

function refuseEmpty(dataDir: string): void {
  if (existsSync(join(dataDir, DATABASE))) return;
  throw new ThanadakError(
    'unavailable',
    `There is no database in ${dataDir}; correct data_dir, or restore a backup.`,
  );
}
