// Where a letter lies: spool, held or filed. A letter still in the spool but filed already counts as filed.
import { ThanadakError } from '../domain/errors.js';
import type { House } from './deps.js';
import type { FoundLetter, LetterState } from './views/letter-view.js';

/** Filed letters not yet taken out of the spool are its oldest, and few. */
const LEFTOVERS = 500;

export interface LettersAsked {
  limit: number;
  state?: LetterState | undefined;
  /** Only those that opened no ticket and say why. */
  parked?: boolean | undefined;
}

/** Letters in any or one state, newest first, at most `limit`. */
export async function listLetters(
  house: House,
  { limit, state, parked }: LettersAsked,
): Promise<FoundLetter[]> {
  if (parked) return listFiled(house, limit, { parked });
  const wanted = (candidate: LetterState) => state === undefined || state === candidate;
  // In the direction letters move, so that one on its way is seen twice rather than not at all.
  const spooled = wanted('spooled') ? await listSpooled(house, limit) : [];
  const held = wanted('held') ? await listHeld(house) : [];
  const filed = wanted('filed') ? await listFiled(house, limit) : [];
  const byId = new Map([...spooled, ...filed, ...held].map((found) => [found.letter.id, found]));
  return [...byId.values()].sort((a, b) => (a.letter.id < b.letter.id ? 1 : -1)).slice(0, limit);
}

async function listSpooled(house: House, limit: number): Promise<FoundLetter[]> {
  const found: FoundLetter[] = [];
  for (const id of (await house.spool.list()).reverse()) {
    if (found.length === limit) break;
    const letter = await house.spool.find(id);
    if (letter && !(await isFiled(house, id))) found.push({ state: 'spooled', letter });
  }
  return found;
}

async function listHeld(house: House): Promise<FoundLetter[]> {
  return (await house.spool.listHeld()).map((letter) => ({ state: 'held', letter }));
}

async function listFiled(
  house: House,
  limit: number,
  filter: { parked?: boolean } = {},
): Promise<FoundLetter[]> {
  const found: FoundLetter[] = [];
  for (const letter of await house.store.letters.list(limit, filter)) {
    found.push({ state: 'filed', letter, tickets: await house.store.letters.referencesOf(letter.id) });
  }
  return found;
}

async function isFiled(house: House, id: string): Promise<boolean> {
  return (await house.store.letters.find(id)) !== undefined;
}

/** How many letters wait in the spool to be filed. */
export async function countSpooled(house: House): Promise<number> {
  const ids = await house.spool.list();
  let leftovers = 0;
  for (const id of ids.slice(0, LEFTOVERS)) if (await isFiled(house, id)) leftovers += 1;
  return ids.length - leftovers;
}

/** The letter wherever it lies. Errors: 'not-found'. */
export async function findLetter(house: House, id: string): Promise<FoundLetter> {
  // The id becomes part of a path.
  if (!/^[0-9A-Za-z-]+$/.test(id)) throw noSuchLetter(id);
  const spooled = await house.spool.find(id);
  const held = (await house.spool.listHeld()).find((letter) => letter.id === id);
  const filed = await house.store.letters.find(id);
  if (held) return { state: 'held', letter: held };
  if (filed) return { state: 'filed', letter: filed, tickets: await house.store.letters.referencesOf(id) };
  if (spooled) return { state: 'spooled', letter: spooled };
  throw noSuchLetter(id);
}

export function noSuchLetter(id: string): ThanadakError {
  return new ThanadakError('not-found', `There is no letter ${id}. See: thanadak letter list`);
}

/** Absolute path of the letter's bytes. */
export function pathOfLetter(house: House, found: FoundLetter): string {
  switch (found.state) {
    case 'held':
      return house.heldPathOf(found.letter.id);
    case 'filed':
      return house.archive.pathOf(found.letter.archivePath);
    case 'spooled':
      return house.spool.pathOf(found.letter.id);
  }
}
