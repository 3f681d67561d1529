// Which letter of ours a report is about. Only a code of ours tells: whoever forges a report without having seen that
// letter matches nothing.
import { addressKey, domainKey, splitAddress } from './address.js';
import type { Report, ReportRecipient } from './report.js';
import { kindOfRecipient } from './report-status.js';
import { letterFromMessageId, outboxFromReturnPath, type TokenSigner } from './thread-token.js';

export interface MatchingFacts {
  /** The recipients of the envelope in which the report came, as given. */
  envelopeTo: readonly string[];
  mailDomain: string;
}

export interface ReportedLetter {
  /** Upper case, as ids are written. */
  outboxId: string;
  by: 'return-path' | 'message-id';
  /** The reference that our Message-ID names; null when matched by return path. */
  reference: string | null;
}

const MOST_PATHS = 100;

/** The letter in the outbox that `report` is about; undefined when no code of ours says so. */
export function matchReport(
  signer: TokenSigner,
  report: Report,
  facts: MatchingFacts,
): ReportedLetter | undefined {
  const paths = [...facts.envelopeTo, ...report.returnPaths, ...envelopeIdPath(report, facts)];
  for (const path of paths.slice(0, MOST_PATHS)) {
    const outboxId = outboxOfPath(signer, path, facts.mailDomain);
    if (outboxId !== undefined) return { outboxId, by: 'return-path', reference: null };
  }
  for (const id of report.mentionedIds) {
    const letter = letterFromMessageId(signer, id, facts.mailDomain);
    if (letter) return { ...letter, by: 'message-id' };
  }
  return undefined;
}

function outboxOfPath(signer: TokenSigner, address: string, mailDomain: string): string | undefined {
  const parts = splitAddress(addressKey(address));
  if (!parts || parts.domain !== domainKey(mailDomain)) return undefined;
  return outboxFromReturnPath(signer, parts.local);
}

/** We may give the local part of the return path as envelope id (RFC 3461 4.4). */
function envelopeIdPath({ envelopeId }: Report, { mailDomain }: MatchingFacts): string[] {
  return envelopeId === null ? [] : [`${envelopeId}@${mailDomain}`];
}

/** What became of one letter, ready for its row in the outbox. */
export interface Outcome {
  state: 'failed' | 'delayed' | 'delivered' | 'none';
  /** RFC 3463; null when the report gives none. */
  status: string | null;
  diagnostic: string;
  /** Where it ended up when that is not where we sent it: the recipient forwards their mail. Null otherwise. */
  elsewhere: string | null;
}

const STATES = { bounce: 'failed', delay: 'delayed', delivered: 'delivered' } as const;

/**
 * What `report` says about a letter to `to`: by that recipient, as final or original address; else by the only one it
 * names, or the worst of them. `none` for reports that say nothing about delivery.
 */
export function outcomeFor(report: Report, to: string): Outcome {
  const { kind } = report;
  if (kind !== 'bounce' && kind !== 'delay' && kind !== 'delivered') {
    return { state: 'none', status: null, diagnostic: '', elsewhere: null };
  }
  const recipient = recipientFor(report, to);
  if (!recipient) return { state: STATES[kind], status: null, diagnostic: '', elsewhere: null };
  const reached = kindOfRecipient(recipient);
  return {
    state: reached === 'bounce' || reached === 'delay' || reached === 'delivered' ? STATES[reached] : 'none',
    status: recipient.status,
    diagnostic: recipient.diagnostic,
    elsewhere: addressKey(recipient.address) === addressKey(to) ? null : recipient.address,
  };
}

function recipientFor({ kind, recipients }: Report, to: string): ReportRecipient | undefined {
  const key = addressKey(to);
  return (
    recipients.find(({ address }) => addressKey(address) === key) ??
    recipients.find(({ original }) => original !== null && addressKey(original) === key) ??
    recipients.find((recipient) => kindOfRecipient(recipient) === kind)
  );
}
