// What filing needs to know of the configuration, asked anew for every batch so that a reload counts at once.
import type { BudgetRules } from '../domain/budget.js';
import type { Directory } from '../domain/directory.js';
import type { Envelope } from '../domain/letter.js';
import type { Language, Station } from '../domain/station.js';
import type { Templates } from '../ports/templates.js';

export interface FilingRules {
  directory: Directory;
  /** Configured languages in order of preference. */
  languages: Language[];
  timeZone: string;
  emergencyNumbers: string[];
  templates: Templates;
  acknowledgement: {
    /** Milliseconds from acceptance within which the resident must have it. */
    targetMs: number;
    /** Milliseconds from acceptance at which it is sent; 0 at once. */
    sendAfterMs: number;
    /** How many a machine may send to whom. */
    budget: BudgetRules;
    /** Whether a letter that came this way counts against them: not one that was written on this very machine. */
    isBounded(envelope: Envelope): boolean;
    /** Who is told when the budget for everybody is used up. */
    alarmTo: string;
  };
  /** Milliseconds within which an officer is to answer; what the acknowledgement promises. */
  firstActionMs: number;
  /** Milliseconds within which the same bytes count as a second copy of one letter. */
  duplicateWindowMs: number;
  /** Stands in for a station where letters to `postmaster@` are filed. */
  postmaster: Station;
}
