// Is the sender who the letter says? One verdict out of all that was found, and why, in a sentence for officers. It
// gates the acknowledgement and joining; no complaint is refused for it.
import type { SenderCheck } from './sender-check.js';
import { alignmentOf, dmarcResult, openQuestion } from './sender-dmarc.js';
import { type Finding, type Identity, isAligned, resultOf, type SenderEvidence } from './sender-evidence.js';
import type { Verdict } from './ticket.js';

interface Judgement {
  verdict: Verdict;
  why: string;
}

/**
 * The verdict, in this order:
 * - `aligned`: SPF or DKIM passed for the author's domain under its DMARC record; or, when it publishes none, DKIM
 *   passed for its organisation (a signature proves the domain whatever it publishes).
 * - `partial`: something passed, but not for the author. Also SPF for the author's organisation that publishes no DMARC
 *   record: whoever rents a place on the same mail server passes too, and nobody said that this is meant to be proof.
 *   Also a chain of trusted relays or lists that saw the author pass.
 * - `failed`: the author's domain publishes a DMARC record and nothing passed for it, whatever the policy asks for; or
 *   without a record, SPF says that this machine may not send and no signature holds.
 * - `unknown`: everything else: nothing published, DNS trouble, a machine nobody can name. What could yet have been
 *   aligned is never `failed`.
 */
export function judgeSender(evidence: SenderEvidence): SenderCheck {
  const { author } = evidence;
  const judgement =
    author.kind === 'one' ? judgeAuthor(evidence, author.identity) : judgeWithoutAuthor(evidence);
  return {
    ...judgement,
    spf: evidence.spf && resultOf(evidence.spf),
    dkim: evidence.dkim.map(resultOf),
    dmarc: dmarcResult(evidence),
    arc: evidence.arc && resultOf(evidence.arc),
  };
}

function judgeAuthor(evidence: SenderEvidence, author: Identity): Judgement {
  const aligned = findAligned(evidence, author);
  if (aligned) return aligned;
  if (evidence.arc?.vouches) {
    const sealer = evidence.arc.identity?.domain ?? 'A relay';
    return partial(`${sealer}, which passed it on, saw that it came from ${author.domain}.`);
  }
  const { policy } = evidence;
  const told = policy.kind === 'told' && policy.result === 'fail';
  if (!told && policy.kind !== 'record') return judgeUnpublished(evidence, author);
  const question = told ? undefined : openQuestion(evidence);
  if (question !== undefined) return unknown(`${question}, so nothing shows that ${author.domain} sent it.`);
  return failed(
    `${author.domain} publishes how its letters can be recognised, and this one cannot: it may be forged.`,
  );
}

function findAligned(evidence: SenderEvidence, author: Identity): Judgement | undefined {
  const { policy } = evidence;
  if (policy.kind === 'told' && policy.result === 'pass') {
    return { verdict: 'aligned', why: `The relay found that ${author.domain} stands behind it.` };
  }
  const strictly = policy.kind === 'trouble';
  const { spf, dkim } = alignmentOf(evidence, policy.kind === 'record' ? policy.record : null);
  if (dkim && (!strictly || signedByVery(evidence, author))) {
    return { verdict: 'aligned', why: `It carries a valid signature of ${author.domain}.` };
  }
  if (spf && policy.kind === 'record') {
    return { verdict: 'aligned', why: `${author.domain} allows the machine that sent it.` };
  }
  return undefined;
}

/** A signature that counts whatever the record asks for, should there be one. */
function signedByVery({ dkim }: SenderEvidence, author: Identity): boolean {
  return dkim.some(({ result, identity }) => result === 'pass' && isAligned(identity, author, true));
}

/** Nothing is published, or it could not be read. */
function judgeUnpublished(evidence: SenderEvidence, author: Identity): Judgement {
  const { spf } = evidence;
  if (spf?.result === 'pass' && isAligned(spf.identity, author, false)) {
    return partial(
      `${spf.identity?.domain} allows the machine that sent it, but nobody knows whether that proves the author.`,
    );
  }
  const helper = firstPass(evidence);
  if (helper) return partial(`${helper} stands behind it, but it says that it is from ${author.domain}.`);
  return judgeRest(evidence, author.domain);
}

function judgeWithoutAuthor(evidence: SenderEvidence): Judgement {
  if (evidence.author.kind === 'several') {
    return unknown('It names more than one author, or one that can be read in two ways.');
  }
  const helper = firstPass(evidence);
  if (helper) return partial(`${helper} stands behind it, but it names no author with a usable address.`);
  return judgeRest(evidence, 'the author');
}

/** Nothing passed and nothing is published: only a plain no of SPF is a failure. */
function judgeRest(evidence: SenderEvidence, whose: string): Judgement {
  const question = openQuestion(evidence);
  if (question !== undefined) return unknown(`${question}, so nothing shows that ${whose} sent it.`);
  const { spf, dkim } = evidence;
  if (spf?.result === 'fail' && !dkim.some(({ result }) => result === 'temperror')) {
    return failed(
      `${spf.identity?.domain ?? 'Its domain'} says that the machine that sent it may not do so.`,
    );
  }
  return unknown(`Nothing shows that ${whose} sent it, and nothing speaks against it.`);
}

function firstPass({ spf, dkim }: SenderEvidence): string | undefined {
  const passed = ({ result, identity }: Finding) => result === 'pass' && identity !== null;
  return [...dkim, ...(spf ? [spf] : [])].find(passed)?.identity?.domain;
}

function partial(why: string): Judgement {
  return { verdict: 'partial', why };
}

function failed(why: string): Judgement {
  return { verdict: 'failed', why };
}

function unknown(why: string): Judgement {
  return { verdict: 'unknown', why };
}
