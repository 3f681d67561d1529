// Who may see a ticket and do what to it: rank times station, and the explicit right to restricted matters.
import type { Deed } from './deeds.js';
import type { Escalation } from './escalation.js';
import { isAtLeast, type Officer, type Rank, serves } from './people.js';
import type { Station } from './station.js';
import type { Restriction, Ticket } from './ticket.js';

/** Who does something. `officer` is null for the operator of the installation, who acts with the rank `admin`. */
export interface Actor {
  id: string;
  rank: Rank;
  officer: Officer | null;
}

/** Whoever runs the command line on the machine itself. */
export const OPERATOR: Actor = { id: 'operator', rank: 'admin', officer: null };

export function actorOf(officer: Officer): Actor {
  return { id: officer.id, rank: officer.rank, officer };
}

/** The restrictions whose tickets this person may read. */
export function readableRestrictions(actor: Pick<Actor, 'rank' | 'officer'>): Restriction[] {
  const { rank, officer } = actor;
  if (rank === 'auditor' || isAtLeast(rank, 'dc')) return ['none', 'named', 'dc'];
  return isAtLeast(rank, 'oc') || officer?.readsRestricted ? ['none', 'named'] : ['none'];
}

export function maySee(actor: Actor, ticket: Pick<Ticket, 'restriction'>, station: Station): boolean {
  if (actor.officer && (actor.officer.disabled || !serves(actor.officer, station))) return false;
  return readableRestrictions(actor).includes(ticket.restriction);
}

/** Why the actor may not do `deed`, as a sentence; undefined when allowed. */
export function objectionTo(
  actor: Actor,
  deed: Deed,
  on: { ticket: Pick<Ticket, 'reference' | 'restriction'>; station: Station },
): string | undefined {
  const { ticket, station } = on;
  if (!maySee(actor, ticket, station)) return `${actor.id} may not act on ${ticket.reference}.`;
  if (actor.rank === 'auditor') return `${actor.id} is an auditor: auditors read and do not act.`;
  if ((deed === 'hold' || deed === 'unhold' || deed === 'erase') && !isAtLeast(actor.rank, 'dc')) {
    return 'Only the deputy commissioner or the IT cell holds or erases a ticket.';
  }
  if (deed === 'decide' && !isAtLeast(actor.rank, 'oc')) {
    return 'Only the officer in charge or a superior decides what becomes of unsigned information.';
  }
  return undefined;
}

/**
 * Whether the actor may say "I have it": whoever was told, or anybody of that rank or above who may read the ticket.
 * Nobody answers a reminder to the resident.
 */
export function mayAnswer(
  actor: Actor,
  on: {
    escalation: Pick<Escalation, 'rank' | 'told'>;
    ticket: Pick<Ticket, 'restriction'>;
    station: Station;
  },
): boolean {
  const { escalation, ticket, station } = on;
  if (escalation.rank === 'resident' || actor.officer?.disabled) return false;
  if (escalation.told.includes(actor.id)) return true;
  return isAtLeast(actor.rank, escalation.rank) && maySee(actor, ticket, station);
}

const STRICTNESS: Record<Restriction, number> = { none: 0, named: 1, dc: 2 };

export function isStricter(one: Restriction, other: Restriction): boolean {
  return STRICTNESS[one] > STRICTNESS[other];
}

/** The stricter of two. */
export function stricter(one: Restriction, other: Restriction): Restriction {
  return isStricter(one, other) ? one : other;
}
