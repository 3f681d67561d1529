// Tickets by their reference, with everything that hangs on them.
import { readWholeTicket } from '../desk/whole-ticket.js';
import { ThanadakError } from '../domain/errors.js';
import { parseReference } from '../domain/reference.js';
import type { Ticket } from '../domain/ticket.js';
import type { House } from './deps.js';
import type { Session } from './session.js';
import { type TicketView, viewTicket } from './views/ticket-view.js';

/** Errors: 'not-found'; 'invalid' for what is no reference. */
export async function findTicket(house: Pick<House, 'store'>, text: string): Promise<Ticket> {
  const reference = text.trim().toUpperCase();
  const ticket = await house.store.tickets.find(reference);
  if (ticket) return ticket;
  if (parseReference(reference)) throw new ThanadakError('not-found', `There is no ticket ${reference}.`);
  throw new ThanadakError('invalid', explainReference(reference));
}

const SHAPE = /^[A-Z0-9-]+-\d{2}-\d{6,12}-[A-Z0-9]$/;

function explainReference(reference: string): string {
  return SHAPE.test(reference)
    ? `${reference} is mistyped: its last character does not fit the rest. Compare it with the letter it comes from.`
    : `"${reference}" is not a reference. One looks like BEHALA-26-000123-K.`;
}

/** Everything about a ticket. Errors: those of findTicket and of opening the office. */
export async function readTicket(session: Session, house: House, reference: string): Promise<TicketView> {
  const ticket = await findTicket(house, reference);
  const { rules, people } = await house.office();
  const around = { store: house.store, rules, people: await people(), now: session.deps.clock.now() };
  return viewTicket(await readWholeTicket(around, ticket));
}
