// Whether somebody may ask for a route.
import { isAtLeast } from '../../domain/people.js';
import { type Actor, maySee } from '../../domain/rights.js';
import type { Ticket } from '../../domain/ticket.js';
import { type OfficeRules, stationOf } from '../../ports/office.js';
import type { Store } from '../../ports/store.js';
import type { Rule } from './route.js';

/** By rank alone; `ticket` asks more of the ticket itself. */
export function admits(rule: Rule, { rank }: Pick<Actor, 'rank'>): boolean {
  if (rule === 'signed-in' || rule === 'ticket') return true;
  return 'atLeast' in rule ? isAtLeast(rank, rule.atLeast) : rule.ranks.includes(rank);
}

/** The ticket, if there is one of this reference and the actor may see it. */
export async function ticketFor(
  actor: Actor,
  reference: string,
  from: { store: Pick<Store, 'tickets'>; rules: OfficeRules },
): Promise<Ticket | undefined> {
  const ticket = await from.store.tickets.find(reference);
  return ticket && maySee(actor, ticket, stationOf(from.rules, ticket.station)) ? ticket : undefined;
}
