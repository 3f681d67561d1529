// What lies where in an installation, and the two things that daemon and command line open alike.
import { join } from 'node:path';
import type { Config } from './config/config.js';
import type { Templates } from './ports/templates.js';
import { type OpenedStore, openStore, type StoreOptions } from './store/store.js';
import { loadTemplates } from './templates/templates.js';

/** Folder that holds `migrations/` and `config/`. */
export const HOME = join(import.meta.dirname, '..');

/** The private key that signs the journal's checkpoints; made at the first start. */
export function journalKeyFile({ dataDir }: Pick<Config, 'dataDir'>): string {
  return join(dataDir, 'keys', 'journal.key');
}

/** The key that locks officers' authenticator secrets; made at the first start. Without it they set up their apps anew. */
export function signInKeyFile({ dataDir }: Pick<Config, 'dataDir'>): string {
  return join(dataDir, 'keys', 'sign-in.key');
}

/** The wording of our letters in the configured languages. */
export function loadWording(config: Config): Promise<Templates> {
  const folders = {
    templates: join(HOME, 'config', 'templates'),
    canned: config.cannedTexts ?? join(HOME, 'config', 'canned'),
  };
  return loadTemplates(folders, config.languages);
}

/** The store of an installation, as the daemon and the command line open it. */
export function openStoreOf(
  config: Config,
  from: Pick<StoreOptions, 'clock' | 'ids' | 'inTurn'>,
): Promise<OpenedStore> {
  return openStore({
    file: databaseOf(config.dataDir),
    migrations: join(HOME, 'migrations'),
    ...from,
  });
}

/** The database file of a data folder. */
export function databaseOf(dataFolder: string): string {
  return join(dataFolder, 'thanadak.db');
}
