// Which ticket a message goes on with: one that it names and may add to, or one that says the same already.
import {
  type Claim,
  type Continuable,
  type Continuation,
  claimsOf,
  continuationOf,
  idsToLookUp,
} from '../domain/threading.js';
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

export type Claimed = Extract<Continuation, { kind: 'says-it-continues' }>;

export interface Found {
  /** The ticket that the message goes on with. */
  known?: Continued | undefined;
  /** The ticket that it names without being from somebody who may add to it. */
  claimed?: Claimed | undefined;
}

/** What the message continues, or only says again; nothing for a new matter. */
export async function findContinued(filing: Filing, destination: Destination): Promise<Found> {
  const { resident, sender } = filing;
  const continuation = continuationOf(await candidatesFor(filing, destination), {
    address: resident.address,
    verdict: sender.verdict,
    station: destination.station,
  });
  if (continuation.kind === 'joins') {
    return { known: { ticket: continuation.found.ticket, from: continuation.by } };
  }
  const claimed = continuation.kind === 'new' ? undefined : continuation;
  return { claimed, known: await findSaid(filing, destination) };
}

async function candidatesFor(filing: Filing, destination: Destination): Promise<Continuable[]> {
  const { unit } = filing;
  const candidates: Continuable[] = [];
  for (const { reference, proof } of await claimsFor(filing, destination)) {
    const ticket = await findLiving(unit, reference);
    if (!ticket) continue;
    const correspondents = await unit.correspondents.ofTicket(ticket.id);
    candidates.push({ ticket, proof, correspondents: correspondents.map(({ address }) => address) });
  }
  return candidates;
}

async function claimsFor(filing: Filing, recipient: Destination): Promise<Claim[]> {
  const { message, signer, rules, unit } = filing;
  const facts = { message, recipient, mailDomain: rules.directory.mailDomain };
  const stored = await unit.messages.referencesWith(idsToLookUp(signer, facts));
  const claims = claimsOf(signer, { ...facts, stored });
  const { continues } = recipient;
  if (continues === undefined) return claims;
  const others = claims.filter(({ reference }) => reference !== continues);
  return [{ reference: continues, proof: 'reply-address' }, ...others];
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
