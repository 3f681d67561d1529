// Reading a letter.
import type { Message } from '../domain/message.js';

/** Turns the bytes of a letter into a message, outside the main thread. */
export interface Reader {
  /**
   * Reads the letter at `path`. A letter that cannot be read, takes too long or too much memory yields a message
   * with `parsed: false` and the reason, never an error; rejects only when the file itself cannot be opened.
   */
  read(path: string): Promise<Message>;
}
