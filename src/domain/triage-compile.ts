// Compiles word lists: which entries may begin with a word, and what the groups count for.
import { ThanadakError } from './errors.js';
import { Atoms } from './triage-atoms.js';
import type { ListForm, Sign, TriageLists } from './triage-lists.js';

/** How many words `..` may stand for. */
export const LONGEST_GAP = 3;
const NUMBER_GROUP = 'number';

/** One word of an entry: any of `atoms`, any word at all, or a gap. */
export type Element = { atoms: ReadonlySet<number> } | 'any' | 'gap';

export interface Entry {
  /** As the list has it. */
  text: string;
  group: string;
  elements: readonly Element[];
}

/** What triage works with, made by `compileTriage`. */
export interface TriageRules {
  lists: Omit<TriageLists, 'words'>;
  /** What a folded word of a letter may be. */
  atomsOf: (word: string) => readonly number[];
  /** The entries that begin with an atom. */
  startsOf: (atom: number) => readonly Entry[];
  /** Groups and combinations that count for the danger score. */
  signs: readonly Sign[];
  /** Groups that soften others, mark time or change a category: of those, the longest words win. */
  markers: ReadonlySet<string>;
}

interface Written {
  form: ListForm;
  group: string;
  text: string;
}

interface Draft {
  atoms: Atoms;
  /** Atoms of the single words of a group, of all forms. */
  groups: Map<string, Set<number>>;
}

/**
 * Compiles `lists` once per configuration. Throws ThanadakError `invalid` when an entry names a group without single
 * words or does not begin with a word; the loader of the lists tells the same with the line.
 */
export function compileTriage(lists: TriageLists): TriageRules {
  const written = lists.words.flatMap(({ form, groups }) =>
    Object.entries(groups).flatMap(([group, entries]) => entries.map((text) => ({ form, group, text }))),
  );
  const draft = draftGroups(written);
  const starts = new Map<number, Entry[]>();
  for (const one of written) addEntry(starts, one, draft);
  const { words: _, ...rest } = lists;
  const none: Entry[] = [];
  return {
    lists: rest,
    atomsOf: (word) => draft.atoms.atomsOf(word),
    startsOf: (atom) => starts.get(atom) ?? none,
    signs: [...lists.signs, ...lists.combinations.map((one) => ({ ...one, group: one.name }))],
    markers: markersOf(lists),
  };
}

function draftGroups(written: readonly Written[]): Draft {
  const atoms = new Atoms();
  const groups = new Map([[NUMBER_GROUP, new Set([atoms.numbers])]]);
  for (const { form, group, text } of written) {
    if (!isSingleWord(text)) continue;
    const members = groups.get(group) ?? new Set<number>();
    for (const choice of text.split('|')) for (const atom of atoms.add(choice, form, true)) members.add(atom);
    groups.set(group, members);
  }
  return { atoms, groups };
}

/** Whether an entry is one word, or a choice of such, that other entries may refer to by the group's name. */
export function isSingleWord(text: string): boolean {
  return !/[\s<]/.test(text);
}

function addEntry(starts: Map<number, Entry[]>, { form, group, text }: Written, draft: Draft): void {
  const alone = isSingleWord(text);
  const elements = text.split(/\s+/).map((part) => elementOf(part, draft, { form, alone }));
  const [first] = elements;
  if (first === undefined || first === 'any' || first === 'gap') {
    throw new ThanadakError('invalid', `the entry "${text}" must begin with a word`);
  }
  for (const atom of first.atoms) {
    const known = starts.get(atom);
    if (known) known.push({ text, group, elements });
    else starts.set(atom, [{ text, group, elements }]);
  }
}

function elementOf(part: string, draft: Draft, as: { form: ListForm; alone: boolean }): Element {
  if (part === '_') return 'any';
  if (part === '..') return 'gap';
  return { atoms: new Set(part.split('|').flatMap((choice) => [...atomsFor(choice, draft, as)])) };
}

function atomsFor(
  choice: string,
  { atoms, groups }: Draft,
  { form, alone }: { form: ListForm; alone: boolean },
): Iterable<number> {
  const name = /^<(.+)>$/.exec(choice)?.[1];
  if (name === undefined) return atoms.add(choice, form, alone);
  const known = groups.get(name);
  if (!known) throw new ThanadakError('invalid', `no list has single words for ${choice}`);
  return known;
}

function markersOf(lists: TriageLists): Set<string> {
  const softening = lists.softeners.flatMap((one) => [one.group, ...one.unlessBetween, ...one.unlessNear]);
  const changing = lists.changes.flatMap((change) => [...change.any, ...change.none]);
  return new Set([...softening, ...changing]);
}
