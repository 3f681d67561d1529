// What verification finds, in words, and what mends it.
import type { ContradictionKind } from '../ports/inspection.js';

export type FindingKind =
  | ContradictionKind
  | 'database-damaged'
  | 'dangling-row'
  | 'ticket-missing'
  | 'number-not-given'
  | 'letter-missing'
  | 'letter-damaged'
  | 'letter-without-row'
  | 'foreign-file'
  | 'set-file-missing'
  | 'set-file-damaged'
  | 'list-damaged'
  | 'not-saved';

export interface Finding {
  kind: FindingKind;
  /** What it is about: a path, a reference, an id. */
  subject: string;
  what: string;
  /** What an operator does about it. */
  mend: string;
}

interface Words {
  what(subject: string): string;
  mend: string;
}

const RESTORE =
  'Stop the daemon, keep the data folder aside, and restore the newest backup that verifies: thanadak verify --backup DIR, then thanadak restore DIR.';
const LOOK =
  'Compare with a backup: thanadak restore DIR --into FOLDER. Nobody but Thanadak may write into the database.';
const REPORT =
  'Report this as a fault, with the journal of the ticket; the letters themselves are not touched.';
const AGAIN = 'Use another set, and make a new backup: thanadak backup DIR.';

const WORDS: Record<FindingKind, Words> = {
  'database-damaged': { what: (text) => `The database is damaged: ${text}`, mend: RESTORE },
  'dangling-row': { what: (text) => `Rows point to what is not there: ${text}.`, mend: LOOK },
  'ticket-missing': { what: (text) => `Ticket ${text} was given out and is not there.`, mend: LOOK },
  'number-not-given': {
    what: (text) => `Ticket ${text} has a number that was never given; the next one would have it again.`,
    mend: RESTORE,
  },
  'letter-missing': {
    what: (text) => `The letter ${text} is missing.`,
    mend: 'Copy it from a backup to this very path: DIR/letters holds it under the same name.',
  },
  'letter-damaged': {
    what: (text) => `The letter ${text} is not as it came.`,
    mend: 'Put the one of a backup in its place: DIR/letters holds it under the same name. Check the disk.',
  },
  'letter-without-row': {
    what: (text) => `The letter ${text} is in the archive and the database does not know it.`,
    mend: 'Keep it, and compare with a backup: a row may have been taken out. Leave it again over SMTP to file it.',
  },
  'foreign-file': {
    what: (text) => `${text} is no letter of ours.`,
    mend: 'Find out who put it there, and move it away.',
  },
  'journal-without-ticket': {
    what: (text) => `The journal tells of a ticket ${text} that is not there.`,
    mend: LOOK,
  },
  'journal-number-missing': { what: (text) => `Entry ${text} of the journal was taken out.`, mend: LOOK },
  'message-number-missing': { what: (text) => `Message number ${text} was taken out.`, mend: LOOK },
  'merged-into-nothing': {
    what: (text) => `Ticket ${text} was merged into one that is not there.`,
    mend: LOOK,
  },
  'receipt-for-no-ticket': {
    what: (text) => `The outgoing letter ${text} is about a ticket that is not there.`,
    mend: LOOK,
  },
  'letter-on-no-ticket': {
    what: (text) => `The letter ${text} was filed and lies on no ticket.`,
    mend: LOOK,
  },
  'ticket-without-message': { what: (text) => `Ticket ${text} has no message.`, mend: LOOK },
  'message-unlike-letter': {
    what: (text) => `Message ${text} and its letter differ in their hash.`,
    mend: LOOK,
  },
  'register-number-missing': { what: (text) => `The register of ${text} lacks an entry.`, mend: LOOK },
  'sent-without-time': {
    what: (text) => `The outgoing letter ${text} is sent, and nobody knows when.`,
    mend: REPORT,
  },
  'owed-and-forgotten': {
    what: (text) => `The outgoing letter ${text} is owed and would never be sent.`,
    mend: 'thanadak outbox retry ID; report this as a fault.',
  },
  'settled-and-due': {
    what: (text) => `The outgoing letter ${text} is done with and would go out again.`,
    mend: REPORT,
  },
  'acknowledged-clock-open': {
    what: (text) => `Ticket ${text} is acknowledged and its clock still runs.`,
    mend: REPORT,
  },
  'clock-met-unacknowledged': {
    what: (text) => `The acknowledgement clock of ticket ${text} is met and no receipt was sent.`,
    mend: REPORT,
  },
  'receipt-sent-unacknowledged': {
    what: (text) => `The receipt of ticket ${text} was sent and the ticket does not know it.`,
    mend: REPORT,
  },
  'clock-against-itself': {
    what: (text) => `The clock ${text} has a state that its times deny.`,
    mend: REPORT,
  },
  'set-file-missing': { what: (text) => `${text} is missing from the set.`, mend: AGAIN },
  'set-file-damaged': { what: (text) => `${text} of the set is not as it was written.`, mend: AGAIN },
  'list-damaged': { what: (text) => `A list of letters cannot be believed: ${text}`, mend: AGAIN },
  'not-saved': {
    what: (text) => `When the set was made: ${text}`,
    mend: 'Look into an older set, and run thanadak verify on the house.',
  },
};

export function finding(kind: FindingKind, subject: string): Finding {
  const { what, mend } = WORDS[kind];
  return { kind, subject, what: what(subject), mend };
}
