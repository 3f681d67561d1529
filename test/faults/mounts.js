// File systems of our own, small enough to be filled and ours to cut off.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openInstallation } from '../e2e/daemon.js';
import { atExit } from '../e2e/place.js';
import { run, succeeds } from './abilities.js';

/** Mounts with `args` at `folder`; `close` takes it away again, also when the run is broken off. */
export function mountAt(folder, args) {
  mkdirSync(folder, { recursive: true });
  run('mount', [...args, folder]);
  const forget = atExit(() => succeeds('umount', ['--lazy', folder]));
  return {
    folder,
    /** A lazy one would keep what is in the page cache, and hide a loss. */
    async close() {
      for (let attempt = 0; !succeeds('umount', [folder]); attempt += 1) {
        if (attempt === 50) throw new Error(`${folder} cannot be unmounted`);
        await sleep(100);
      }
      forget();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** An installation in `folder` whose data lie on the file system at `mounted`. */
export async function openInstallationOn(folder, mounted) {
  const dataFolder = join(mounted, 'var');
  const house = await openInstallation(folder, (settings) => ({
    ...settings,
    data_dir: dataFolder,
    outbound: { ...settings.outbound, directory: join(dataFolder, 'sent') },
  }));
  house.dataFolder = dataFolder;
  return house;
}
