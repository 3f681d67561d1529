// What an SMTP failure says about the letter (RFC 5321 4.2). A letter is given up only when the far side refused this
// recipient or this letter; whatever says that we or our relay are in trouble is temporary, and so is all we do not know.
import { messageOf, systemCode } from '../domain/errors.js';
import type { DeliveryOutcome } from '../domain/outgoing.js';
import { replyOf } from './reply.js';

/** The commands whose refusal is about the letter; greeting, EHLO, AUTH and MAIL are about us. */
const ABOUT_THE_LETTER = new Set(['RCPT TO', 'DATA']);
/** Bad sequence, and whatever asks us to log in or to encrypt (RFC 5321 4.2.2, RFC 4954 6). */
const OUR_TROUBLE = new Set([500, 502, 503, 530, 534, 535, 538]);
/** A relay that does not know us says so at RCPT with the code of a refused recipient. */
const REFUSES_TO_RELAY =
  /\brelay(ing)?\b.{0,20}\b(denied|prohibited|not (permitted|allowed))|(not permitted|unable|refus\w+) to relay/i;

/** The outcome for an error of nodemailer. Never `sent`: a connection lost after the final dot may have delivered. */
export function outcomeOfFailure(error: unknown): DeliveryOutcome {
  const refusal = refusalOf(error);
  const reply = replyOf(refusal.response ?? `${systemCode(error) ?? 'error'}: ${messageOf(error)}`);
  return { kind: isPermanent(refusal) ? 'permanent' : 'temporary', reply };
}

interface Refusal {
  response?: string | undefined;
  responseCode?: number | undefined;
  command?: string | undefined;
}

/** With one recipient, the error about that recipient says more than the one about the transaction. */
function refusalOf(error: unknown): Refusal {
  if (error === null || typeof error !== 'object') return {};
  const [first] =
    'rejectedErrors' in error && Array.isArray(error.rejectedErrors) ? error.rejectedErrors : [];
  return (first ?? error) as Refusal;
}

function isPermanent({ response, responseCode, command }: Refusal): boolean {
  if (responseCode === undefined || responseCode < 500 || responseCode > 599) return false;
  if (!ABOUT_THE_LETTER.has(command ?? '') || OUR_TROUBLE.has(responseCode)) return false;
  return !REFUSES_TO_RELAY.test(response ?? '');
}
