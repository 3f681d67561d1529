// Finds the entries of the lists in the words of a letter.
import type { TriageRules } from './triage-compile.js';
import { ANY, type Entry, GAP, LONGEST_GAP, type Meaning } from './triage-lexicon.js';
import type { Combination } from './triage-lists.js';
import type { Word } from './triage-tokens.js';

/** More finds than this tell nothing new. */
const MOST_FINDS = 600;

/** An entry found; `used` are the positions of its words in ascending order, without what `_` and `..` stood for. */
export interface Find {
  group: string;
  /** The words of the letter that an entry met, as folded; of a combination, those of its parts joined by `…`. */
  text: string;
  from: number;
  to: number;
  used: readonly number[];
  /** What a combination was made of. */
  parts: readonly Find[];
}

export interface Finds {
  words: readonly Word[];
  meanings: readonly Meaning[];
  byGroup: ReadonlyMap<string, readonly Find[]>;
  /** Words used by the longest find at each position; finds of silent groups aside. */
  coverage: Uint8Array;
}

interface Text {
  words: readonly Word[];
  meanings: readonly Meaning[];
}

export function findEntries(rules: TriageRules, words: readonly Word[]): Finds {
  const byGroup = new Map<string, Find[]>();
  const coverage = new Uint8Array(words.length);
  const meanings = words.map((word) => rules.lexicon.meaningOf(word.text));
  for (const find of simpleFinds({ words, meanings }, rules.lexicon.parts)) {
    file(byGroup, find);
    if (rules.silent.has(find.group)) continue;
    for (const at of find.used) coverage[at] = Math.max(coverage[at] ?? 0, find.used.length);
  }
  dropCovered(rules, byGroup, coverage);
  for (const combination of rules.lists.combinations) {
    for (const find of combine(combination, byGroup)) file(byGroup, find);
  }
  return { words, meanings, byGroup, coverage };
}

function file(byGroup: Map<string, Find[]>, find: Find): void {
  const known = byGroup.get(find.group);
  if (known) known.push(find);
  else byGroup.set(find.group, [find]);
}

function simpleFinds(text: Text, parts: number): Find[] {
  const candidates = candidatesIn(text.meanings, parts);
  const finds: Find[] = [];
  for (const [at, meaning] of text.meanings.entries()) {
    for (const entry of candidates.get(meaning) ?? []) findAround(text, entry, { at, finds });
    if (finds.length > MOST_FINDS) break;
  }
  return finds;
}

/** For each word the entries that it may anchor; most entries miss another of their words in the whole letter. */
function candidatesIn(meanings: readonly Meaning[], parts: number): Map<Meaning, Entry[]> {
  const different = new Set(meanings);
  const present = new Uint8Array(parts);
  for (const meaning of different) for (const part of meaning.parts) present[part] = 1;
  const candidates = new Map<Meaning, Entry[]>();
  for (const meaning of different) {
    const entries = meaning.anchors.filter((entry) => mayMatch(entry, present));
    if (entries.length > 0) candidates.set(meaning, entries);
  }
  return candidates;
}

/** Adds the find of `entry` whose anchor stands at `at`, if the words around it are there too. */
function findAround(text: Text, entry: Entry, { at, finds }: { at: number; finds: Find[] }): void {
  const nearest = entry.anchor === 0 ? at : at - 1;
  const farthest = entry.anchor === 2 ? nearest - LONGEST_GAP : nearest;
  for (let start = nearest; start >= Math.max(0, farthest); start -= 1) {
    const used = matchFrom(text, entry.parts, { part: 0, at: start });
    if (!used) continue;
    finds.push(findOf(text, entry, used));
    return;
  }
}

function mayMatch({ parts }: Entry, present: Uint8Array): boolean {
  for (const part of parts) if (part >= 0 && present[part] === 0) return false;
  return true;
}

function findOf({ words }: Text, { group }: Entry, used: number[]): Find {
  const text = used.map((at) => words[at]?.text ?? '').join(' ');
  return { group, text, from: used[0] ?? 0, to: used.at(-1) ?? 0, used, parts: [] };
}

interface Spot {
  part: number;
  at: number;
}

/** The positions that the parts from `part` on take when the first of them stands at `at`. */
function matchFrom(text: Text, parts: readonly number[], { part, at }: Spot): number[] | undefined {
  const wanted = parts[part];
  if (wanted === undefined) return [];
  if (wanted === GAP) return matchAfterGap(text, parts, { part: part + 1, at });
  const here = text.words[at];
  if (!here || (part > 0 && text.words[at - 1]?.sentence !== here.sentence)) return undefined;
  if (wanted !== ANY && !text.meanings[at]?.fills.has(wanted)) return undefined;
  const rest = matchFrom(text, parts, { part: part + 1, at: at + 1 });
  if (rest && wanted !== ANY) rest.unshift(at);
  return rest;
}

function matchAfterGap(text: Text, parts: readonly number[], { part, at }: Spot): number[] | undefined {
  const sentence = text.words[at - 1]?.sentence;
  for (let skipped = 0; skipped <= LONGEST_GAP; skipped += 1) {
    if (text.words[at + skipped]?.sentence !== sentence) return undefined;
    const rest = matchFrom(text, parts, { part, at: at + skipped });
    if (rest) return rest;
  }
  return undefined;
}

/** The longest find wins: "not only" is no "not", "since yesterday" no "yesterday". */
function dropCovered(rules: TriageRules, byGroup: Map<string, Find[]>, coverage: Uint8Array): void {
  for (const group of rules.markers) {
    const finds = byGroup.get(group);
    if (finds)
      byGroup.set(
        group,
        finds.filter((find) => !isCovered(find, coverage)),
      );
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
