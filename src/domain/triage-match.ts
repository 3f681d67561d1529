// Finds the entries of the lists in the words of a letter.
import { type Element, type Entry, LONGEST_GAP, type TriageRules } from './triage-compile.js';
import type { Combination } from './triage-lists.js';
import type { Word } from './triage-tokens.js';

/** More finds than this tell nothing new. */
const MOST_FINDS = 600;

/** An entry found; `used` are the positions of its words in ascending order, without what `_` and `..` stood for. */
export interface Find {
  group: string;
  /** As the list has it; of a combination, its parts. */
  text: string;
  from: number;
  to: number;
  used: readonly number[];
  /** What a combination was made of. */
  parts: readonly Find[];
}

export interface Finds {
  words: readonly Word[];
  byGroup: ReadonlyMap<string, readonly Find[]>;
  /** Words used by the longest find at each position. */
  coverage: Uint8Array;
}

interface Text {
  words: readonly Word[];
  atoms: readonly (readonly number[])[];
}

export function findEntries(rules: TriageRules, words: readonly Word[]): Finds {
  const text: Text = { words, atoms: words.map((word) => rules.atomsOf(word.text)) };
  const byGroup = new Map<string, Find[]>();
  const coverage = new Uint8Array(words.length);
  for (const find of simpleFinds(rules, text)) {
    file(byGroup, find);
    for (const at of find.used) coverage[at] = Math.max(coverage[at] ?? 0, find.used.length);
  }
  dropCovered(rules, byGroup, coverage);
  for (const combination of rules.lists.combinations) {
    for (const find of combine(combination, byGroup)) file(byGroup, find);
  }
  return { words, byGroup, coverage };
}

function file(byGroup: Map<string, Find[]>, find: Find): void {
  const known = byGroup.get(find.group);
  if (known) known.push(find);
  else byGroup.set(find.group, [find]);
}

function simpleFinds(rules: TriageRules, text: Text): Find[] {
  const finds: Find[] = [];
  for (const [at, atoms] of text.atoms.entries()) {
    for (const entry of entriesAt(rules, atoms)) {
      const used = matchFrom(text, entry.elements, { element: 0, at });
      if (used) finds.push(findOf(entry, used));
    }
    if (finds.length > MOST_FINDS) break;
  }
  return finds;
}

/** A choice of two spellings may be reached by two atoms of one word; it is one entry all the same. */
function entriesAt(rules: TriageRules, atoms: readonly number[]): Iterable<Entry> {
  const [only, ...more] = atoms;
  if (only === undefined) return [];
  if (more.length === 0) return rules.startsOf(only);
  return new Set(atoms.flatMap((atom) => rules.startsOf(atom)));
}

function findOf({ group, text }: Entry, used: number[]): Find {
  return { group, text, from: used[0] ?? 0, to: used.at(-1) ?? 0, used, parts: [] };
}

/** The positions that the elements from `element` on take when the first of them stands at `at`. */
function matchFrom(
  text: Text,
  elements: readonly Element[],
  { element, at }: { element: number; at: number },
): number[] | undefined {
  const wanted = elements[element];
  if (wanted === undefined) return [];
  if (wanted === 'gap') return matchAfterGap(text, elements, { element: element + 1, at });
  const here = text.words[at];
  if (!here || (at > 0 && element > 0 && text.words[at - 1]?.sentence !== here.sentence)) return undefined;
  if (wanted !== 'any' && !text.atoms[at]?.some((atom) => wanted.atoms.has(atom))) return undefined;
  const rest = matchFrom(text, elements, { element: element + 1, at: at + 1 });
  if (!rest) return undefined;
  return wanted === 'any' ? rest : [at, ...rest];
}

function matchAfterGap(
  text: Text,
  elements: readonly Element[],
  { element, at }: { element: number; at: number },
): number[] | undefined {
  const sentence = text.words[at - 1]?.sentence;
  for (let skipped = 0; skipped <= LONGEST_GAP; skipped += 1) {
    if (text.words[at + skipped]?.sentence !== sentence) return undefined;
    const rest = matchFrom(text, elements, { element, at: at + skipped });
    if (rest) return rest;
  }
  return undefined;
}

/** The longest find wins: "not only" is no "not", "since yesterday" no "yesterday". */
function dropCovered(rules: TriageRules, byGroup: Map<string, Find[]>, coverage: Uint8Array): void {
  for (const group of rules.markers) {
    const finds = byGroup.get(group);
    if (finds) byGroup.set(group, finds.filter((find) => !isCovered(find, coverage)));
  }
}

/** Whether every word of `find` belongs to a longer find. */
export function isCovered(find: Find, coverage: Uint8Array): boolean {
  return find.used.every((at) => (coverage[at] ?? 0) > find.used.length);
}

function combine({ name, near, within }: Combination, byGroup: ReadonlyMap<string, Find[]>): Find[] {
  const [first = [], ...others] = near.map((group) => byGroup.get(group) ?? []);
  if (others.some((finds) => finds.length === 0)) return [];
  return first.flatMap((find) => {
    const parts = [find];
    for (const candidates of others) {
      const partner = nearest(find, candidates);
      if (!partner || distanceOf(find, partner) > within) return [];
      parts.push(partner);
    }
    return [combinedFind(name, parts)];
  });
}

function nearest(find: Find, candidates: readonly Find[]): Find | undefined {
  let best: Find | undefined;
  for (const candidate of candidates) {
    if (candidate.from === find.from && candidate.to === find.to) continue;
    if (!best || distanceOf(find, candidate) < distanceOf(find, best)) best = candidate;
  }
  return best;
}

/** Words from one find to the other; 0 when they overlap. */
export function distanceOf(a: Find, b: Find): number {
  if (a.from > b.to) return a.from - b.to;
  return b.from > a.to ? b.from - a.to : 0;
}

function combinedFind(name: string, parts: readonly Find[]): Find {
  const used = [...new Set(parts.flatMap((part) => part.used))].sort((a, b) => a - b);
  const text = parts.map((part) => part.text).join(' … ');
  return { group: name, text, from: used[0] ?? 0, to: used.at(-1) ?? 0, used, parts };
}
