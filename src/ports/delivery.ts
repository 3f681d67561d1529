// Handing a letter over.
import type { DeliveryOutcome, OutgoingLetter } from '../domain/outgoing.js';

/** Hands one letter to the outside world, once. */
export interface Delivery {
  /**
   * Resolves to what became of it, within a time limit of its own. Never rejects: an error it does not know is
   * `temporary`. `sent` only when the far side has taken the letter (SMTP 250) or it is on stable storage.
   */
  deliver(letter: OutgoingLetter): Promise<DeliveryOutcome>;
  close(): Promise<void>;
}
