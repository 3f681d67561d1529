// The signatures of a letter (DKIM, RFC 6376) and the seals of those who passed it on (ARC, RFC 8617): fetches the keys
// and has them verified.
import type { Author, ChainFinding, Finding } from '../domain/sender-evidence.js';
import { readAuthenticationResults } from './authentication-results.js';
import type { Answer } from './dns-records.js';
import type { Head } from './head.js';
import type { Deadline } from './letter-lookup.js';
import type { Lookup } from './lookup.js';
import { identityOf } from './organisation.js';
import { sawAuthor } from './relay-word.js';
import { type Chain, type ChosenSignature, chooseChain, chooseSignatures, unverified } from './signatures.js';
import type { Verifier } from './verifier.js';
import type { VerifyOutcome } from './verify-worker.js';

export interface SignedLetter {
  path: string;
  head: Head;
  author: Author;
  /** Milliseconds since the epoch. */
  receivedAt: number;
}

export interface SignatureCheck {
  dkim: Finding[];
  arc: ChainFinding | null;
}

interface Around {
  lookup: Lookup;
  verifier: Verifier;
  trustedSealers: readonly string[];
  deadline: Deadline;
}

/** Rejects when the letter cannot be read or broke its verifier. */
export async function checkSignatures(letter: SignedLetter, around: Around): Promise<SignatureCheck> {
  const chosen = chooseSignatures(letter.head);
  const chain = chooseChain(letter.head, around.trustedSealers);
  if (!letter.head.whole) return withoutVerifying(chosen, chain, 'the head of the letter is too long');
  const names = [...chosen.map(({ keyName }) => keyName), ...(chain?.keyNames ?? [])];
  const keys = await fetchKeys(names, around.lookup);
  if (keys.size === 0) return withoutVerifying(chosen, chain, 'the signature cannot be used');
  const outcome = await around.verifier.verify(
    {
      path: letter.path,
      bodyStart: letter.head.bodyStart,
      lines: letter.head.lines.map(({ raw }) => raw),
      signatures: chosen.filter(({ keyName }) => keyName !== null).map(({ line }) => line),
      chain: chain !== undefined && chain.keyNames.length > 0,
      keys,
      receivedAt: letter.receivedAt,
    },
    around.deadline,
  );
  return {
    dkim: matchReports(chosen, outcome),
    arc: chain ? judgeChain(chain, { outcome, keys, author: letter.author }) : null,
  };
}

function withoutVerifying(
  chosen: readonly ChosenSignature[],
  chain: Chain | undefined,
  why: string,
): SignatureCheck {
  return {
    dkim: chosen.map((signature) => unverified(signature, 'permerror', why)),
    arc: chain ? untrusted(chain) : null,
  };
}

async function fetchKeys(
  names: readonly (string | null)[],
  lookup: Lookup,
): Promise<ReadonlyMap<string, Answer>> {
  const wanted = [...new Set(names.filter((name) => name !== null))];
  const answers = await Promise.all(
    wanted.map(async (name) => [name, await lookup.ask(name, 'TXT')] as const),
  );
  return new Map(answers);
}

function matchReports(chosen: readonly ChosenSignature[], outcome: VerifyOutcome | undefined): Finding[] {
  const reports = [...(outcome?.signatures ?? [])];
  return chosen.map((signature) => {
    if (signature.keyName === null) return unverified(signature, 'permerror', 'the signature cannot be used');
    const report = reports.shift();
    if (!report) return unverified(signature, 'temperror', 'there was no time to verify it');
    const { domain, result, detail } = report;
    return { result, identity: identityOf(domain), detail };
  });
}

function judgeChain(
  chain: Chain,
  found: { outcome: VerifyOutcome | undefined; keys: ReadonlyMap<string, Answer>; author: Author },
): ChainFinding {
  if (chain.keyNames.length === 0) return untrusted(chain);
  const identity = identityOf(chain.sealer);
  const trouble = chain.keyNames.some((name) => found.keys.get(name)?.kind === 'trouble');
  const verified = found.outcome?.chain;
  if (!verified || (trouble && verified.result !== 'pass')) {
    return { result: 'temperror', identity, detail: 'its keys could not be read in time', vouches: false };
  }
  const results = readAuthenticationResults(chain.firstResults);
  const saw = results !== undefined && sawAuthor(results, found.author);
  return { ...verified, identity, vouches: verified.result === 'pass' && saw };
}

function untrusted(chain: Chain): ChainFinding {
  const detail = 'not looked at: not all who passed it on are trusted';
  return { result: 'none', identity: identityOf(chain.sealer), detail, vouches: false };
}

/** Of a letter whose signatures could not be verified. */
export function withoutTime(head: Head): SignatureCheck {
  return { dkim: matchReports(chooseSignatures(head), undefined), arc: null };
}
