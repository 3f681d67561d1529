// Which ticket a message belongs to. Only a signed reference of ours leads to one; a bare number never does.
import { addressKey } from './address.js';
import type { Message } from './message.js';
import { parseReference } from './reference.js';
import { referenceFromMessageId, referenceFromReplyToken, type TokenSigner } from './thread-token.js';
import type { Ticket } from './ticket.js';

export interface ThreadingFacts {
  message: Pick<Message, 'inReplyTo' | 'references'>;
  /** Station code and `+token` of the recipient address. */
  recipient: { station: string; token: string | undefined };
  mailDomain: string;
}

/** References that the message proves to continue, the strongest proof first: reply address, In-Reply-To, References. */
export function provenReferences(signer: TokenSigner, facts: ThreadingFacts): string[] {
  const { message, recipient, mailDomain } = facts;
  const fromToken = recipient.token && referenceFromReplyToken(signer, recipient.station, recipient.token);
  const ids = [...message.inReplyTo, ...message.references.slice().reverse()];
  const fromIds = ids.map((id) => referenceFromMessageId(signer, id, mailDomain));
  const found = [fromToken, ...fromIds].filter((reference) => reference !== undefined && reference !== '');
  return [...new Set(found as string[])];
}

/** Who may add to a ticket, besides the resident. */
export interface Joiner {
  sender: string;
  /** Station that the message reached. */
  station: string;
  /** Address keys of those the ticket was passed on to. */
  correspondents: readonly string[];
}

/**
 * Only the resident joins a ticket, or whom it was passed on to; and only at the station where it lies or where its
 * reference began, because a transfer leaves the reference as the resident knows it. Undefined: nobody of these.
 */
export function mayJoin(ticket: Ticket, joiner: Joiner): 'resident' | 'correspondent' | undefined {
  const { sender, station, correspondents } = joiner;
  if (sender === '' || ticket.state === 'merged') return undefined;
  if (ticket.station !== station && parseReference(ticket.reference)?.station !== station) return undefined;
  const key = addressKey(sender);
  if (addressKey(ticket.resident.address) === key) return 'resident';
  return correspondents.includes(key) ? 'correspondent' : undefined;
}
