// Letters in the spool, held or filed -> one shape (a contract: keys are only ever added).
import type { HeldLetter, Parking, SpooledLetter } from '../../domain/letter.js';
import type { Instant } from '../../domain/time.js';
import type { LetterRecord } from '../../ports/records.js';

export const LETTER_STATES = ['spooled', 'filed', 'held'] as const;
export type LetterState = (typeof LETTER_STATES)[number];

export interface LetterView {
  id: string;
  state: LetterState;
  /** MAIL FROM; empty for the null sender. */
  from: string;
  to: string[];
  receivedAt: Instant;
  bytes: number;
  sha256: string;
  /** References. */
  tickets: string[];
  problem: string | null;
  duplicateOf: string | null;
  /** Why a filed letter opened no ticket; null for all others. */
  parked: Parking | null;
}

export interface LetterDetailView extends LetterView {
  client: SpooledLetter['envelope']['client'];
  protocol: string;
  tls: string | null;
}

/** A letter where it was found; `tickets` are the references of a filed one. */
export type FoundLetter =
  | { state: 'spooled'; letter: SpooledLetter }
  | { state: 'held'; letter: HeldLetter }
  | { state: 'filed'; letter: LetterRecord; tickets: string[] };

export function viewLetter(found: FoundLetter): LetterView {
  const { state, letter } = found;
  return {
    id: letter.id,
    state,
    from: letter.envelope.from,
    to: letter.envelope.to,
    receivedAt: letter.receivedAt,
    bytes: letter.bytes,
    sha256: letter.sha256,
    tickets: found.state === 'filed' ? found.tickets : [],
    problem: found.state === 'spooled' ? null : found.letter.problem,
    duplicateOf: found.state === 'filed' ? found.letter.duplicateOf : null,
    parked: found.state === 'filed' ? found.letter.parked : null,
  };
}

export function viewLetterDetail(found: FoundLetter): LetterDetailView {
  const { client, protocol, tls } = found.letter.envelope;
  return { ...viewLetter(found), client, protocol, tls };
}
