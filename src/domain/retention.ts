// How long what residents wrote is kept after a matter is closed, by its category (DPDP Act 2023 s.8(7)).
import type { Ticket } from './ticket.js';
import { type Instant, shift } from './time.js';

export interface RetentionRules {
  /** Milliseconds from the closure; null: for ever. */
  keepMs: number | null;
  /** By category code, where it differs. */
  byCategory: ReadonlyMap<string, number | null>;
}

/** Milliseconds that the ticket is kept after its closure; null: for ever. */
function termOf(rules: RetentionRules, category: string | null): number | null {
  const own = category === null ? undefined : rules.byCategory.get(category);
  return own === undefined ? rules.keepMs : own;
}

/** Whether its time is over at `now`: closed long enough, under no legal hold, not erased yet. */
export function isOver(
  rules: RetentionRules,
  ticket: Pick<Ticket, 'state' | 'category' | 'closedAt' | 'legalHold' | 'erasedAt'>,
  now: Instant,
): boolean {
  if (ticket.state !== 'closed' || ticket.closedAt === null) return false;
  if (ticket.legalHold !== null || ticket.erasedAt !== null) return false;
  const term = termOf(rules, ticket.category);
  return term !== null && shift(ticket.closedAt, term) <= now;
}

/** The shortest time that anything is kept, in milliseconds; null when nothing is ever erased. */
export function shortestTerm(rules: RetentionRules): number | null {
  const terms = [rules.keepMs, ...rules.byCategory.values()].filter((term) => term !== null);
  return terms.length === 0 ? null : Math.min(...terms);
}
