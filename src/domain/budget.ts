// How many automatic letters may go to whom: ladders of windows, few for one resident and station, more for a domain, a
// bound for all. Budgets stop our letters, never a ticket: whoever bombs us under a forged name must not make us bomb
// its owner, and honest letters beside them must still be answered.
import { addressKey, splitAddress, splitTag } from './address.js';
import { hashText } from './near-text.js';
import { foldForSearch } from './search-words.js';
import { cleanSubject } from './subject.js';
import { type Instant, instantOf } from './time.js';

/** At most `limit` letters in each window of `minutes`, counted from the beginning of UTC days. */
export interface BudgetStep {
  minutes: number;
  limit: number;
}

export const BUDGET_NAMES = ['station', 'subject', 'address', 'domain', 'all'] as const;
export type BudgetName = (typeof BUDGET_NAMES)[number];

/** `station`: to one address from one station; `subject`: to one address about one subject. */
export type BudgetRules = Record<BudgetName, readonly BudgetStep[]>;

export const BUDGET_RULES: BudgetRules = {
  station: [
    { minutes: 10, limit: 3 },
    { minutes: 60, limit: 5 },
    { minutes: 1_440, limit: 10 },
  ],
  subject: [
    { minutes: 60, limit: 2 },
    { minutes: 1_440, limit: 4 },
  ],
  address: [
    { minutes: 60, limit: 10 },
    { minutes: 1_440, limit: 20 },
  ],
  domain: [
    { minutes: 10, limit: 1_000 },
    { minutes: 60, limit: 3_000 },
    { minutes: 1_440, limit: 20_000 },
  ],
  all: [
    { minutes: 10, limit: 10_000 },
    { minutes: 60, limit: 30_000 },
    { minutes: 1_440, limit: 200_000 },
  ],
};

export type BudgetReason = `budget-${BudgetName}`;

/** Whether an acknowledgement was withheld because a budget was used up: an officer may still send it. */
export function isBudgetReason(reason: string | null): boolean {
  return BUDGET_NAMES.some((name) => reason === `budget-${name}`);
}

/** What is counted, and in which window. */
export interface BudgetCounter {
  key: string;
  /** When the window began, `2026-11-24T04:10`; sorts by time. */
  slot: string;
  limit: number;
  reason: BudgetReason;
  /** When the window ends and the counter begins anew. */
  until: Instant;
}

export interface BudgetedLetter {
  /** Where the automatic letter would go. */
  address: string;
  /** Every station it speaks for. */
  stations: readonly string[];
  /** Subject of the letter it answers. */
  subject: string;
}

/** The counters that one letter uses, the narrowest first; `keys` tell who is counted, never what they wrote. */
export function budgetCounters(rules: BudgetRules, letter: BudgetedLetter, now: Instant): BudgetCounter[] {
  const { address, domain } = mailboxOf(letter.address);
  const stations = [...new Set(letter.stations)].map((station) => `${station} ${address}`);
  const whos: Record<BudgetName, readonly string[]> = {
    station: stations,
    subject: [`${hashText(subjectKey(letter.subject))} ${address}`],
    address: [address],
    domain: [domain],
    all: [''],
  };
  return BUDGET_NAMES.flatMap((name) =>
    whos[name].flatMap((who) => rules[name].map((step) => counterFor({ name, who, step }, now))),
  );
}

/** What follows a `+` makes no other mailbox: desks have an address for each ticket, and a bomb could count through them. */
function mailboxOf(written: string): { address: string; domain: string } {
  const address = addressKey(written);
  const parts = splitAddress(address);
  if (!parts) return { address, domain: '' };
  return { address: `${splitTag(parts.local).base}@${parts.domain}`, domain: parts.domain };
}

/** The counters of all letters together: by them the circuit breaker is judged. */
export function circuitCounters(rules: BudgetRules, now: Instant): BudgetCounter[] {
  return rules.all.map((step) => counterFor({ name: 'all', who: '', step }, now));
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;

function counterFor(
  { name, who, step }: { name: BudgetName; who: string; step: BudgetStep },
  now: Instant,
): BudgetCounter {
  const minutes = Math.max(1, Math.min(DAY_MINUTES, Math.floor(step.minutes)));
  const midnight = Date.parse(`${now.slice(0, 10)}T00:00:00.000Z`);
  const passed = Math.floor((Date.parse(now) - midnight) / MINUTE_MS / minutes) * minutes;
  const end = Math.min(passed + minutes, DAY_MINUTES);
  return {
    key: `${name} ${minutes}m ${who}`.trim(),
    slot: instantOf(midnight + passed * MINUTE_MS).slice(0, 16),
    limit: step.limit,
    reason: `budget-${name}`,
    until: instantOf(midnight + end * MINUTE_MS),
  };
}

const ANSWER = /^(?:(?:re|fwd?|aw|wg|sv|antw|উত্তর|উত্তরঃ|उत्तर|जवाब)\s?[:：]\s*)+/iu;
const SUBJECT_LOOKED_AT = 300;

/** Equal for subjects that differ only in answers, references of ours, numbers, case and punctuation. */
function subjectKey(subject: string): string {
  const cleaned = cleanSubject(subject.slice(0, SUBJECT_LOOKED_AT)).trim().replace(ANSWER, '');
  return (foldForSearch(cleaned).match(/[\p{L}\p{M}]+/gu) ?? []).join(' ');
}

export type BudgetDecision =
  | { allowed: true }
  | {
      allowed: false;
      reason: BudgetReason;
      /** When the counter that is used up begins anew. */
      until: Instant;
      /** Of the counter that is used up. */
      limit: number;
      /** Key under which the IT cell is told once, when it is everybody's budget that is used up. */
      alarm: string | null;
    };

/**
 * Whether one more letter may go, `used` being how many went in each counter before it, in the same order. Only letters
 * that go are counted: what is stopped by a narrow budget must not use up a wide one.
 */
export function judgeBudget(counters: readonly BudgetCounter[], used: readonly number[]): BudgetDecision {
  const overdrawn = counters.find(({ limit }, index) => (used[index] ?? 0) >= limit);
  if (!overdrawn) return { allowed: true };
  const { reason, until, limit, key, slot } = overdrawn;
  const alarm = reason === 'budget-all' ? `budget ${key} ${slot}` : null;
  return { allowed: false, reason, until, limit, alarm };
}

/** How long counters must be kept: those of slots before this are of no use any more. */
export function oldestUsefulSlot(now: Instant): string {
  return now.slice(0, 10);
}
