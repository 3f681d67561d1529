// Another ticket, in one line beside the one that is shown.
import type { Language } from '../../domain/station.js';
import type { Ticket } from '../../domain/ticket.js';
import type { Instant } from '../../domain/time.js';
import type { PhraseKey } from '../words/words.js';
import { languageOfText } from './letter-text.js';

export interface OtherLine {
  reference: string;
  subject: string;
  language: Language | null;
  state: PhraseKey;
  at: Instant;
  /** Why it is shown. */
  why: string;
}

export function otherLine(
  { reference, subject, state, receivedAt }: Ticket,
  reasons: readonly string[] = [],
): OtherLine {
  return {
    reference,
    subject,
    language: languageOfText(subject),
    state: `ticket.state.${state}`,
    at: receivedAt,
    why: reasons.join(', '),
  };
}
