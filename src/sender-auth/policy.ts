// What the author's domain publishes about its letters: the DMARC record at the domain, else at its organisation (RFC
// 7489 6.6.3).
import { readDmarcRecord } from '../domain/sender-dmarc.js';
import type { Identity, Policy } from '../domain/sender-evidence.js';
import type { Answer } from './dns-records.js';
import type { Lookup } from './lookup.js';

/** Never rejects. */
export async function findPolicy(author: Identity, lookup: Lookup): Promise<Policy> {
  const own = await policyAt(author.domain, author, lookup);
  if (own.kind !== 'none' || author.organisation === author.domain) return own;
  return policyAt(author.organisation, author, lookup);
}

async function policyAt(at: string, author: Identity, lookup: Lookup): Promise<Policy> {
  const answer = await lookup.ask(`_dmarc.${at}`, 'TXT');
  if (answer.kind === 'trouble') return { kind: 'trouble', detail: `no answer for _dmarc.${at}` };
  const record = readDmarcRecord(textsOf(answer), { at, inherited: at !== author.domain });
  return record ? { kind: 'record', record } : { kind: 'none' };
}

/** The texts of TXT records, the strings of each joined. */
export function textsOf(answer: Answer): string[] {
  if (answer.kind !== 'records') return [];
  return answer.records.filter((record) => Array.isArray(record)).map((parts) => parts.join(''));
}
