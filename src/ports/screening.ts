// Whether a letter is junk and whether a virus is in it, asked of programs that know.
import type { SpooledLetter } from '../domain/letter.js';
import type { Message } from '../domain/message.js';
import type { Screened } from '../domain/screened.js';

/** Screens a letter after it was accepted. Advisory: it never decides whether a complaint is kept. */
export interface Screening {
  /**
   * Undefined when nobody is to be asked. Otherwise resolves within the deadline and never rejects: what could not be
   * found out is null. `path` holds exactly the received bytes.
   */
  screen(letter: { spooled: SpooledLetter; path: string; message: Message }): Promise<Screened> | undefined;
  /** Gives up what is being asked. */
  close(): void;
}
