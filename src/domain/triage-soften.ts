// Why a word that fired counts less or not: negated, past, told of, part of a slogan or a name.
import type { TriageRules } from './triage-compile.js';
import type { Softener } from './triage-lists.js';
import { distanceOf, type Find, type Finds } from './triage-match.js';

export interface Softening {
  /** 1 when nothing softens. */
  factor: number;
  kind: string | null;
}

const FULL: Softening = { factor: 1, kind: null };

/** The strongest softening of `find`; a combination is as soft as the softest of its parts. */
export function softeningOf(rules: TriageRules, finds: Finds, find: Find): Softening {
  if (find.parts.length > 0) {
    return softest(find.parts.map((part) => softeningOf(rules, finds, { ...part, group: find.group })));
  }
  const all = rules.lists.softeners
    .filter((softener) => (softener.only.length === 0 || softener.only.includes(find.group)) && applies(softener, finds, find))
    .map(({ kind, factor }) => ({ kind, factor }));
  return softest(all);
}

function softest(all: readonly Softening[]): Softening {
  return all.reduce((best, one) => (one.factor < best.factor ? one : best), FULL);
}

function applies(softener: Softener, finds: Finds, find: Find): boolean {
  const marks = finds.byGroup.get(softener.group);
  if (!marks || marks.length === 0) return false;
  if (softener.unlessNear.some((group) => hasInSentence(finds, find, group))) return false;
  return marks.some((mark) => reaches(softener, finds, { find, mark }));
}

function hasInSentence({ byGroup, words }: Finds, find: Find, group: string): boolean {
  const sentence = words[find.from]?.sentence;
  return byGroup.get(group)?.some((mark) => words[mark.from]?.sentence === sentence) ?? false;
}

interface Pair {
  find: Find;
  mark: Find;
}

function reaches(softener: Softener, finds: Finds, { find, mark }: Pair): boolean {
  if (softener.side === 'inside') return surrounds(mark, find);
  if (mark.used.some((at) => find.used.includes(at))) return false;
  return (
    standsOn(softener, { find, mark }) &&
    sharesBound(softener, finds, { find, mark }) &&
    !softener.unlessBetween.some((group) => isBetween(finds, { find, mark }, group))
  );
}

/** The mark is the longer one and has every word of the find. */
function surrounds(mark: Find, find: Find): boolean {
  return mark.used.length > find.used.length && find.used.every((at) => mark.used.includes(at));
}

function standsOn({ side, within }: Softener, { find, mark }: Pair): boolean {
  // A mark in the gap of a phrase ("he is NOT beating") stands on whichever side is asked for.
  if (mark.from > find.from && mark.to < find.to) return true;
  if (distanceOf(find, mark) > within) return false;
  if (side === 'before') return mark.to < find.from;
  return side === 'after' ? mark.from > find.to : true;
}

function sharesBound({ bound }: Softener, { words }: Finds, { find, mark }: Pair): boolean {
  if (bound === 'letter') return true;
  const near = mark.to < find.from ? find.from : find.to;
  const of = mark.to < find.from ? mark.to : mark.from;
  return words[near]?.[bound] === words[of]?.[bound];
}

function isBetween({ byGroup }: Finds, { find, mark }: Pair, group: string): boolean {
  const from = Math.min(find.from, mark.from);
  const to = Math.max(find.to, mark.to);
  return byGroup.get(group)?.some((other) => other.from >= from && other.to <= to && other !== mark) ?? false;
}
