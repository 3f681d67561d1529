// DMARC (RFC 7489): what a domain publishes, and whether a letter is aligned with it. Decided here, because the library
// that checks signatures takes strict alignment for relaxed.
import type { MethodResult } from './sender-check.js';
import {
  type Author,
  type DmarcRecord,
  type Finding,
  isAligned,
  type SenderEvidence,
} from './sender-evidence.js';

const POLICIES = new Set(['none', 'quarantine', 'reject']);
const MAX_TAGS = 50;

/**
 * The one DMARC record among the TXT records of `_dmarc.<at>`; undefined when there is none or more than one (RFC 7489
 * 6.6.3). `inherited`: the author's domain lies below `at`, so the policy for subdomains is the one shown.
 */
export function readDmarcRecord(
  texts: readonly string[],
  found: { at: string; inherited: boolean },
): DmarcRecord | undefined {
  const records = texts.map((text) => text.trim()).filter((text) => /^v\s*=\s*DMARC1\s*(;|$)/.test(text));
  const [text] = records;
  if (text === undefined || records.length > 1) return undefined;
  const tags = readTags(text);
  const policy = policyOf(tags, found.inherited);
  if (policy === undefined) return undefined;
  return {
    at: found.at,
    policy,
    strictDkim: tags.get('adkim') === 's',
    strictSpf: tags.get('aspf') === 's',
  };
}

/** RFC 7489 6.3: tags in any order, the first of a name counts, unknown ones are ignored. */
function readTags(text: string): Map<string, string> {
  const tags = new Map<string, string>();
  for (const part of text.split(';', MAX_TAGS)) {
    const equals = part.indexOf('=');
    const name = part.slice(0, Math.max(equals, 0)).trim().toLowerCase();
    if (name !== '' && !tags.has(name)) {
      tags.set(
        name,
        part
          .slice(equals + 1)
          .trim()
          .toLowerCase(),
      );
    }
  }
  return tags;
}

/** RFC 7489 6.6.3: without a policy it still is a record of `none` when it says where to report. */
function policyOf(tags: Map<string, string>, inherited: boolean): string | undefined {
  const own = tags.get('p');
  const asked = inherited ? (tags.get('sp') ?? own) : own;
  if (asked !== undefined && POLICIES.has(asked)) return asked;
  return tags.has('rua') ? 'none' : undefined;
}

export interface Alignment {
  spf: boolean;
  dkim: boolean;
}

/** Which methods passed for the author's domain under the record's rules; relaxed without a record. */
export function alignmentOf(evidence: SenderEvidence, record: DmarcRecord | null): Alignment {
  const { author, spf, dkim } = evidence;
  if (author.kind !== 'one') return { spf: false, dkim: false };
  const passes = (finding: Finding, strict: boolean) =>
    finding.result === 'pass' && isAligned(finding.identity, author.identity, strict);
  return {
    spf: spf !== null && passes(spf, record?.strictSpf ?? false),
    dkim: dkim.some((finding) => passes(finding, record?.strictDkim ?? false)),
  };
}

/**
 * Why a letter that is not aligned might yet be: a sentence about what could not be found out, or undefined when all
 * that counts is known. Trouble with domains other than the author's, or of trusted hands that passed it on, changes
 * nothing, or anybody could make it.
 */
export function openQuestion(evidence: SenderEvidence): string | undefined {
  const { author, spf, dkim, policy, arc } = evidence;
  if (author.kind !== 'one') return undefined;
  if (policy.kind === 'trouble') return `What ${author.identity.domain} publishes could not be read in time`;
  const counts = (finding: Finding) =>
    finding.result === 'temperror' && isAligned(finding.identity, author.identity, false);
  if (dkim.some(counts)) return `The key of ${author.identity.domain} could not be read in time`;
  if (arc?.result === 'temperror') {
    return `The key of ${arc.identity?.domain ?? 'somebody'}, which passed it on, could not be read in time`;
  }
  if (spf === null) return evidence.spfMissing.replace(/\.$/, '');
  return counts(spf)
    ? `Which machines may send for ${spf.identity?.domain} could not be read in time`
    : undefined;
}

/** The DMARC result of a letter (RFC 8601 2.7.1), as it is stored and shown. */
export function dmarcResult(evidence: SenderEvidence): MethodResult {
  const { author, policy } = evidence;
  if (author.kind !== 'one') return { result: 'permerror', domain: '', detail: authorTrouble(author) };
  const { domain } = author.identity;
  if (policy.kind === 'none') return { result: 'none', domain, detail: 'no policy published' };
  if (policy.kind === 'trouble') return { result: 'temperror', domain, detail: policy.detail };
  if (policy.kind === 'told') return { result: policy.result, domain, detail: 'as the relay says' };
  const { record } = policy;
  const aligned = alignmentOf(evidence, record);
  const detail = `policy ${record.policy} of ${record.at}`;
  if (aligned.spf || aligned.dkim) return { result: 'pass', domain, detail };
  return { result: openQuestion(evidence) === undefined ? 'fail' : 'temperror', domain, detail };
}

function authorTrouble(author: Exclude<Author, { kind: 'one' }>): string {
  return author.kind === 'none' ? 'no author with a domain' : 'more than one author';
}
