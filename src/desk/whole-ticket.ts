// Everything that hangs on a ticket, gathered for whoever looks at it: the same for the command line and the pages.
import { type ComingStep, comingSteps } from '../domain/coming-steps.js';
import type { Escalation } from '../domain/escalation.js';
import type { FilledPost, People } from '../domain/people.js';
import type { Information } from '../domain/register.js';
import type { JournalEntry, Note, Ticket, TicketClock, Wait } from '../domain/ticket.js';
import type { Instant } from '../domain/time.js';
import { ownersOf } from '../domain/told.js';
import type { SuggestedTicket } from '../ports/matters.js';
import { type OfficeRules, stationOf } from '../ports/office.js';
import type { MessageRecord } from '../ports/records.js';
import type { Store } from '../ports/store.js';

/** A message and the reference of the ticket on which it lies. */
export interface TicketMessage {
  message: MessageRecord;
  reference: string;
}

/** A ticket and what hangs on it. */
export interface WholeTicket {
  ticket: Ticket;
  linked: string[];
  /** Every round. */
  clocks: TicketClock[];
  /** Its own and those of tickets merged into it, in the order in which they were received. */
  messages: TicketMessage[];
  journal: JournalEntry[];
  notes: Note[];
  information: Information | undefined;
  waits: Wait[];
  escalations: Escalation[];
  /** References of the tickets merged into it. */
  includes: string[];
  owner: FilledPost;
  /** Who is told next if nothing happens, the earliest first. */
  coming: ComingStep[];
  sameMatter: SuggestedTicket[];
  parent: Ticket | undefined;
  children: Ticket[];
}

/** Of a storm of letters alike; lists show more. */
const MOST_SUGGESTED = 50;

export interface Around {
  store: Store;
  rules: OfficeRules;
  people: People;
  now: Instant;
}

/** Reads only. Errors: those of the store. */
export async function readWholeTicket(
  { store, rules, people, now }: Around,
  ticket: Ticket,
): Promise<WholeTicket> {
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
