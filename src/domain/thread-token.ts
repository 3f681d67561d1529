// Signed references: in the Message-IDs we send, in our reply addresses, in the last line of our letters and in their
// return paths. A right one proves that its bearer has seen that letter of ours; a number alone proves nothing.
import { splitAddress } from './address.js';
import { formatReference, parseReference, type ReferenceParts } from './reference.js';

/** The part of ports Signer that threading needs. */
export interface TokenSigner {
  sign(purpose: string, text: string): string;
  verify(purpose: string, text: string, code: string): boolean;
}

const REPLY = 'reply-address';
const MESSAGE_ID = 'message-id';
const MARKER = 'quoted-marker';
const RETURN_PATH = 'return-path';

/** The local part of our return paths begins with this and `+`. Other robots know it for what it is and stay silent. */
export const RETURN_PATH_BASE = 'bounce';

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

/** A letter of ours, by a Message-ID that we signed. */
export interface SignedLetter {
  /** As ids are written, upper case. */
  outboxId: string;
  reference: string;
}

/** The letter that one of our own Message-IDs names; undefined when it is not ours or was tampered with. */
export function letterFromMessageId(
  signer: TokenSigner,
  messageId: string,
  mailDomain: string,
): SignedLetter | undefined {
  const parts = splitAddress(messageId.replace(/^<|>$/g, '').toLowerCase());
  if (!parts || parts.domain !== mailDomain.toLowerCase()) return undefined;
  const [unique, station, token, ...rest] = parts.local.split('.');
  if (!unique || !station || !token || rest.length > 0) return undefined;
  const reference = referenceOfToken(signer, { station, token }, { purpose: MESSAGE_ID, extra: unique });
  return reference === undefined ? undefined : { outboxId: unique.toUpperCase(), reference };
}

/** The ticket that one of our own Message-IDs names; undefined when it is not ours or was tampered with. */
export function referenceFromMessageId(
  signer: TokenSigner,
  messageId: string,
  mailDomain: string,
): string | undefined {
  return letterFromMessageId(signer, messageId, mailDomain)?.reference;
}

/**
 * The last line of a letter about `reference`, which mail programs quote: `[BEHALA-26-000123-K/<code>]`. At most 67
 * characters without a space, so that no program breaks it.
 */
export function quotedMarker(signer: TokenSigner, reference: string): string {
  const { station, year, number } = partsOf(reference);
  const written = formatReference(station, Number(year), number);
  return `[${written}/${signer.sign(MARKER, written)}]`;
}

/** The ticket that `<reference>/<code>` names, when the code is ours; undefined otherwise. */
export function referenceFromMarker(signer: TokenSigner, marker: string): string | undefined {
  const [written = '', code = '', ...rest] = marker.split('/');
  const parts = rest.length === 0 ? parseReference(written) : undefined;
  if (!parts) return undefined;
  const reference = formatReference(parts.station, Number(parts.year), parts.number);
  return signer.verify(MARKER, reference, code.toLowerCase()) ? reference : undefined;
}

const OUTBOX_ID = /^[0-9a-z]{26}$/;
const RETURN_LOCAL = new RegExp(`^${RETURN_PATH_BASE}\\+([0-9a-z]{26})\\.([a-z2-7]{26})$`);

/**
 * The envelope sender of the letter `outboxId` (26 characters), to which only reports about it come:
 * `bounce+<outbox id>.<code>@mail.example`, 60 octets before the `@`, lower case.
 */
export function returnPath(signer: TokenSigner, outboxId: string, mailDomain: string): string {
  const id = outboxId.toLowerCase();
  if (!OUTBOX_ID.test(id)) throw new TypeError(`${outboxId} is not the id of a letter in the outbox`);
  return `${RETURN_PATH_BASE}+${id}.${signer.sign(RETURN_PATH, id)}@${mailDomain}`;
}

/** The outbox id (upper case) in the local part of a return path of ours, in any case; undefined when it is not ours. */
export function outboxFromReturnPath(signer: TokenSigner, local: string): string | undefined {
  const [, id = '', code = ''] = RETURN_LOCAL.exec(local.toLowerCase()) ?? [];
  return id !== '' && signer.verify(RETURN_PATH, id, code) ? id.toUpperCase() : undefined;
}
