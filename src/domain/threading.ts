// Which ticket a message belongs to. Only a signed reference of ours leads to one; a bare number never does.
import { addressKey } from './address.js';
import type { Message } from './message.js';
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

/** Only the resident of the ticket joins it, and only at the station where it lies. */
export function mayJoin(ticket: Ticket, sender: string, station: string): boolean {
  if (sender === '' || ticket.state === 'merged') return false;
  return ticket.station === station && addressKey(ticket.resident.address) === addressKey(sender);
}
