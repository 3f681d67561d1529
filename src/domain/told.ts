// Whom a step up the ranks reaches, and which step follows when nobody acknowledges.
import type { StepRule } from './escalation.js';
import { answering, type FilledPost, LADDER, type LadderRank, type People } from './people.js';
import type { Station } from './station.js';
import type { Ticket } from './ticket.js';
import type { Instant } from './time.js';

/** The lowest rank that may be told of a ticket: hidden from the station, or risen because it was not solved. */
export function lowestRank(ticket: Pick<Ticket, 'restriction' | 'level'>): LadderRank {
  return ticket.restriction === 'dc' ? higher('dc', ticket.level) : ticket.level;
}

export function higher(one: LadderRank, other: LadderRank): LadderRank {
  return LADDER.indexOf(one) >= LADDER.indexOf(other) ? one : other;
}

/** Who is told of a step meant for `rank`: those who hold the post now, or the next above it that is held. */
export function toldFor(
  rank: LadderRank,
  about: { ticket: Pick<Ticket, 'restriction' | 'level' | 'officer'>; station: Station; people: People },
  now: Instant,
): FilledPost {
  const { ticket, station, people } = about;
  const asked = higher(rank, lowestRank(ticket));
  return answering(people, { rank: asked, station, officer: ticket.officer }, now);
}

/** Who answers for the ticket now; somebody always does as long as the IT cell has an address. */
export function ownersOf(
  ticket: Pick<Ticket, 'restriction' | 'level' | 'officer'>,
  station: Station,
  around: { people: People; now: Instant },
): FilledPost {
  return toldFor('officer', { ticket, station, people: around.people }, around.now);
}

/**
 * The step after `step` that is told because nobody of `rank` acknowledged: the next without a mark that is meant for a
 * higher rank than was told already. Undefined at the top, or when the next one waits for its mark.
 */
export function stepAfter(
  ladder: readonly StepRule[],
  told: { step: number; rank: LadderRank },
): number | undefined {
  for (let index = told.step + 1; index < ladder.length; index += 1) {
    const rule = ladder[index];
    if (!rule || rule.at !== null || rule.rank === 'resident') return undefined;
    if (LADDER.indexOf(rule.rank) > LADDER.indexOf(told.rank)) return index;
  }
  return undefined;
}
