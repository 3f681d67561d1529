// A SQLite store in a folder of its own, which is removed with it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createIdSource } from '../../src/keys/ids.js';
import { openStore } from '../../src/store/store.js';
import type { StoreUnderTest } from './records.js';

export const migrations = join(import.meta.dirname, '../../migrations');

export async function openInFolder(): Promise<StoreUnderTest & { folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'thanadak-store-'));
  let now = new Date().toISOString();
  const clock = { now: () => now };
  const open = () =>
    openStore({ file: join(folder, 'thanadak.db'), migrations, clock, ids: createIdSource(clock) });
  const opened = [await open()];
  return {
    folder,
    store: opened[0] as StoreUnderTest['store'],
    async second() {
      const store = await open();
      opened.push(store);
      return store;
    },
    setNow(at) {
      now = at;
    },
    async [Symbol.asyncDispose]() {
      for (const store of opened) store.close();
      rmSync(folder, { recursive: true });
    },
  };
}
