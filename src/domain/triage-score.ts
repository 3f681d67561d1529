// The danger score: what the signs found in a letter weigh together.
import type { SignList, TriageRules } from './triage-compile.js';
import type { SignKind } from './triage-lists.js';
import type { Find } from './triage-match.js';
import type { Softening } from './triage-soften.js';

export interface FiredWord {
  /** The words of the letter that an entry of the list met, as folded; of a combination, its parts joined by `…`. */
  word: string;
  /** The list of the danger score it counted for, or the code of the category it voted for. */
  list: string;
  /** Signed, as it counted. */
  weight: number;
  /** Why it counted less or not (`negated`, `past`, `slogan` …), null when it counted in full. */
  softened: string | null;
}

export interface Judged extends Softening {
  find: Find;
}

/** What was found, by group, with how far each counts. */
export type Evidence = ReadonlyMap<string, readonly Judged[]>;

/** Fewer words than this tell of no matter. */
const WORDS_OF_A_MATTER = 14;
/** How far what is left of the everyday stands against the danger itself. */
const OFFSET = 0.7;
/** Words on either side of a circumstance that make a passage. */
const PASSAGE = 20;
/** Words of one list that add to the danger. */
const MOST_OF_A_LIST = 3;

interface Counted {
  kind: SignKind;
  fired: FiredWord;
}

/** Danger as it stands, and of the circumstances what the everyday does not outweigh; of a letter of `length` words. */
export function scoreDanger(
  rules: TriageRules,
  evidence: Evidence,
  length: number,
): { score: number; fired: FiredWord[] } {
  const counted: Counted[] = [];
  for (const { list, kind, members } of rules.signLists) {
    for (const fired of countList({ list, kind, found: foundFor(members, kind, evidence) })) {
      counted.push({ kind, fired });
    }
  }
  const presumed = length >= WORDS_OF_A_MATTER ? rules.lists.marks.presumption : 0;
  const whole = presumed + sumOf(counted, 'circumstance') - sumOf(counted, 'everyday');
  const passage = length > 2 * PASSAGE ? presumed / 2 + heaviestPassage(rules, evidence) : whole;
  const unexplained = Math.max(whole, passage);
  const fired = counted.map((one) =>
    one.kind === 'everyday' ? { ...one.fired, weight: -one.fired.weight } : one.fired,
  );
  const rest = unexplained < 0 ? unexplained * OFFSET : unexplained;
  return { score: round(Math.max(0, sumOfDanger(counted) + rest)), fired };
}

interface Placed {
  list: string;
  at: number;
  /** Everyday signs weigh negatively. */
  weight: number;
}

/**
 * A long letter about a licence and a drain may hold three lines about something else: what the circumstances of one
 * passage weigh against what is everyday in it. Half of the presumption goes with it, as it is half a letter.
 */
function heaviestPassage(rules: TriageRules, evidence: Evidence): number {
  const placed = rules.signLists.flatMap((list) => (list.kind === 'danger' ? [] : placedOf(list, evidence)));
  let heaviest = -Infinity;
  for (const { at, weight } of placed) {
    if (weight > 0) heaviest = Math.max(heaviest, weighPassage(placed, at));
  }
  return heaviest;
}

function placedOf({ list, kind, members }: SignList, evidence: Evidence): Placed[] {
  const sign = kind === 'everyday' ? -1 : 1;
  return foundFor(members, kind, evidence).map(({ weight, find }) => ({
    list,
    at: find.from,
    weight: sign * weight,
  }));
}

function weighPassage(placed: readonly Placed[], middle: number): number {
  const lists = new Map<string, number>();
  for (const { list, at, weight } of placed) {
    if (Math.abs(at - middle) > PASSAGE) continue;
    const known = lists.get(list) ?? 0;
    if (Math.abs(weight) > Math.abs(known)) lists.set(list, weight);
  }
  let sum = 0;
  for (const weight of lists.values()) sum += weight;
  return sum;
}

interface Weighed {
  weight: number;
  softened: string | null;
  find: Find;
}

function foundFor(
  members: readonly { group: string; weight: number }[],
  kind: SignKind,
  evidence: Evidence,
): Weighed[] {
  const found: Weighed[] = [];
  for (const { group, weight } of members) {
    for (const judged of evidence.get(group) ?? []) {
      const soft = isSoft(kind, judged.factor);
      found.push({
        weight: soft ? weight * judged.factor : weight,
        softened: soft ? judged.kind : null,
        find: judged.find,
      });
    }
  }
  return found.length > 1 ? found.sort((a, b) => b.weight - a.weight) : found;
}

/** Only what takes a word back entirely takes back a circumstance; the everyday stays what it is. */
function isSoft(kind: SignKind, factor: number): boolean {
  return kind === 'danger' ? factor < 1 : kind === 'circumstance' && factor === 0;
}

/**
 * The heaviest counts; of danger, also up to two words elsewhere in the letter, at a half and a quarter.
 */
function countList({ list, kind, found }: { list: string; kind: SignKind; found: Weighed[] }): FiredWord[] {
  const used = new Set<number>();
  const most = kind === 'danger' ? MOST_OF_A_LIST : 1;
  const counted: FiredWord[] = [];
  for (const { weight, softened, find } of found) {
    if (counted.length === most) break;
    if (counted.length > 0 && find.used.some((at) => used.has(at))) continue;
    for (const at of find.used) used.add(at);
    counted.push({ word: find.text, list, weight: round(weight / 2 ** counted.length), softened });
  }
  return counted;
}

function sumOf(counted: readonly Counted[], kind: SignKind): number {
  let sum = 0;
  for (const one of counted) if (one.kind === kind) sum += one.fired.weight;
  return sum;
}

/** What stands in full adds up; of what is softened only the heaviest counts, or a long look back would be a danger. */
function sumOfDanger(counted: readonly Counted[]): number {
  let full = 0;
  let softened = 0;
  for (const { kind, fired } of counted) {
    if (kind !== 'danger') continue;
    if (fired.softened === null) full += fired.weight;
    else softened = Math.max(softened, fired.weight);
  }
  return full + softened;
}

/** To two places. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
