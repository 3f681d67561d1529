// A store opened for reading only: to be copied while others write, or to be looked through for what is wrong.
// It may be of another version than the program.

/** A letter as its row has it. */
export interface LetterRow {
  id: string;
  /** Relative to the data folder: `letters/2026/11/24/<id>.eml`. */
  path: string;
  bytes: number;
  sha256: string;
}

/** Rows that point to a row which is not there. */
export interface Dangling {
  table: string;
  parent: string;
  rows: number;
  /** The number of one of them, null where rows have none. */
  example: number | null;
}

/** Every kind of row that contradicts another. */
export const CONTRADICTIONS = [
  'journal-without-ticket',
  'journal-number-missing',
  'message-number-missing',
  'merged-into-nothing',
  'receipt-for-no-ticket',
  'letter-on-no-ticket',
  'ticket-without-message',
  'message-unlike-letter',
  'register-number-missing',
  'sent-without-time',
  'owed-and-forgotten',
  'settled-and-due',
  'acknowledged-clock-open',
  'clock-met-unacknowledged',
  'receipt-sent-unacknowledged',
  'clock-against-itself',
] as const;
export type ContradictionKind = (typeof CONTRADICTIONS)[number];

export interface Contradiction {
  kind: ContradictionKind;
  /** What it is about: a reference, an id, a number. */
  subject: string;
}

export interface Counter {
  station: string;
  year: number;
  /** The last number given. */
  value: number;
}

/** Told while a copy is made: parts of parts. */
export type CopyProgress = (done: number, total: number) => void;

export interface Inspection {
  /** Name of the newest migration; empty when there is none. */
  shape(): Promise<string>;
  /** Whether that is the shape of this program. */
  isCurrent(): Promise<boolean>;
  /** What the engine's own check of every page and index finds, one sentence each; at most 100. */
  damage(): string[];
  dangling(): Dangling[];
  /** By id, those after `after`; at most `limit`. */
  letters(after: string, limit: number): Promise<LetterRow[]>;
  hasLetter(id: string): Promise<boolean>;
  counters(): Promise<Counter[]>;
  /** References of tickets in their order, those after `after`; at most `limit`. */
  references(after: string, limit: number): Promise<string[]>;
  /** Needs the shape of this program. At most 100 of a kind. */
  contradictions(kind: ContradictionKind): Promise<Contradiction[]>;
  /**
   * Copies the whole, as it is at this moment, to a new file, which is checked, synced and only then given the name
   * `path`. Others go on writing meanwhile and cannot hold it up; it never holds the thread for long, but for the check
   * at its end. Errors: StorageBroken when the copy is damaged, DiskFull.
   */
  copyTo(path: string, onProgress: CopyProgress): Promise<void>;
  close(): void;
}
