// What a word of a letter means to the lists: which entries may begin with it, and which parts of entries it fills.
import { ThanadakError } from './errors.js';
import { Atoms } from './triage-atoms.js';
import type { ListForm, WordList } from './triage-lists.js';
import { toneKey } from './triage-tone.js';

/** Parts of an entry that no single list fills: any one word, and a gap of up to `LONGEST_GAP` words. */
export const ANY = -1;
export const GAP = -2;
export const LONGEST_GAP = 3;

const NUMBER_GROUP = 'number';
/** Common English words, which are never heard as words of another language. */
const AS_SPELT_GROUP = 'as-spelt';
/** The memory of looked-up words is emptied at this size, so that a flood of new words cannot fill the machine. */
const REMEMBERED_WORDS = 20_000;

export interface Entry {
  group: string;
  /** One number a word: the same number for the same choice of words, or `ANY`, or `GAP`. */
  parts: readonly number[];
  /** Which of the parts to look for first: the one least often met. 0, 1, or 2 behind a gap. */
  anchor: number;
}

export interface Meaning {
  /** The entries whose anchor this word may be. */
  anchors: readonly Entry[];
  /** Numbers of the parts that this word fills; the same as a list. */
  fills: ReadonlySet<number>;
  parts: readonly number[];
  /** How much the word leans towards urgent letters. */
  tone: number;
}

export interface Lexicon {
  /** How many different parts there are. */
  parts: number;
  meaningOf: (word: string) => Meaning;
}

const NOTHING: Meaning = { anchors: [], fills: new Set(), parts: [], tone: 0 };

interface Written {
  form: ListForm;
  group: string;
  text: string;
}

interface Draft {
  atoms: Atoms;
  /** Atoms of the single words of a group, of all forms. */
  groups: Map<string, Set<number>>;
  /** Numbers of parts as written, and by their atoms. */
  numbers: Map<string, number>;
  parts: Map<string, number>;
  choices: ReadonlySet<number>[];
  partsOfAtom: Map<number, number[]>;
  anchorsOfAtom: Map<number, Entry[]>;
}

/** Whether an entry is one word, or a choice of such, that other entries may refer to by the group's name. */
export function isSingleWord(text: string): boolean {
  return !/[\s<]/.test(text);
}

/** Entries of groups outside `used` are no finds; other entries may refer to their words all the same. */
export function buildLexicon(
  lists: readonly WordList[],
  used: ReadonlySet<string>,
  tone: ReadonlyMap<string, number>,
): Lexicon {
  const written = lists.flatMap(({ form, groups }) =>
    Object.entries(groups).flatMap(([group, entries]) => entries.map((text) => ({ form, group, text }))),
  );
  const draft = draftGroups(written);
  const entries = written.filter(({ group }) => used.has(group)).map((one) => numberParts(one, draft));
  for (const entry of entries) anchorEntry(entry, draft);
  return { parts: draft.parts.size, meaningOf: rememberMeanings(draft, tone) };
}

function draftGroups(written: readonly Written[]): Draft {
  const atoms = new Atoms();
  const groups = new Map([[NUMBER_GROUP, new Set([atoms.numbers])]]);
  for (const { form, group, text } of written) {
    if (!isSingleWord(text)) continue;
    if (group === AS_SPELT_GROUP) for (const word of text.split('|')) atoms.readAsSpelt(word);
    const members = groups.get(group) ?? new Set<number>();
    for (const choice of text.split('|')) for (const atom of atoms.add(choice, form, true)) members.add(atom);
    groups.set(group, members);
  }
  return {
    atoms,
    groups,
    numbers: new Map(),
    parts: new Map(),
    choices: [],
    partsOfAtom: new Map(),
    anchorsOfAtom: new Map(),
  };
}

function numberParts({ form, group, text }: Written, draft: Draft): Omit<Entry, 'anchor'> {
  const alone = isSingleWord(text);
  const parts = text.split(/\s+/).map((part) => numberOfWritten(part, draft, { form, alone }));
  if ((parts[0] ?? GAP) < 0) {
    throw new ThanadakError('invalid', `the entry "${text}" must begin with a word`);
  }
  return { group, parts };
}

/** "is", "not" and their like begin so many entries that looking for what follows them is much less work. */
function anchorEntry({ group, parts }: Omit<Entry, 'anchor'>, draft: Draft): void {
  const second = parts[1] === GAP ? 2 : 1;
  const following = parts[second] ?? ANY;
  const anchor =
    following >= 0 && commonness(following, draft) < commonness(parts[0] ?? ANY, draft) ? second : 0;
  const entry: Entry = { group, parts, anchor };
  for (const atom of draft.choices[parts[anchor] ?? ANY] ?? []) push(draft.anchorsOfAtom, atom, entry);
}

/** In how many parts of entries the words of this part occur. */
function commonness(part: number, { choices, partsOfAtom }: Draft): number {
  let sum = 0;
  for (const atom of choices[part] ?? []) sum += partsOfAtom.get(atom)?.length ?? 0;
  return sum;
}

function numberOfWritten(part: string, draft: Draft, as: { form: ListForm; alone: boolean }): number {
  if (part === '_') return ANY;
  if (part === '..') return GAP;
  const written = `${as.form} ${as.alone} ${part}`;
  const known = draft.numbers.get(written);
  if (known !== undefined) return known;
  const choice = new Set(part.split('|').flatMap((one) => [...atomsFor(one, draft, as)]));
  const number = numberOf(choice, draft);
  draft.numbers.set(written, number);
  return number;
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

function numberOf(choice: ReadonlySet<number>, { parts, choices, partsOfAtom }: Draft): number {
  const key = [...choice].sort((a, b) => a - b).join(' ');
  const known = parts.get(key);
  if (known !== undefined) return known;
  const part = parts.size;
  parts.set(key, part);
  choices.push(choice);
  for (const atom of choice) push(partsOfAtom, atom, part);
  return part;
}

function push<Item>(lists: Map<number, Item[]>, key: number, item: Item): void {
  const known = lists.get(key);
  if (known) known.push(item);
  else lists.set(key, [item]);
}

/** Words come again and again; a word is folded and looked up once. */
function rememberMeanings(draft: Draft, tone: ReadonlyMap<string, number>): (word: string) => Meaning {
  let memory = new Map<string, Meaning>();
  return (word) => {
    const known = memory.get(word);
    if (known) return known;
    if (memory.size >= REMEMBERED_WORDS) memory = new Map();
    const meaning = meaningOf(draft.atoms.atomsOf(word), draft, tone.get(toneKey(word)) ?? 0);
    memory.set(word, meaning);
    return meaning;
  };
}

function meaningOf(atoms: readonly number[], { partsOfAtom, anchorsOfAtom }: Draft, tone: number): Meaning {
  if (atoms.length === 0 && tone === 0) return NOTHING;
  const parts = [...new Set(atoms.flatMap((atom) => partsOfAtom.get(atom) ?? []))];
  return {
    anchors: onceEach(atoms.flatMap((atom) => anchorsOfAtom.get(atom) ?? [])),
    fills: new Set(parts),
    parts,
    tone,
  };
}

/** A word may reach an entry by two spellings, and a group by two of its single words: once is enough. */
function onceEach(entries: readonly Entry[]): Entry[] {
  const groups = new Set<string>();
  return [...new Set(entries)].filter(({ group, parts }) => {
    if (parts.length > 1) return true;
    const known = groups.has(group);
    groups.add(group);
    return !known;
  });
}
