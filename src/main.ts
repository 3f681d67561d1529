// The command: hands the command line what it needs of the house. What most commands do without is loaded when asked for.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommandLine } from './admin/command-line.js';
import { openStandardStreams } from './admin/standard-streams.js';
import { configuration } from './configuration.js';
import { HOME } from './home.js';
import { systemClock } from './schedule/system-clock.js';

/** Runs one command. Resolves to the exit code; never rejects. */
export function run(argv: readonly string[]): Promise<number> {
  return runCommandLine(argv, {
    version: versionOf(),
    clock: systemClock,
    ...openStandardStreams(process),
    serve: async (file) => (await import('./serve.js')).serve(file, versionOf()),
    openHouse: async (file) => (await import('./house.js')).openHouse(file),
    migrate: async (file) => (await import('./house.js')).migrate(file),
    rotateKeys: async (file) => (await import('./house.js')).rotateReplyKeys(file),
    configuration,
    backups: async () => (await import('./backups.js')).openBackups(versionOf()),
  });
}

function versionOf(): string {
  const { version } = JSON.parse(readFileSync(join(HOME, 'package.json'), 'utf8')) as { version: string };
  return version;
}
