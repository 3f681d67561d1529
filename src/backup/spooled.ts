// Letters accepted and not yet filed, and letters held for a person, as a set has them.
import type { HeldLetter, SpooledLetter } from '../domain/letter.js';
import type { FileMark, OpenSet } from '../ports/vault.js';
import type { SavedHouse } from './making.js';

export interface SavedSpool {
  spooled: number;
  held: number;
  files: FileMark[];
  problems: string[];
}

/**
 * What is new comes before and after what is held: a letter moves both ways, and is missed in neither place. One that
 * is in both is filed once.
 */
export async function saveSpool(house: SavedHouse, set: OpenSet): Promise<SavedSpool> {
  const saved: SavedSpool = { spooled: 0, held: 0, files: [], problems: [] };
  const known = new Set<string>();
  await saveNew(house, { set, saved, known });
  for (const letter of await house.spool.listHeld()) {
    const source = house.heldPathOf(letter.id);
    if (await saveOne({ set, saved }, { source, letter, folder: 'held', envelope: letter })) saved.held += 1;
  }
  await saveNew(house, { set, saved, known });
  return saved;
}

interface Saving {
  set: OpenSet;
  saved: SavedSpool;
}

async function saveNew(
  { spool }: SavedHouse,
  { set, saved, known }: Saving & { known: Set<string> },
): Promise<void> {
  for (const id of await spool.list()) {
    if (known.has(id)) continue;
    const letter = await spool.find(id);
    if (!letter) continue;
    known.add(id);
    const source = spool.pathOf(id);
    // The envelopes of a round stand in one file; here each letter has its own.
    if (await saveOne({ set, saved }, { source, letter, folder: 'new', envelope: [letter] }))
      saved.spooled += 1;
  }
}

interface One {
  source: string;
  letter: SpooledLetter;
  folder: 'new' | 'held';
  envelope: HeldLetter | SpooledLetter[];
}

/** False when the letter was filed meanwhile. */
async function saveOne({ set, saved }: Saving, { source, letter, folder, envelope }: One): Promise<boolean> {
  const base = `spool/${folder}/${letter.id}`;
  const file = await set.put(source, `${base}.eml`, 'link');
  if (!file) return false;
  // Nobody else has it, so it is saved as it is.
  if (file.sha256 !== letter.sha256) saved.problems.push(`The letter ${base}.eml is damaged in the house.`);
  saved.files.push(file, await set.write(`${base}.json`, Buffer.from(JSON.stringify(envelope))));
  return true;
}
