// Whether the data folder may be taken: it lies where it should, it is ours or empty, and nothing of it is missing.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import type { Config } from './config/config.js';
import { StorageBroken } from './domain/errors.js';
import { databaseOf } from './home.js';

/** What we make there, and what every file system or operator may put beside it. */
const OURS = new Set(['spool', 'letters', 'keys', 'sent', 'daemon.lock', 'lost+found']);
const BESIDE = new Set(['.yaml', '.yml', '.json', '.ics', '.pem', '.key', '.txt']);
const NAMED = 3;

/** Throws StorageBroken, in a sentence that says what to do, when the house must not open on this folder. */
export function refuseWrongFolder(config: Config): void {
  const { dataDir } = config;
  const above = dirname(dataDir);
  if (!existsSync(above)) {
    throw new StorageBroken(
      `The folder ${above} for data_dir does not exist; mount its disk, make it, or correct data_dir.`,
    );
  }
  if (!existsSync(dataDir)) return;
  if (!statSync(dataDir).isDirectory()) {
    throw new StorageBroken(`${dataDir} is a file, and data_dir must be a folder; correct data_dir.`);
  }
  if (existsSync(databaseOf(dataDir))) return;
  refuseForeign(config);
  refuseLostDatabase(dataDir);
}

function refuseForeign(config: Config): void {
  const { dataDir, outbound, backup } = config;
  const configured = [outbound.directory, backup.directory].map((path) => path && basename(path));
  const foreign = readdirSync(dataDir).filter(
    (name) =>
      !OURS.has(name) && !name.startsWith('.') && !BESIDE.has(extname(name)) && !configured.includes(name),
  );
  if (foreign.length === 0) return;
  const named = foreign.slice(0, NAMED).join(', ');
  throw new StorageBroken(
    `${dataDir} holds no database of Thanadak and things that are not ours (${named}); give Thanadak an empty folder.`,
  );
}

/** A new database would forget every ticket and give their numbers again. */
function refuseLostDatabase(folder: string): void {
  const letters = join(folder, 'letters');
  if (!existsSync(letters) || readdirSync(letters).length === 0) return;
  throw new StorageBroken(
    `${folder} holds letters and no database; restore thanadak.db from the backup, or give Thanadak an empty folder.`,
  );
}
