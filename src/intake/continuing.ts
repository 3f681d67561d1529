// Which ticket a message goes on with: proven by a signed reference of ours, or saying only what a ticket says already.
import { mayJoin, provenReferences } from '../domain/threading.js';
import type { Ticket } from '../domain/ticket.js';
import { shift } from '../domain/time.js';
import type { JoiningMessage } from '../ports/desk.js';
import type { UnitOfWork } from '../ports/store.js';
import type { Destination } from './destinations.js';
import type { Filing } from './filing.js';

/** The ticket a message goes on with, and on whose part. */
export interface Continued {
  ticket: Ticket;
  from: JoiningMessage['from'];
  /** It says only what the ticket says already. */
  repeated?: true;
}

/** Milliseconds in which the same words of the same resident are the same matter. */
const SAME_WORDS_MS = 24 * 3_600_000;

/** The ticket that this letter only says again; a storm of copies stays one ticket with a counter. */
async function findSaid(filing: Filing, { station }: Destination): Promise<Continued | undefined> {
  const { unit, textMark: mark, letter, rules } = filing;
  if (mark === null || !rules.acknowledgement.isBounded(letter.envelope)) return undefined;
  const ticket = await unit.tickets.findSaying(mark, {
    station,
    since: shift(letter.receivedAt, -SAME_WORDS_MS),
  });
  return ticket && { ticket, from: 'resident', repeated: true };
}

export interface Found {
  /** The ticket that the message goes on with. */
  known?: Continued | undefined;
  /** The ticket that it proves to know of, without being from somebody who may add to it. */
  claimed?: Ticket | undefined;
}

/** What the message proves to continue, or only says again; nothing for a new matter. */
export async function findContinued(filing: Filing, destination: Destination): Promise<Found> {
  const proven = await findProven(filing, destination);
  if (proven.known) return proven;
  return { ...proven, known: await findSaid(filing, destination) };
}

async function findProven(filing: Filing, recipient: Destination): Promise<Found> {
  const { message, signer, rules, unit, resident } = filing;
  const { mailDomain } = rules.directory;
  let claimed: Ticket | undefined;
  for (const reference of provenReferences(signer, { message, recipient, mailDomain })) {
    const ticket = await findLiving(unit, reference);
    if (!ticket) continue;
    const correspondents = (await unit.correspondents.ofTicket(ticket.id)).map(({ address }) => address);
    const from = mayJoin(ticket, { sender: resident.address, station: recipient.station, correspondents });
    // Whoever failed the check is not the resident, whatever the letter says.
    if (from && filing.sender.verdict !== 'failed') return { known: { ticket, from } };
    claimed ??= ticket;
  }
  return { claimed };
}

/** Longer chains of merged tickets do not arise by hand. */
const MERGES_FOLLOWED = 20;

/** The ticket, or the one into which it was merged. */
async function findLiving(unit: UnitOfWork, reference: string): Promise<Ticket | undefined> {
  let ticket = await unit.tickets.find(reference);
  for (let step = 0; step < MERGES_FOLLOWED && ticket?.mergedInto; step += 1) {
    ticket = await unit.tickets.find(ticket.mergedInto);
  }
  return ticket;
}
