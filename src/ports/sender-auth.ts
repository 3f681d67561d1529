// Whether a letter's sender is who the letter says (SPF, DKIM, DMARC, ARC).

import type { SpooledLetter } from '../domain/letter.js';
import type { Message } from '../domain/message.js';
import type { SenderCheck } from '../domain/sender-check.js';

/** Judges the sender of a letter after it was accepted. Advisory: it never decides whether a complaint is kept. */
export interface SenderAuth {
  /**
   * Resolves within the deadline of a letter; never rejects. What could not be found out in time is `unknown` with the
   * reason, and not `failed`. `path` holds exactly the received bytes.
   */
  check(letter: { spooled: SpooledLetter; path: string; message: Message }): Promise<SenderCheck>;
  close(): Promise<void>;
}
