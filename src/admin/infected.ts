// Letters as they came are handed out, which the journal shows; what a virus is in only to those who insist.
import { noteHandingOut } from '../desk/reading.js';
import { ThanadakError } from '../domain/errors.js';
import { type Actor, maySee, OPERATOR } from '../domain/rights.js';
import type { Ticket } from '../domain/ticket.js';
import { stationOf } from '../ports/office.js';
import type { MessageRecord } from '../ports/records.js';
import { findActor } from './actors.js';
import type { House } from './deps.js';
import type { FoundLetter } from './views/letter-view.js';

/** Who asks, and whether for infected things too. */
export interface Insisting {
  infectedToo?: true;
  by?: string;
}

/** A message that a letter became, with its ticket. */
export interface FiledMessage {
  ticket: Ticket;
  message: MessageRecord;
}

/** The messages that a letter, or the one it copies, became; none while it is not filed. */
export async function messagesOfLetter({ store }: House, found: FoundLetter): Promise<FiledMessage[]> {
  if (found.state !== 'filed') return [];
  const letterId = found.letter.duplicateOf ?? found.letter.id;
  const messages: FiledMessage[] = [];
  for (const reference of found.tickets) {
    const ticket = await store.tickets.find(reference);
    const all = ticket ? await store.messages.ofTicket(ticket.id) : [];
    const message = all.find((one) => one.letterId === letterId);
    if (ticket && message) messages.push({ ticket, message });
  }
  return messages;
}

/** Those of `messages` that whoever asks may see. Errors: 'not-allowed' when there are some and none may be seen. */
export async function visibleTo(
  house: House,
  by: string | undefined,
  messages: readonly FiledMessage[],
): Promise<FiledMessage[]> {
  if (by === undefined) return [...messages];
  const { office, actor } = await actingAs(house, by);
  const seen = messages.filter(({ ticket }) =>
    maySee(actor, ticket, stationOf(office.rules, ticket.station)),
  );
  if (seen.length === 0 && messages.length > 0)
    throw new ThanadakError('not-allowed', `${actor.id} may not see the ticket of this letter.`);
  return seen;
}

async function actingAs(house: House, by: string) {
  const office = await house.office();
  const actor: Actor = await findActor(office, by);
  return { office, actor };
}

/**
 * Lets `what` pass and journals it on every ticket it lies on; when a `virus` is in it only with the second confirmation.
 * Errors: 'not-allowed' with the virus's name.
 */
export async function letPass(
  house: House,
  asked: {
    what: string;
    letterId: string;
    virus: string | null;
    messages: readonly FiledMessage[];
    detail: object;
  },
  { infectedToo, by }: Insisting,
): Promise<void> {
  const { messages, ...out } = asked;
  const mend = 'Only where it can do no harm: add --infected-too, which the journal will show';
  const ticketIds = messages.map(({ ticket }) => ticket.id);
  const actor = by === undefined ? OPERATOR : (await actingAs(house, by)).actor;
  await noteHandingOut(house.store, actor, { ...out, infectedToo: infectedToo === true, mend, ticketIds });
}
