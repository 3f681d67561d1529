// Reading letters.
import type { Message } from '../domain/message.js';

/** Turns the bytes of a letter into a message, outside the main thread. */
export interface Reader {
  /**
   * Reads the letter at `path`. A letter that cannot be read, takes too long or too much memory yields a message
   * with `parsed: false` and the reason, never an error; rejects only when the file itself cannot be opened.
   */
  read(path: string): Promise<Message>;
}

/**
 * Opens an archived letter once more, outside the main thread. Errors: TemporaryFailure when its file cannot be read or
 * too many ask at once; 'refused' for a letter that takes too long or too much memory.
 */
export interface LetterParts {
  /** The decoded bytes of the attachment that the letter lists as `part` (see Attachment); null when it has none. */
  part(path: string, part: string): Promise<Buffer | null>;
  /**
   * The letter's HTML as a fragment safe to show: nothing in it runs, loads or leads away. Addresses of links are text in
   * `span.address`, pictures their words in `span.picture`. Null when the letter has no HTML.
   */
  html(path: string): Promise<string | null>;
}
