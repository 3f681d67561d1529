// Lets go of old sets, and of letters and lists that no set names any more.
import fs from 'node:fs';
import { join } from 'node:path';
import { syncFolder } from '../machine/copying.js';
import { readdir, removeFile } from '../machine/files.js';
import type { DayMark, Vault } from '../ports/vault.js';

/**
 * Keeps the newest `count` sets (at least one). Sets go first, then letters, then the lists that tell of
 * them: what is cut short is done by the next run, and there is never a set without its letters.
 */
export async function prune(
  folder: string,
  vault: Vault,
  count: number,
): Promise<{ sets: string[]; letters: number }> {
  const all = await vault.sets();
  const old = all.slice(0, Math.max(0, all.length - Math.max(1, count)));
  for (const set of old) fs.rmSync(join(folder, 'sets', set), { recursive: true });
  if (old.length > 0) await syncFolder(join(folder, 'sets'));
  const days = await daysNamed(vault);
  const lists = await unnamedLists(folder, days);
  let letters = 0;
  for (const day of new Set(lists.map(dayOf))) letters += await dropLetters({ folder, vault, day }, days);
  for (const list of lists) await removeFile(join(folder, 'lists', list));
  return { sets: old, letters };
}

async function daysNamed(vault: Vault): Promise<DayMark[]> {
  const days = new Map<string, DayMark>();
  for (const set of await vault.sets()) {
    for (const mark of (await vault.manifest(set)).days) days.set(mark.list, mark);
  }
  return [...days.values()];
}

/** Only on their days a letter may have lost its last set. */
async function unnamedLists(folder: string, days: readonly DayMark[]): Promise<string[]> {
  const named = new Set(days.map(({ list }) => list));
  return (await readdir(join(folder, 'lists'))).filter((name) => !named.has(`lists/${name}`));
}

function dayOf(list: string): string {
  return `letters/${list.slice(0, 10).replaceAll('-', '/')}`;
}

interface Day {
  folder: string;
  vault: Vault;
  day: string;
}

async function dropLetters({ folder, vault, day }: Day, days: readonly DayMark[]): Promise<number> {
  const named = new Set<string>();
  for (const mark of days) {
    if (mark.day === day) for (const { path } of await vault.list(mark)) named.add(path);
  }
  let count = 0;
  for (const name of await vault.letters.names(day)) {
    const path = `${day}/${name}`;
    if (named.has(path)) continue;
    await removeFile(join(folder, path));
    count += 1;
  }
  return count;
}
