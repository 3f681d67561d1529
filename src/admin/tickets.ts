// Tickets by their reference, with everything that hangs on them.
import { ThanadakError } from '../domain/errors.js';
import { parseReference } from '../domain/reference.js';
import type { Ticket } from '../domain/ticket.js';
import { ownersOf } from '../domain/told.js';
import { stationOf } from '../ports/office.js';
import type { Store } from '../ports/store.js';
import { comingSteps } from './coming.js';
import type { House } from './deps.js';
import type { Session } from './session.js';
import type { TicketMessage } from './views/message-view.js';
import { type TicketRecords, type TicketView, viewTicket } from './views/ticket-view.js';

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
  return viewTicket(await readRecords(session, house, await findTicket(house, reference)));
}

/** Of a storm of letters alike; `matter list` shows more. */
const MOST_SUGGESTED = 50;

async function readRecords(session: Session, house: House, ticket: Ticket): Promise<TicketRecords> {
  const { store } = house;
  const { rules, people: everybody } = await house.office();
  const now = session.deps.clock.now();
  const people = await everybody();
  const station = stationOf(rules, ticket.station);
  const merged = await mergedInto(store, ticket);
  const clocks = await store.clocks.ofTicket(ticket.id);
  const waits = await store.waits.ofTicket(ticket.id);
  const escalations = await store.escalations.ofTicket(ticket.id);
  return {
    ticket,
    linked: await store.tickets.linkedTo(ticket.id),
    clocks,
    messages: await messagesOf(store, [ticket, ...merged]),
    journal: await store.journal.ofTicket(ticket.id),
    notes: await store.notes.ofTicket(ticket.id),
    information: await store.information.ofTicket(ticket.id),
    waits,
    escalations,
    includes: merged.map(({ reference }) => reference),
    owner: ownersOf(ticket, station, { people, now }),
    sameMatter: await store.matters.suggestedFor(ticket, MOST_SUGGESTED),
    parent: await store.matters.parentOf(ticket.id),
    children: await store.matters.childrenOf(ticket.id),
    coming: comingSteps({ ticket, station, people, sla: rules.sla, clocks, waits, escalations }),
  };
}

/** Tickets merged into this one, and those merged into them, in the order in which they were opened. */
async function mergedInto(store: Store, ticket: Ticket): Promise<Ticket[]> {
  const found = new Map<string, Ticket>();
  const look = [ticket.reference];
  for (let reference = look.shift(); reference !== undefined; reference = look.shift()) {
    for (const merged of await store.tickets.mergedInto(reference)) {
      if (merged.id === ticket.id || found.has(merged.id)) continue;
      found.set(merged.id, merged);
      look.push(merged.reference);
    }
  }
  return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** In the order in which they were received. */
async function messagesOf(store: Store, tickets: readonly Ticket[]): Promise<TicketMessage[]> {
  const messages: TicketMessage[] = [];
  for (const { id, reference } of tickets) {
    for (const message of await store.messages.ofTicket(id)) messages.push({ message, reference });
  }
  const key = ({ message }: TicketMessage) => `${message.receivedAt} ${message.id}`;
  return messages.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
