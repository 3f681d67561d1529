// Proposes urgency and category of a letter from the resident's own words. The lists are data; the rules are here.
import type { Urgency } from './ticket.js';
import type { TriageRules } from './triage-compile.js';
import type { UrgencyChange } from './triage-lists.js';
import { type Finds, findEntries } from './triage-match.js';
import { type Evidence, type FiredWord, type Judged, round, scoreDanger } from './triage-score.js';
import { activeSofteners, softeningOf } from './triage-soften.js';
import { wordsOf } from './triage-tokens.js';

export { compileTriage, type TriageRules } from './triage-compile.js';
export type { TriageLists } from './triage-lists.js';
export type { FiredWord } from './triage-score.js';

/** The category when nothing fits. */
export const OTHER = 'OTHER';
const MOST_FIRED = 30;
/** A word softened below this no longer changes the urgency of a category. */
const STILL_COUNTS = 0.5;

export interface TriageProposal {
  urgency: Urgency;
  /** A code of the lists; `OTHER` when nothing fits. */
  category: string;
  /** The danger score; what it means is told by the marks of the lists. */
  score: number;
  /** At most 30, the heaviest first. */
  fired: FiredWord[];
}

/** Proposes for one message; quotation and signature do not count. Pure, and bounded on any input. */
export function proposeTriage(
  rules: TriageRules,
  message: { subject: string; text: string },
): TriageProposal {
  const finds = findEntries(rules, wordsOf(message));
  const evidence = judge(rules, finds);
  const danger = scoreDanger(rules, evidence, finds);
  const vote = chooseCategory(rules, evidence);
  const urgency = decideUrgency(rules, evidence, { score: danger.score, category: vote.category });
  const fired = [...danger.fired, ...vote.fired]
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, MOST_FIRED);
  return { urgency, category: vote.category, score: danger.score, fired };
}

function judge(rules: TriageRules, finds: Finds): Evidence {
  const evidence = new Map<string, Judged[]>();
  const softeners = activeSofteners(rules, finds);
  for (const [group, found] of finds.byGroup) {
    if (!rules.judged.has(group)) continue;
    const judged = found.map((find) => {
      const { factor, kind } = softeningOf(softeners, find);
      return { factor, kind, find };
    });
    evidence.set(group, judged);
  }
  return evidence;
}

/** The category with most votes; the earlier one in the lists when two have as many. */
function chooseCategory(rules: TriageRules, evidence: Evidence): { category: string; fired: FiredWord[] } {
  let chosen = { category: OTHER, fired: [] as FiredWord[], sum: 0 };
  for (const { category, votes } of rules.voting) {
    const urgent = rules.lists.defaults[category] === 'urgent';
    const fired = castVotes({ category, urgent, votes }, evidence);
    const sum = fired.reduce((total, { weight }) => total + weight, 0);
    if (sum >= rules.lists.marks.category && sum > chosen.sum) chosen = { category, fired, sum };
  }
  return chosen;
}

interface Ballot {
  category: string;
  urgent: boolean;
  votes: readonly { group: string; weight: number }[];
}

/**
 * A group votes once, with its find that counts most. What is past may well be a theft or a fraud, but it is no danger:
 * for categories that are urgent by themselves a softened word votes as softly as it counts.
 */
function castVotes({ category, urgent, votes }: Ballot, evidence: Evidence): FiredWord[] {
  const fired: FiredWord[] = [];
  for (const { group, weight } of votes) {
    let best: Judged | undefined;
    for (const one of evidence.get(group) ?? []) if (!best || one.factor > best.factor) best = one;
    if (!best || best.factor === 0) continue;
    const cast = urgent ? weight * best.factor : weight;
    const softened = cast < weight ? best.kind : null;
    fired.push({ word: best.find.text, list: category, weight: round(cast), softened });
  }
  return fired;
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
  const present = (group: string) =>
    evidence.get(group)?.some(({ factor }) => factor >= STILL_COUNTS) ?? false;
  return any.some(present) && !none.some(present);
}
