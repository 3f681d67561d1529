// What was found out about the sender of a letter, and what it means.
import type { Verdict } from './ticket.js';

/** One method's result, in the words of RFC 8601 2.7 (pass, fail, softfail, none, temperror, permerror …). */
export interface MethodResult {
  result: string;
  /** The domain it speaks for; empty when there is none. */
  domain: string;
  detail: string;
}

export interface SenderCheck {
  verdict: Verdict;
  /** Why, in a sentence for officers. */
  why: string;
  spf: MethodResult | null;
  /** At most five signatures are looked at. */
  dkim: MethodResult[];
  dmarc: MethodResult | null;
  arc: MethodResult | null;
}

/** Whether a question to the DNS was not answered, so that the verdict is less than it could have been. */
export function metDnsTrouble({ spf, dkim, dmarc, arc }: SenderCheck): boolean {
  return [spf, dmarc, arc, ...dkim].some((method) => method?.result === 'temperror');
}

/** What is known of a sender that nobody checked. */
export const UNCHECKED: SenderCheck = {
  verdict: 'unknown',
  why: 'Nobody checked who sent it.',
  spf: null,
  dkim: [],
  dmarc: null,
  arc: null,
};
