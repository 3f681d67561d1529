// Which machine a relay had a letter from, as its own Received header says (RFC 5321 4.4). Each mail program writes the
// address in its own place. What the client called itself stands beside it, and can look like an address, or like the
// whole of what a relay would write.
import { plainAddress } from './ip-address.js';
import { endOfComment } from './quoting.js';

export interface ReceivedFrom {
  address: string;
  /** What the client called itself; empty when the header does not say. */
  helo: string;
}

const MAX_VALUE = 2_048;
/** Postfix, sendmail, Exim: a name at most, then the address in brackets. */
const BRACKETED = /^\s*(?:[^\s[\]()]+\s+)?\[([^[\]\s]{2,64})\](?::\d{1,5})?(?=\s|$)/;
/** Exim, for a client without a name: the address stands outside, this beside it. */
const EXIM = /^(?:port=\d{1,5} )?helo=/i;
const HELO = /(?:^|\s)(?:helo=|HELO )(\S{1,255})/i;

/** The client in the unfolded value of a Received header; undefined when it does not say. */
export function readReceivedFrom(value: string): ReceivedFrom | undefined {
  const { words, comments } = readFromClause(value.slice(0, MAX_VALUE));
  const [from, name = ''] = words;
  if (from?.toLowerCase() !== 'from') return undefined;
  const told = comments.map(addressIn).find((address) => address !== undefined);
  const address = told ?? (comments.some((comment) => EXIM.test(comment)) ? plainAddress(name) : undefined);
  if (address === undefined) return undefined;
  const helo = comments.map((comment) => HELO.exec(comment)?.[1]).find((found) => found !== undefined);
  return { address, helo: helo ?? (plainAddress(name) ? '' : name) };
}

/** The words before `by`, and the comments that stand by themselves: one that hangs on a word is part of a name. */
function readFromClause(value: string): { words: string[]; comments: string[] } {
  const words: string[] = [];
  const comments: string[] = [];
  let at = 0;
  while (at < value.length) {
    const end = endOfItem(value, at);
    const item = value.slice(at, end);
    if (/^by$/i.test(item)) break;
    if (item.startsWith('(')) comments.push(item.slice(1, -1).trim());
    else if (item.trim() !== '') words.push(item);
    at = end;
  }
  return { words, comments };
}

/** A run of white space, a comment, or a word with all that hangs on it. */
function endOfItem(value: string, at: number): number {
  if (value.charAt(at) === '(') return endOfComment(value, at);
  const blank = /\s/.test(value.charAt(at));
  let end = at + 1;
  while (end < value.length && /\s/.test(value.charAt(end)) === blank) {
    if (blank || value.charAt(end) !== '(') end += 1;
    else end = endOfComment(value, end);
  }
  return end;
}

/** Microsoft and qmail write the address alone. */
function addressIn(comment: string): string | undefined {
  return plainAddress(BRACKETED.exec(comment)?.[1] ?? comment);
}
