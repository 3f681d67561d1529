// Whom the From header names (RFC 5322 3.4), read on its own and held against what the parser of letters read: where two
// readings differ, somebody may be trying to show one address and prove another.
import { splitAddress } from '../domain/address.js';
import type { Mailbox } from '../domain/message.js';
import { type Author, mailDomainOf } from '../domain/sender-evidence.js';
import { fieldValue, type Head, linesOf } from './head.js';
import { identify } from './organisation.js';
import { endOfComment, endOfQuoted } from './quoting.js';

const MAX_VALUE = 16_384;

/** The author of a letter with this head, whose message names `from`. */
export function readAuthor(head: Head, from: Mailbox | null): Author {
  const values = linesOf(head, 'from').map(fieldValue);
  const addresses = new Set(values.flatMap(readAddresses));
  if (values.some((value) => value.length > MAX_VALUE) || addresses.size > 1) return { kind: 'several' };
  const [address] = addresses;
  if (address !== undefined && address.split('@').length > 2) return { kind: 'several' };
  const domain = domainOf(address);
  if (domain === undefined || from === null) return { kind: 'none' };
  return domainOf(from.address) === domain
    ? { kind: 'one', identity: identify(domain) }
    : { kind: 'several' };
}

function domainOf(address: string | undefined): string | undefined {
  const domain = address === undefined ? undefined : splitAddress(address)?.domain;
  return domain === undefined ? undefined : mailDomainOf(domain);
}

/** The addresses in an unfolded From value (bytes as latin1 characters), lower case. */
export function readAddresses(value: string): string[] {
  const text = Buffer.from(value.slice(0, MAX_VALUE), 'latin1').toString('utf8');
  const found: string[] = [];
  for (const { outside, angles } of readEntries(text)) {
    const candidates = angles.length > 0 ? angles : splitWords(outside);
    for (const candidate of candidates) {
      const address = candidate
        .slice(candidate.startsWith('@') ? candidate.indexOf(':') + 1 : 0)
        .trim()
        .toLowerCase();
      if (address.includes('@')) found.push(address);
    }
  }
  return found;
}

/** `a @ b` is one address (RFC 5322 4.4), `a@b c@d` are two. */
function splitWords(outside: string): string[] {
  return outside.replace(/\s+/g, ' ').replace(/ ?@ ?/g, '@').split(' ');
}

interface Entry {
  /** What stands outside angle brackets, without comments; quoted text is left out. */
  outside: string;
  angles: string[];
}

/** What commas, semicolons and group names part; comments and quotes are passed over. */
function readEntries(text: string): Entry[] {
  const entries: Entry[] = [{ outside: '', angles: [] }];
  let at = 0;
  while (at < text.length) {
    const end = endOfToken(text, at);
    if (/[,;:]/.test(text.charAt(at))) entries.push({ outside: '', angles: [] });
    else addToken(entries.at(-1), text.slice(at, end), text.charAt(end));
    at = end;
  }
  return entries;
}

function addToken(entry: Entry | undefined, token: string, next: string): void {
  if (!entry) return;
  switch (token.charAt(0)) {
    case '<':
      entry.angles.push(token.slice(1).replace(/>$/, ''));
      break;
    case '"':
      // A quoted local part; anything else in quotes is a name, which may say what it likes.
      entry.outside += next === '@' ? 'quoted' : ' ';
      break;
    case '(':
      entry.outside += ' ';
      break;
    default:
      entry.outside += token;
  }
}

/** Where the token that begins at `at` ends. */
function endOfToken(text: string, at: number): number {
  switch (text.charAt(at)) {
    case '"':
      return endOfQuoted(text, at);
    case '(':
      return endOfComment(text, at);
    case '<': {
      const close = text.indexOf('>', at);
      return close < 0 ? text.length : close + 1;
    }
    default:
      return at + 1;
  }
}
