// Signed references in the text of a letter: our marker line, our Message-IDs and our reply addresses survive in what mail
// programs quote, also where they rewrite the headers.
import { splitAddress, splitTag } from './address.js';
import {
  letterFromMessageId,
  referenceFromMarker,
  referenceFromReplyToken,
  type TokenSigner,
} from './thread-token.js';

const LOOKED_AT = 200_000;
/** Codes to try: enough for a long exchange quoted whole. */
const MOST_TRIED = 60;
const MOST_FOUND = 10;

/** Marker, Message-ID and reply address alike end in a code of 26 characters, and then in a bracket, `@` or space. */
const CANDIDATE =
  /(?<![a-z0-9/+.-])[a-z0-9][a-z0-9-]{0,60}(?:-[a-z0-9]\/[a-z2-7]{26}|\+\d{2}-\d{1,12}-[a-z2-7]{26}@[a-z0-9.-]{1,255}|\.[a-z0-9-]{1,40}\.\d{2}-\d{1,12}-[a-z2-7]{26}@[a-z0-9.-]{1,255})/gi;

/**
 * The tickets that signed references in `text` name, in their order: what is quoted first was written last. At most 10.
 * The text may have been wrapped between its words, not inside them.
 */
export function referencesInText(signer: TokenSigner, text: string, mailDomain: string): string[] {
  const found = new Set<string>();
  let tried = 0;
  for (const [candidate] of text.slice(0, LOOKED_AT).matchAll(CANDIDATE)) {
    tried += 1;
    if (tried > MOST_TRIED || found.size >= MOST_FOUND) break;
    const reference = referenceOf(signer, candidate, mailDomain);
    if (reference !== undefined) found.add(reference);
  }
  return [...found];
}

function referenceOf(signer: TokenSigner, candidate: string, mailDomain: string): string | undefined {
  if (candidate.includes('/')) return referenceFromMarker(signer, candidate);
  const { local, domain } = splitAddress(candidate.toLowerCase().replace(/[.-]+$/, '')) ?? {
    local: '',
    domain: '',
  };
  if (domain !== mailDomain.toLowerCase()) return undefined;
  const { base, tag } = splitTag(local);
  if (tag !== undefined) return referenceFromReplyToken(signer, base, tag);
  return letterFromMessageId(signer, `${local}@${domain}`, mailDomain)?.reference;
}
