// What letters are about: the table of categories, and the outcomes a ticket can have (both from the configuration).
import type { LocalisedName } from './station.js';
import type { Restriction, Urgency } from './ticket.js';

export interface Category {
  code: string;
  name: LocalisedName;
  /** When nothing else tells. */
  urgency: Urgency;
  restriction: Restriction;
  /** Code of the agency such matters are usually referred to. */
  handOff: string | null;
  /** Taken as information of a cognizable offence by default: an officer is asked to decide on the signature. */
  cognizable: boolean;
  /** Overrides of the urgency's times; milliseconds. */
  sla: { firstActionMs: number | null; resolutionMs: number | null; calendar: string | null };
}

export interface Outcome {
  code: string;
  name: LocalisedName;
  /** Only after a recorded transfer or referral ("not ours" is no outcome by itself; CPGRAMS OM of 23.08.2024). */
  needsPassingOn: boolean;
}

/** An agency or foreign force outside our stations. */
export interface Agency {
  code: string;
  name: LocalisedName;
  address: string;
}
