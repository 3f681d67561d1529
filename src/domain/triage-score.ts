// The danger score: what the signs found in a letter and its tone weigh together.
import type { TriageRules } from './triage-compile.js';
import type { SignKind, ToneMix } from './triage-lists.js';
import type { Find, Finds } from './triage-match.js';
import type { Softening } from './triage-soften.js';

export interface FiredWord {
  /** The words of the letter that an entry of the list met, as folded; of a combination, its parts joined by `…`. */
  word: string;
  /** The list of the danger score it counted for, `tone`, or the code of the category it voted for. */
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

export interface Danger {
  score: number;
  fired: FiredWord[];
}

const TONE = 'tone';
/** Words of one list that add to the danger. */
const MOST_OF_A_LIST = 3;
/** How far the everyday that no circumstance outweighs stands against the danger itself. */
const OFFSET = 0.7;
/** Danger beyond this adds nothing to a tone. */
const MOST_DANGER = 30;
/** Words shown for the tone. */
const SHOWN = 4;

interface Counted {
  kind: SignKind;
  fired: FiredWord;
}

/** By its signs alone, or, of a letter long enough to have one, by its tone with them; whichever is more. */
export function scoreDanger(rules: TriageRules, evidence: Evidence, finds: Finds): Danger {
  const { mix } = rules.lists;
  const counted = countSigns(rules, evidence);
  const plain = scorePlain(counted);
  if (!mix || finds.words.length < mix.fromWords) return plain;
  const toned = scoreToned(counted, mix, toneOf(rules, mix, finds));
  return toned.score >= plain.score - mix.plain ? toned : { ...plain, score: round(plain.score - mix.plain) };
}

function countSigns(rules: TriageRules, evidence: Evidence): Counted[] {
  return rules.signLists.flatMap(({ list, kind, members }) =>
    countList({ list, kind, found: foundFor(members, kind, evidence) }).map((fired) => ({ kind, fired })),
  );
}

function scorePlain(counted: readonly Counted[]): Danger {
  const rest = sumOf(counted, 'circumstance') - sumOf(counted, 'everyday');
  const score = sumOfDanger(counted) + (rest < 0 ? rest * OFFSET : rest);
  const fired = counted.map(({ kind, fired: one }) => scaled(one, kind === 'everyday' ? -1 : 1));
  return { score: round(Math.max(0, score)), fired };
}

function scoreToned(counted: readonly Counted[], mix: ToneMix, tone: FiredWord): Danger {
  const score =
    tone.weight +
    mix.danger * Math.min(MOST_DANGER, sumOfDanger(counted)) +
    mix.circumstance * sumOf(counted, 'circumstance') -
    mix.everyday * sumOf(counted, 'everyday');
  const shares = { danger: mix.danger, circumstance: mix.circumstance, everyday: -mix.everyday };
  const fired = counted.map(({ kind, fired: one }) => scaled(one, shares[kind]));
  return { score: round(Math.max(0, score)), fired: [tone, ...fired] };
}

/** The words' leaning, over the root of their number: a long letter has more of everything. */
function toneOf(rules: TriageRules, mix: ToneMix, { words, meanings }: Finds): FiredWord {
  const leaning = new Map<string, number>();
  for (const [at, { tone }] of meanings.entries()) if (tone !== 0) leaning.set(words[at]?.text ?? '', tone);
  let sum = 0;
  for (const tone of leaning.values()) sum += tone;
  const weight = rules.lists.marks.presumption + (mix.points * sum) / Math.sqrt(words.length);
  const shown = [...leaning]
    .sort(([, a], [, b]) => (weight < 0 ? a - b : b - a))
    .slice(0, SHOWN)
    .map(([word]) => word);
  return { word: shown.join(' … '), list: TONE, weight: round(weight), softened: null };
}

function scaled(fired: FiredWord, by: number): FiredWord {
  return { ...fired, weight: round(fired.weight * by) };
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

/** The heaviest counts; of danger, also up to two words elsewhere in the letter, at a half and a quarter. */
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
