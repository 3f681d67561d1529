// What desk and sweep need to know of the configuration, asked anew for every deed so that a reload counts at once.
import type { Agency, Category, Outcome } from '../domain/category.js';
import type { Directory } from '../domain/directory.js';
import { type Officer, type People, peopleOf, serves } from '../domain/people.js';
import type { RetentionRules } from '../domain/retention.js';
import { type Actor, readableRestrictions } from '../domain/rights.js';
import type { SlaRules } from '../domain/sla-rules.js';
import type { Station } from '../domain/station.js';
import type { TriageRules } from '../domain/triage.js';
import type { TicketScope } from './records.js';
import type { Repositories } from './store.js';
import type { Templates } from './templates.js';

export interface OfficeRules {
  directory: Directory;
  /** Stands in for a station where letters to `postmaster@` are filed. */
  postmaster: Station;
  /** Configured officers and posts known by address. */
  officers: readonly Officer[];
  sla: SlaRules;
  /** Compiled when first asked for: most commands never ask. */
  triage(): TriageRules;
  categories: ReadonlyMap<string, Category>;
  outcomes: ReadonlyMap<string, Outcome>;
  agencies: ReadonlyMap<string, Agency>;
  templates: Templates;
  timeZone: string;
  emergencyNumbers: readonly string[];
  /** Address under which people reach the pages. */
  publicUrl: string;
  /** Minutes since local midnight in which officers get no mail unless it is urgent; null: none such. */
  quietHours: { from: number; to: number } | null;
  /** Minutes since local midnight at which officers get the list of what is open. */
  digestTimes: readonly number[];
  waiting: {
    /** Milliseconds from the reminder until a ticket that waits for the resident is closed. */
    closeAfterMs: number;
  };
  retention: RetentionRules;
  closure: {
    /** Milliseconds from the closure in which the resident's answer opens the ticket again. */
    returnWindowMs: number;
    /** How often that happens by itself; then a person decides. */
    reopenings: number;
  };
}

/** Everybody as they are now: configured, posts known by address, and what was added or changed by command. */
export async function peopleNow(
  rules: Pick<OfficeRules, 'officers'>,
  { officers }: Pick<Repositories, 'officers'>,
): Promise<People> {
  return peopleOf(rules.officers, await officers.list());
}

/** The station with this code, or the postmaster's stand-in. */
export function stationOf(rules: OfficeRules, code: string): Station {
  return rules.directory.stations.get(code) ?? rules.postmaster;
}

/**
 * What a person may see, as every query takes it: the same verdict as `maySee` for each ticket. Errors: none; a disabled
 * officer sees nothing.
 */
export function scopeOf(actor: Actor, directory: Directory): TicketScope {
  const { officer } = actor;
  const restrictions = readableRestrictions(actor);
  if (officer?.disabled) return { stations: [], restrictions: [] };
  if (officer === null || officer.rank === 'admin' || officer.rank === 'auditor') {
    return { stations: null, restrictions };
  }
  const served = [...directory.stations.values()].filter((station) => serves(officer, station));
  return { stations: served.map(({ code }) => code), restrictions };
}
