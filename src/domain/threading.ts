// Which ticket a message belongs to, and whether its sender may add to it. Signed references of ours lead to a ticket;
// a stored Message-ID or a bare number leads to one only when the sender is proven to be its resident.
import type { Message } from './message.js';
import { parseReference } from './reference.js';
import { referencesInSubject } from './subject.js';
import { referenceFromMessageId, referenceFromReplyToken, type TokenSigner } from './thread-token.js';
import { type MailboxHabit, sameMailbox } from './threading-address.js';
import { referencesInText } from './threading-text.js';
import type { Ticket, Verdict } from './ticket.js';

export interface ThreadingFacts {
  message: Pick<Message, 'inReplyTo' | 'references'>;
  /** Station code and `+token` of the recipient address. */
  recipient: { station: string; token: string | undefined };
  mailDomain: string;
}

function fromToken(signer: TokenSigner, { recipient }: ThreadingFacts): string | undefined {
  return recipient.token ? referenceFromReplyToken(signer, recipient.station, recipient.token) : undefined;
}

function fromIds(signer: TokenSigner, { message, mailDomain }: ThreadingFacts): (string | undefined)[] {
  return answeredIds(message).map((id) => referenceFromMessageId(signer, id, mailDomain));
}

const MOST_IDS = 60;

/** The ids a message goes under, the nearest first. */
function answeredIds(message: Pick<Message, 'inReplyTo' | 'references'>): string[] {
  const references = message.references.slice(-MOST_IDS).reverse();
  return [...new Set([...message.inReplyTo.slice(0, MOST_IDS), ...references])];
}

/** How a message names a ticket, the strongest first. The first three are signed by us. */
export const PROOFS = ['reply-address', 'message-id', 'quoted-marker', 'stored-id', 'subject'] as const;
export type Proof = (typeof PROOFS)[number];

/** A message says that it continues this ticket. */
export interface Claim {
  reference: string;
  proof: Proof;
}

export interface ClaimFacts extends ThreadingFacts {
  message: Pick<Message, 'inReplyTo' | 'references' | 'subject' | 'text'>;
  /** References of the tickets on which messages with one of `idsToLookUp` hang, in the order of those ids. */
  stored: readonly string[];
}

const MOST_LOOKED_UP = 20;

/** The Message-IDs to ask the store for, the nearest first, at most 20; those that we signed tell by themselves. */
export function idsToLookUp(signer: TokenSigner, { message, mailDomain }: ThreadingFacts): string[] {
  return answeredIds(message)
    .filter((id) => referenceFromMessageId(signer, id, mailDomain) === undefined)
    .slice(0, MOST_LOOKED_UP);
}

/** Every ticket the message says it continues, each once with its strongest proof, the strongest first. */
export function claimsOf(signer: TokenSigner, facts: ClaimFacts): Claim[] {
  const { message, mailDomain, stored } = facts;
  const found: Record<Proof, readonly (string | undefined)[]> = {
    'reply-address': [fromToken(signer, facts)],
    'message-id': fromIds(signer, facts),
    'quoted-marker': referencesInText(signer, message.text, mailDomain),
    'stored-id': stored,
    subject: referencesInSubject(message.subject),
  };
  const claims = new Map<string, Claim>();
  for (const proof of PROOFS) {
    for (const reference of found[proof]) {
      if (reference !== undefined && !claims.has(reference)) claims.set(reference, { reference, proof });
    }
  }
  return [...claims.values()];
}

/** Who wrote the message, and where it arrived. */
export interface ContinuingSender {
  /** Header From; empty when there is none. */
  address: string;
  verdict: Verdict;
  /** Station that the message reached. */
  station: string;
  /** For tests; `MAILBOX_HABITS` otherwise. */
  habits?: ReadonlyMap<string, MailboxHabit>;
}

/** A ticket the message says it continues, merged ones followed to the one that lives. */
export interface Continuable {
  ticket: Ticket;
  proof: Proof;
  /** Addresses of those the ticket was passed on to. */
  correspondents: readonly string[];
}

/**
 * Why a message does not join: somebody else wrote it; its sender is proven wrong; its sender is not proven where the
 * reference alone is no proof; it reached another station; the ticket lives no more.
 */
export type Doubt = 'stranger' | 'forged-sender' | 'unproven-sender' | 'other-station' | 'merged';

export type Continuation =
  | { kind: 'joins'; by: 'resident' | 'correspondent'; found: Continuable }
  | { kind: 'says-it-continues'; doubt: Doubt; found: Continuable }
  | { kind: 'new' };

/** The first ticket that the message joins; else the first it may only be linked to; else it is new. */
export function continuationOf(candidates: readonly Continuable[], sender: ContinuingSender): Continuation {
  let linked: Continuation = { kind: 'new' };
  for (const found of candidates) {
    const joins = judge(found, sender);
    if (joins === 'resident' || joins === 'correspondent') return { kind: 'joins', by: joins, found };
    if (linked.kind === 'new') linked = { kind: 'says-it-continues', doubt: joins, found };
  }
  return linked;
}

/**
 * | sender                          | aligned | partial, unknown | failed |
 * |---------------------------------|---------|------------------|--------|
 * | same address, signed            | joins   | joins            | no     |
 * | same address, stored or subject | joins   | no               | no     |
 * | normalised address, any proof   | joins   | no               | no     |
 * | correspondent, signed           | joins   | joins            | no     |
 * | anybody else                    | no      | no               | no     |
 *
 * `partial` counts as `unknown`: whoever has a domain of their own passes for it under any author's name.
 */
function judge(found: Continuable, sender: ContinuingSender): 'resident' | 'correspondent' | Doubt {
  const { ticket, proof, correspondents } = found;
  if (ticket.state === 'merged') return 'merged';
  const role = roleOf(ticket, { sender, correspondents });
  if (role === undefined) return 'stranger';
  if (!isAtHome(ticket, sender.station)) return 'other-station';
  if (sender.verdict === 'failed') return 'forged-sender';
  const isSigned = proof !== 'stored-id' && proof !== 'subject';
  if (role === 'correspondent') return isSigned ? 'correspondent' : 'unproven-sender';
  const isProven = sender.verdict === 'aligned' || (isSigned && role === 'same');
  return isProven ? 'resident' : 'unproven-sender';
}

function roleOf(
  ticket: Ticket,
  { sender, correspondents }: { sender: ContinuingSender; correspondents: readonly string[] },
): 'same' | 'normalised' | 'correspondent' | undefined {
  const sameness = sameMailbox(ticket.resident.address, sender.address, sender.habits);
  if (sameness !== 'different') return sameness;
  const isOne = correspondents.some((address) => sameMailbox(address, sender.address) === 'same');
  return isOne ? 'correspondent' : undefined;
}

/** A transfer leaves the reference as the resident knows it, so both stations count. */
function isAtHome(ticket: Pick<Ticket, 'station' | 'reference'>, station: string): boolean {
  return ticket.station === station || parseReference(ticket.reference)?.station === station;
}
