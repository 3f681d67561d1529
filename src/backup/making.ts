// Makes a backup of the running house: what the spool holds, then the database as it is at one moment, then every letter
// that this database names. In this order every letter answered with 250 before the backup began is in it: one that
// leaves the spool before it is linked was filed before the database was copied.
import type { Inspection, LetterRow } from '../ports/inspection.js';
import type { Spool } from '../ports/spool.js';
import type { Clock } from '../ports/surroundings.js';
import type { DayMark, FileMark, Manifest, OnProgress, OpenSet, WritableVault } from '../ports/vault.js';
import { DATABASE, everyLetter, together } from './reading.js';
import { saveSpool } from './spooled.js';

/** A file beside the letters and the database: a key, the configuration. */
export interface SecretFile {
  source: string;
  /** Where it lies in a set: `keys/reply.key`. */
  path: string;
}

export interface SavedHouse {
  /** The database that is in use. */
  inspection: Inspection;
  openCopy(path: string): Inspection;
  spool: Pick<Spool, 'list' | 'find' | 'pathOf' | 'listHeld'>;
  heldPathOf(id: string): string;
  /** Absolute path of an archived letter. */
  letterPathOf(path: string): string;
  secrets: readonly SecretFile[];
  version: string;
  clock: Clock;
}

export interface BackupMade {
  set: string;
  manifest: Manifest;
  /** Letters that were not in the folder before. */
  added: number;
  bytes: number;
  /** Names of sets that were let go. */
  removed: string[];
}

/** Errors: StorageBroken, DiskFull, 'internal'; a set not finished is removed by the next run. */
export async function makeBackup(
  house: SavedHouse,
  into: { vault: WritableVault; keep: number },
  onProgress: OnProgress,
): Promise<BackupMade> {
  const { vault } = into;
  const begunAt = house.clock.now();
  const name = begunAt.replaceAll(':', '-');
  const set = await vault.begin(name);
  const spooled = await saveSpool(house, set);
  const database = await saveDatabase(house, set, onProgress);
  const copy = house.openCopy(await set.place(DATABASE));
  try {
    const shape = await copy.shape();
    const letters = await saveLetters({ house, vault, copy }, onProgress);
    const secrets = await saveSecrets(house, set);
    const manifest: Manifest = {
      format: 1,
      version: house.version,
      shape,
      begunAt,
      endedAt: house.clock.now(),
      letters: letters.days.reduce((sum, day) => sum + day.letters, 0),
      spooled: spooled.spooled,
      held: spooled.held,
      files: [database, ...spooled.files, ...secrets],
      days: letters.days,
      problems: [...spooled.problems, ...letters.problems],
    };
    await set.finish(manifest);
    const bytes = letters.bytes + manifest.files.reduce((sum, file) => sum + file.bytes, 0);
    const { sets: removed } = await vault.prune(into.keep);
    return { set: name, manifest, added: letters.added, bytes, removed };
  } finally {
    copy.close();
  }
}

async function saveDatabase(house: SavedHouse, set: OpenSet, onProgress: OnProgress): Promise<FileMark> {
  const path = await set.place(DATABASE);
  await house.inspection.copyTo(path, (done, total) => onProgress({ stage: 'Database', done, total }));
  return set.mark(DATABASE);
}

async function saveSecrets(house: SavedHouse, set: OpenSet): Promise<FileMark[]> {
  const files: FileMark[] = [];
  for (const { source, path } of house.secrets) {
    const file = await set.put(source, path, 'copy');
    if (file) files.push(file);
  }
  return files;
}

interface Saving {
  house: SavedHouse;
  vault: WritableVault;
  copy: Inspection;
}

interface SavedLetters {
  days: DayMark[];
  added: number;
  bytes: number;
  problems: string[];
}

/** A letter that is in the folder already is neither read nor copied again: letters never change. */
async function saveLetters(saving: Saving, onProgress: OnProgress): Promise<SavedLetters> {
  const byDay = new Map<string, LetterRow[]>();
  let total = 0;
  for await (const letter of everyLetter(saving.copy)) {
    const day = letter.path.slice(0, letter.path.lastIndexOf('/'));
    const letters = byDay.get(day);
    if (letters) letters.push(letter);
    else byDay.set(day, [letter]);
    total += 1;
  }
  const saved: SavedLetters = { days: [], added: 0, bytes: 0, problems: [] };
  let done = 0;
  for (const [day, letters] of [...byDay].sort(([a], [b]) => (a < b ? -1 : 1))) {
    await saveDay(saving, { day, letters }, saved);
    done += letters.length;
    onProgress({ stage: 'Letters', done, total });
  }
  return saved;
}

async function saveDay(
  { house, vault }: Saving,
  { day, letters }: { day: string; letters: LetterRow[] },
  saved: SavedLetters,
): Promise<void> {
  const there = new Set(await vault.letters.names(day));
  const missing = letters.filter(({ path }) => !there.has(path.slice(day.length + 1)));
  await together(missing, async (letter) => {
    const became = await vault.keep(house.letterPathOf(letter.path), letter);
    if (became === 'missing' || became === 'damaged') {
      saved.problems.push(`The letter ${letter.path} is ${became} in the house.`);
    } else {
      saved.added += 1;
      saved.bytes += letter.bytes;
    }
  });
  saved.days.push(await vault.settleDay(day, letters));
}
