// Proposes urgency and category of a letter from the resident's own words. The lists are data; the rules are here.
import type { Urgency } from './ticket.js';
import type { TriageRules } from './triage-compile.js';
import type { SignKind, UrgencyChange } from './triage-lists.js';
import { type Find, type Finds, findEntries } from './triage-match.js';
import { type Softening, softeningOf } from './triage-soften.js';
import { wordsOf } from './triage-tokens.js';

export { compileTriage, type TriageRules } from './triage-compile.js';
export type { TriageLists } from './triage-lists.js';

/** The category when nothing fits. */
export const OTHER = 'OTHER';
const MOST_FIRED = 30;
/** A word softened below this no longer speaks for a category's urgency. */
const STILL_COUNTS = 0.5;

export interface FiredWord {
  /** As the list has it; of a combination, its parts joined by `…`. */
  word: string;
  /** The list of the danger score it counted for, or the code of the category it voted for. */
  list: string;
  /** Signed, as it counted. */
  weight: number;
  /** Why it counted less or not (`negated`, `past`, `slogan` …), null when it counted in full. */
  softened: string | null;
}

export interface TriageProposal {
  urgency: Urgency;
  /** A code of the lists; `OTHER` when nothing fits. */
  category: string;
  /** The danger score; what it means is told by the marks of the lists. */
  score: number;
  /** At most 30, the heaviest first. */
  fired: FiredWord[];
}

interface Judged extends Softening {
  find: Find;
}

/** What was found, by group, with how far each counts. */
type Evidence = ReadonlyMap<string, readonly Judged[]>;

/** Proposes for one message; quotation and signature do not count. Pure, and bounded on any input. */
export function proposeTriage(
  rules: TriageRules,
  message: { subject: string; text: string },
): TriageProposal {
  const finds = findEntries(rules, wordsOf(message));
  const evidence = weigh(rules, finds);
  const danger = scoreDanger(rules, evidence);
  const vote = chooseCategory(rules, evidence);
  const urgency = decideUrgency(rules, evidence, { score: danger.score, category: vote.category });
  const fired = [...danger.fired, ...vote.fired]
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, MOST_FIRED);
  return { urgency, category: vote.category, score: danger.score, fired };
}

function weigh(rules: TriageRules, finds: Finds): Evidence {
  const evidence = new Map<string, Judged[]>();
  for (const [group, found] of finds.byGroup) {
    evidence.set(
      group,
      found.map((find) => ({ find, ...softeningOf(rules, finds, find) })),
    );
  }
  return evidence;
}

/** The find of a group that counts most. */
function strongest(judged: readonly Judged[]): Judged | undefined {
  return judged.reduce<Judged | undefined>((best, one) => (best && best.factor >= one.factor ? best : one), undefined);
}

/** Danger as it stands, and of the circumstances what the everyday does not outweigh. */
function scoreDanger(rules: TriageRules, evidence: Evidence): { score: number; fired: FiredWord[] } {
  const heaviest = heaviestByList(rules, evidence);
  const sum = (kind: SignKind) =>
    heaviest.reduce((total, one) => (one.kind === kind ? total + one.fired.weight : total), 0);
  const circumstances = Math.max(0, sum('circumstance') + sum('everyday'));
  return { score: round(sum('danger') + circumstances), fired: heaviest.map(({ fired }) => fired) };
}

interface ListedSign {
  kind: SignKind;
  fired: FiredWord;
}

/** Each list counts once, by its heaviest word. */
function heaviestByList(rules: TriageRules, evidence: Evidence): ListedSign[] {
  const heaviest = new Map<string, ListedSign>();
  for (const { group, list, kind, weight } of rules.signs) {
    const best = strongest((evidence.get(group) ?? []).map((one) => softenAs(kind, one)));
    if (!best) continue;
    const fired = firedWord(best, list, kind === 'everyday' ? -weight : weight);
    const known = heaviest.get(list)?.fired;
    if (!known || Math.abs(fired.weight) > Math.abs(known.weight)) heaviest.set(list, { kind, fired });
  }
  return [...heaviest.values()];
}

/** Only what takes a word back entirely takes back a circumstance; the everyday stays what it is. */
function softenAs(kind: SignKind, judged: Judged): Judged {
  if (kind === 'danger' || (kind === 'circumstance' && judged.factor === 0)) return judged;
  return { ...judged, factor: 1, kind: null };
}

function firedWord({ find, factor, kind }: Judged, list: string, weight: number): FiredWord {
  return { word: find.text, list, weight: round(weight * factor), softened: kind };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** The category with most votes; the earlier one in the lists when two have as many. */
function chooseCategory(rules: TriageRules, evidence: Evidence): { category: string; fired: FiredWord[] } {
  let category = OTHER;
  let most = rules.lists.marks.category;
  const fired: FiredWord[] = [];
  for (const code of Object.keys(rules.lists.defaults)) {
    const votes = votesFor(rules.lists.votes[code] ?? {}, evidence).map((vote) => firedWord(vote.by, code, vote.weight));
    const sum = votes.reduce((total, { weight }) => total + weight, 0);
    fired.push(...votes);
    if (sum > most || (sum === most && category === OTHER && sum > 0)) {
      category = code;
      most = sum;
    }
  }
  return { category, fired: fired.filter(({ list }) => list === category) };
}

function votesFor(votes: Record<string, number>, evidence: Evidence): { by: Judged; weight: number }[] {
  return Object.entries(votes).flatMap(([group, weight]) => {
    const by = strongest(evidence.get(group) ?? []);
    return by ? [{ by, weight }] : [];
  });
}

function decideUrgency(
  rules: TriageRules,
  evidence: Evidence,
  { score, category }: { score: number; category: string },
): Urgency {
  const { marks, defaults, changes } = rules.lists;
  if (score >= marks.urgent) return 'urgent';
  const change = changes.find((one) => one.category === category && isCalledFor(one, evidence));
  const own = change?.to ?? defaults[category] ?? 'non-urgent';
  return own === 'non-urgent' && score >= marks.semiUrgent ? 'semi-urgent' : own;
}

function isCalledFor({ any, none }: UrgencyChange, evidence: Evidence): boolean {
  const present = (group: string) => evidence.get(group)?.some(({ factor }) => factor >= STILL_COUNTS) ?? false;
  return any.some(present) && !none.some(present);
}
