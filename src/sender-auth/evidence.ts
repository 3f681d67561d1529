// Gathers what can be known about the sender of one letter, side by side, within its time.
import type { SpooledLetter } from '../domain/letter.js';
import type { Message } from '../domain/message.js';
import type { Author, Finding, Policy, SenderEvidence } from '../domain/sender-evidence.js';
import type { Log } from '../ports/surroundings.js';
import type { AuthenticationResults } from './authentication-results.js';
import { readAuthor } from './authors.js';
import type { Head } from './head.js';
import { type Deadline, limitLookup } from './letter-lookup.js';
import type { Lookup } from './lookup.js';
import type { SenderAuthSettings } from './options.js';
import { findOrigin } from './origin.js';
import { findPolicy } from './policy.js';
import { toldPolicy, toldSignatures, toldSpf } from './relay-word.js';
import { checkSignatures, type SignatureCheck, withoutTime } from './signature-check.js';
import { checkSpf } from './spf.js';
import type { Verifier } from './verifier.js';

export interface CheckedLetter {
  spooled: SpooledLetter;
  path: string;
  message: Message;
  head: Head;
}

export interface Surroundings {
  settings: SenderAuthSettings;
  hostname: string;
  lookup: Lookup;
  verifier: Verifier;
  deadline: Deadline;
  log: Log;
}

// RFC 7208 4.6.4 allows ten mechanisms; each may name ten servers, and each server has two kinds of address.
const SPF_QUESTIONS = 60;
const KEY_QUESTIONS = 40;
const POLICY_QUESTIONS = 2;

/** What we find out ourselves. Never rejects. */
export async function gatherEvidence(letter: CheckedLetter, around: Surroundings): Promise<SenderEvidence> {
  const author = readAuthor(letter.head, letter.message.from);
  const [spf, signatures, policy] = await Promise.all([
    findSpf(letter, around),
    findSignatures(letter, author, around),
    policyOf(author, around),
  ]);
  return { author, policy, ...spf, ...signatures };
}

/** What the relay tells. */
export function believeRelay(letter: CheckedLetter, results: AuthenticationResults): SenderEvidence {
  const author = readAuthor(letter.head, letter.message.from);
  return {
    author,
    spf: toldSpf(results),
    spfMissing: 'The relay says nothing about the machine that sent it',
    dkim: toldSignatures(results),
    policy: toldPolicy(results, author),
    arc: null,
  };
}

async function findSpf(
  { spooled, head }: CheckedLetter,
  around: Surroundings,
): Promise<{ spf: Finding | null; spfMissing: string }> {
  const origin = findOrigin(spooled.envelope, around.settings, head);
  if (origin.kind === 'unknown') return { spf: null, spfMissing: origin.why };
  if (origin.kind === 'told') return { spf: toldSpf(origin.results), spfMissing: '' };
  const { address, helo } = origin;
  const question = { sender: spooled.envelope.from, address, helo, hostname: around.hostname };
  return { spf: await checkSpf(question, limited(around, SPF_QUESTIONS)), spfMissing: '' };
}

async function findSignatures(
  { spooled, path, head }: CheckedLetter,
  author: Author,
  around: Surroundings,
): Promise<SignatureCheck> {
  try {
    return await checkSignatures(
      { path, head, author, receivedAt: Date.parse(spooled.receivedAt) },
      {
        lookup: limited(around, KEY_QUESTIONS),
        verifier: around.verifier,
        trustedSealers: around.settings.trustedSealers,
        deadline: around.deadline,
      },
    );
  } catch (error) {
    around.log.warn({ letterId: spooled.id, error }, 'the signatures of a letter could not be verified');
    return withoutTime(head);
  }
}

async function policyOf(author: Author, around: Surroundings): Promise<Policy> {
  if (author.kind !== 'one') return { kind: 'none' };
  return findPolicy(author.identity, limited(around, POLICY_QUESTIONS));
}

function limited({ lookup, deadline }: Surroundings, most: number): Lookup {
  return limitLookup(lookup, { most, deadline });
}
