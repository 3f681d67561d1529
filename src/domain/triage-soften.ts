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
/** Words of a film, a play, a slogan in quotation marks. */
const TITLE: Softening = { factor: 0.3, kind: 'title' };

/** Softeners of which something was found in this letter, each with its finds. */
export interface Softeners {
  finds: Finds;
  active: readonly { softener: Softener; marks: readonly Find[] }[];
}

export function activeSofteners(rules: TriageRules, finds: Finds): Softeners {
  const active = rules.lists.softeners.flatMap((softener) => {
    const marks = finds.byGroup.get(softener.group) ?? [];
    return marks.length > 0 ? [{ softener, marks }] : [];
  });
  return { finds, active };
}

/** The strongest softening of `find`; a combination is as soft as the softest of its parts. */
export function softeningOf(softeners: Softeners, find: Find): Softening {
  if (find.parts.length > 0) {
    return softest(find.parts.map((part) => softeningOf(softeners, { ...part, group: find.group })));
  }
  let strongest = isTitle(softeners.finds, find) ? TITLE : FULL;
  for (const { softener, marks } of softeners.active) {
    if (softener.factor < strongest.factor && applies(softener, softeners.finds, { find, marks })) {
      strongest = { factor: softener.factor, kind: softener.kind };
    }
  }
  return strongest;
}

function isTitle({ words }: Finds, { used }: Find): boolean {
  return used.every((at) => words[at]?.titled === true);
}

function softest(all: readonly Softening[]): Softening {
  return all.reduce((best, one) => (one.factor < best.factor ? one : best), FULL);
}

function applies(
  softener: Softener,
  finds: Finds,
  { find, marks }: { find: Find; marks: readonly Find[] },
): boolean {
  if (softener.only.length > 0 && !softener.only.includes(find.group)) return false;
  if (!marks.some((mark) => reaches(softener, finds, { find, mark }))) return false;
  return !softener.unlessNear.some((group) => hasInSentence(finds, find, group));
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
  const overlaps = mark.used.some((at) => find.used.includes(at));
  if (softener.side === 'inside') return overlaps && mark.used.length >= Math.max(2, find.used.length);
  // A negator that is a word of the phrase belongs to it ("NOT breathing"); any other mark speaks of it.
  if (overlaps) return softener.side === 'either';
  return (
    standsOn(softener, { find, mark }) &&
    sharesBound(softener, finds, { find, mark }) &&
    !softener.unlessBetween.some((group) => isBetween(finds, { find, mark }, group))
  );
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
