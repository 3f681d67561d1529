// Restores one set into an empty folder, comparing every byte with what the manifest and the lists say. The database
// gets its name last: a folder without it was not restored to the end.
import { ThanadakError } from '../domain/errors.js';
import type { DayMark, FileMark, Manifest, OnProgress, Target, Vault } from '../ports/vault.js';
import { type Finding, finding } from './findings.js';
import { DATABASE, together } from './reading.js';

export interface Restored {
  set: string;
  begunAt: string;
  letters: number;
  bytes: number;
  /** Letters and files that could not be restored. */
  findings: Finding[];
}

const UNFINISHED = `${DATABASE}.part`;

/** Errors: 'refused' when the database or a list of the set is damaged: another set may be whole. */
export async function restoreSet(
  { vault, set, target }: { vault: Vault; set: string; target: Target },
  onProgress: OnProgress,
): Promise<Restored> {
  const manifest = await vault.manifest(set);
  onProgress({ stage: 'Database', done: 0, total: 1 });
  const bytes = await takeDatabase(vault, set, { manifest, target });
  const restored: Restored = { set, begunAt: manifest.begunAt, letters: 0, bytes, findings: [] };
  restored.findings.push(...manifest.problems.map((problem) => finding('not-saved', problem)));
  for (const file of manifest.files) {
    if (file.path !== DATABASE) await takeFile({ vault, set, target }, file, restored);
  }
  for (const mark of manifest.days) {
    await takeDay({ vault, target }, mark, restored);
    onProgress({ stage: 'Letters', done: restored.letters, total: manifest.letters });
  }
  await target.settle();
  await target.rename(UNFINISHED, DATABASE);
  await target.settle();
  return restored;
}

async function takeDatabase(
  vault: Vault,
  set: string,
  { manifest, target }: { manifest: Manifest; target: Target },
): Promise<number> {
  const mark = manifest.files.find(({ path }) => path === DATABASE);
  const taken = mark && (await target.take(vault.pathIn(set, DATABASE), UNFINISHED));
  if (taken && taken.sha256 === mark.sha256) return taken.bytes;
  await target.drop(UNFINISHED);
  throw new ThanadakError(
    'refused',
    `The database of set ${set} is damaged or missing; restore another set.`,
  );
}

async function takeFile(
  { vault, set, target }: { vault: Vault; set: string; target: Target },
  { path, sha256 }: FileMark,
  restored: Restored,
): Promise<void> {
  const taken = await target.take(vault.pathIn(set, path), path);
  if (taken?.sha256 === sha256) {
    restored.bytes += taken.bytes;
    return;
  }
  if (taken) await target.drop(path);
  restored.findings.push(finding(taken ? 'set-file-damaged' : 'set-file-missing', path));
}

async function takeDay(
  { vault, target }: { vault: Vault; target: Target },
  mark: DayMark,
  restored: Restored,
): Promise<void> {
  await together(await vault.list(mark), async ({ path, sha256 }) => {
    const taken = await target.take(vault.pathOf(path), path);
    restored.letters += 1;
    if (taken?.sha256 === sha256) {
      restored.bytes += taken.bytes;
      return;
    }
    if (taken) await target.drop(path);
    restored.findings.push(finding(taken ? 'letter-damaged' : 'letter-missing', path));
  });
}
