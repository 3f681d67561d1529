// Mailboxes out of address headers (RFC 5322 3.4): the address comes from the syntax alone, a name is only a name.
import { parseAddressHeader } from 'mailparser';
import type { Mailbox } from '../domain/message.js';
import { cleanLine, cleanName, hidesCharacters } from './clean.js';
import { decodeRaw, decodeWords } from './header-words.js';

const MAX_HEADER = 65_536;
const MAX_ADDRESS = 320;
// mailparser decodes encoded words inside an address; RFC 2047 5 forbids them there, so they are hidden from it.
const WORD_MARK = '=\ue000?';

// What nearly every letter has, `Name <a@b>` or `a@b`, needs no parser.
const SIMPLE_MAILBOX =
  /^ ?(?:(?:"([\w .'-]{0,80})"|([A-Za-z][\w -]{0,80}))? ?<([\w.+-]{1,64}@[\w.-]{1,250})>|([\w.+-]{1,64}@[\w.-]{1,250}))$/;

/**
 * The mailboxes of `values` (each an unfolded raw header value, bytes as latin1 characters), groups flattened, at
 * most `limit`. Entries without an address are left out.
 */
export function readMailboxes(values: readonly string[], limit: number): Mailbox[] {
  const mailboxes: Mailbox[] = [];
  for (const value of values) {
    for (const entry of parseEntries(value)) {
      if (mailboxes.length >= limit) return mailboxes;
      const mailbox = toMailbox(entry);
      if (mailbox) mailboxes.push(mailbox);
    }
  }
  return mailboxes;
}

function parseEntries(value: string): { address?: string | undefined; name: string }[] {
  const simple = SIMPLE_MAILBOX.exec(value);
  if (simple) return [{ name: simple[1] ?? simple[2] ?? '', address: simple[3] ?? simple[4] ?? '' }];
  const masked = decodeRaw(cutAtComma(value)).replaceAll('=?', WORD_MARK);
  return parseAddressHeader(masked, { flatten: true, decodePunycode: false }).value;
}

function cutAtComma(value: string): string {
  if (value.length <= MAX_HEADER) return value;
  const comma = value.lastIndexOf(',', MAX_HEADER);
  return value.slice(0, comma > 0 ? comma : MAX_HEADER);
}

function toMailbox(entry: { address?: string | undefined; name: string }): Mailbox | undefined {
  const address = cleanLine(entry.address ?? '');
  if (address === '' || address.length > MAX_ADDRESS || address.includes(WORD_MARK)) return undefined;
  const written = decodeWords(entry.name.replaceAll(WORD_MARK, '=?'));
  const mailbox = { address, name: cleanName(written) };
  return hidesCharacters(written) ? { ...mailbox, hidden: true } : mailbox;
}
