// Signed references: in the Message-IDs we send and in our reply addresses. A right one proves that its bearer has
// seen a letter of ours about that ticket; a number alone proves nothing.
import { splitAddress } from './address.js';
import { formatReference, parseReference, type ReferenceParts } from './reference.js';

/** The part of ports Signer that threading needs. */
export interface TokenSigner {
  sign(purpose: string, text: string): string;
  verify(purpose: string, text: string, code: string): boolean;
}

const REPLY = 'reply-address';
const MESSAGE_ID = 'message-id';

interface TokenUse {
  purpose: string;
  /** Further text the code vouches for. */
  extra: string;
}

/** `26-123-<code>`: year, number, code. With the station's code beside it, it names one ticket. */
function tokenFor(signer: TokenSigner, reference: ReferenceParts, use: TokenUse): string {
  const short = `${reference.year}-${reference.number}`;
  return `${short}-${signer.sign(use.purpose, `${reference.station} ${short} ${use.extra}`)}`;
}

function partsOf(reference: string): ReferenceParts {
  const parts = parseReference(reference);
  if (!parts) throw new TypeError(`${reference} is not a reference`);
  return parts;
}

const TOKEN = /^(\d{2})-(\d{1,12})-([a-z2-7]{26})$/;

function referenceOfToken(
  signer: TokenSigner,
  named: { station: string; token: string },
  use: TokenUse,
): string | undefined {
  const match = TOKEN.exec(named.token.toLowerCase());
  if (!match) return undefined;
  const [, year = '', number = '', code = ''] = match;
  const short = `${year}-${Number(number)}`;
  if (!signer.verify(use.purpose, `${named.station} ${short} ${use.extra}`, code)) return undefined;
  return formatReference(named.station, Number(year), Number(number));
}

/** The address to which a reply about `reference` goes: `behala+26-123-<code>@mail.example`, at most 64 octets local. */
export function replyAddress(signer: TokenSigner, reference: string, mailDomain: string): string {
  const parts = partsOf(reference);
  return `${parts.station}+${tokenFor(signer, parts, { purpose: REPLY, extra: '' })}@${mailDomain}`;
}

/** The ticket that a reply address's token names, when the token is ours; undefined otherwise. */
export function referenceFromReplyToken(
  signer: TokenSigner,
  station: string,
  token: string,
): string | undefined {
  return referenceOfToken(signer, { station, token }, { purpose: REPLY, extra: '' });
}

/** A Message-ID for a letter of ours about `reference`; `unique` is the outbox id. */
export function signedMessageId(
  signer: TokenSigner,
  letter: { reference: string; unique: string; mailDomain: string },
): string {
  const parts = partsOf(letter.reference);
  const unique = letter.unique.toLowerCase();
  const token = tokenFor(signer, parts, { purpose: MESSAGE_ID, extra: unique });
  return `<${unique}.${parts.station}.${token}@${letter.mailDomain}>`;
}

/** The ticket that one of our own Message-IDs names; undefined when it is not ours or was tampered with. */
export function referenceFromMessageId(
  signer: TokenSigner,
  messageId: string,
  mailDomain: string,
): string | undefined {
  const parts = splitAddress(messageId.replace(/^<|>$/g, '').toLowerCase());
  if (!parts || parts.domain !== mailDomain.toLowerCase()) return undefined;
  const [unique, station, token, ...rest] = parts.local.split('.');
  if (!unique || !station || !token || rest.length > 0) return undefined;
  return referenceOfToken(signer, { station, token }, { purpose: MESSAGE_ID, extra: unique });
}
