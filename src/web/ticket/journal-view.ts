// What happened to a ticket, a line each.
import type { JournalEntry } from '../../domain/ticket.js';
import type { Instant } from '../../domain/time.js';
import { isPhrase, type Said } from '../words/words.js';
import { actorName, type Naming, stationName } from './names.js';

export interface JournalLine {
  at: Instant;
  who: string;
  what: Said;
  /** What the entry says besides: names, references, reasons. */
  details: string[];
}

/** The newest first. */
export function journalLines(naming: Naming, journal: readonly JournalEntry[]): JournalLine[] {
  return journal
    .map(({ at, actor, event, detail }) => {
      const key = `journal.${event}`;
      const what: Said = isPhrase(key) ? { key } : { key: 'journal.other', values: { event } };
      return { at, who: actorName(naming, actor), what, details: detailsOf(naming, detail) };
    })
    .reverse();
}

/** Names of details whose values mean nothing to a reader. */
const IDS = /Id$|^(?:version|round|step|told|serial|year|at|sha256|fingerprint)$/;
const PEOPLE = /^(?:officer|deputy|asked)$/;
const STATIONS = /^(?:to|from|station)$/;

function detailsOf(naming: Naming, detail: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(detail).flatMap(([name, value]) => {
    if (IDS.test(name) || typeof value !== 'string' || value === '') return [];
    if (PEOPLE.test(name)) return [actorName(naming, value)];
    if (STATIONS.test(name))
      return [naming.people.has(value) ? actorName(naming, value) : stationName(naming, value)];
    return /^\d{4}-\d{2}-\d{2}T/.test(value) ? [] : [value];
  });
}
