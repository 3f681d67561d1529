// Every figure by its name: what it is of the counts, and the list of exactly the tickets that it counts.
import { type Days, spanOfDays, spansOfHour } from '../domain/figures.js';
import type { Zone } from '../domain/zone.js';
import type { TicketFilter } from '../ports/records.js';
import type { PlaceFigures } from './reading.js';

/** In the order in which they are told. */
export const FIGURE_NAMES = [
  'received',
  'acknowledged-in-time',
  'acknowledged-late',
  'acknowledged-open',
  'acted-in-time',
  'acted-late',
  'acted-open',
  'breached',
  'reopened',
  'unclosed',
  'at-risk',
  'overdue',
] as const;
export type FigureName = (typeof FIGURE_NAMES)[number];

/** The filter of a list, without how much of it is shown. */
export type Drill = Omit<TicketFilter, 'limit' | 'after' | 'scope' | 'sort'>;

interface FigureMeaning {
  of(counted: PlaceFigures): number;
  /** Counted of what was received in the period, or of everything as it stands. */
  counts: 'period' | 'standing';
  drill: Drill;
}

export const FIGURES: Record<FigureName, FigureMeaning> = {
  received: { of: ({ figures }) => figures.received, counts: 'period', drill: {} },
  'acknowledged-in-time': {
    of: ({ figures }) => figures.acknowledged.inTime,
    counts: 'period',
    drill: { acknowledged: 'in-time' },
  },
  'acknowledged-late': {
    of: ({ figures }) => figures.acknowledged.late,
    counts: 'period',
    drill: { acknowledged: 'late' },
  },
  'acknowledged-open': {
    of: ({ figures }) => figures.acknowledged.open,
    counts: 'period',
    drill: { acknowledged: 'open' },
  },
  'acted-in-time': {
    of: ({ figures }) => figures.firstAction.inTime,
    counts: 'period',
    drill: { firstAction: 'in-time' },
  },
  'acted-late': {
    of: ({ figures }) => figures.firstAction.late,
    counts: 'period',
    drill: { firstAction: 'late' },
  },
  'acted-open': {
    of: ({ figures }) => figures.firstAction.open,
    counts: 'period',
    drill: { firstAction: 'open' },
  },
  breached: { of: ({ figures }) => figures.breached, counts: 'period', drill: { breached: true } },
  reopened: { of: ({ figures }) => figures.reopened, counts: 'period', drill: { reopened: true } },
  unclosed: { of: ({ standing }) => standing.unclosed, counts: 'standing', drill: { unclosed: true } },
  'at-risk': { of: ({ standing }) => standing.atRisk, counts: 'standing', drill: { atRisk: true } },
  overdue: { of: ({ standing }) => standing.overdue, counts: 'standing', drill: { overdue: true } },
};

/** One station, several, or (null) all. */
export type Place = string | readonly string[] | null;

/** The list of the tickets that a figure counts at a place. What is restricted is counted, and listed for who may read it. */
export function drillInto(name: FigureName, place: Place, { zone, days }: { zone: Zone; days: Days }): Drill {
  const { counts, drill } = FIGURES[name];
  return { ...atPlace(place), ...drill, ...(counts === 'period' ? receivedIn(zone, days) : {}) };
}

/** The list of one field of the heat table. */
export function drillIntoHour(
  field: { weekday: number; hour: number },
  place: Place,
  { zone, days }: { zone: Zone; days: Days },
): Drill {
  return { ...atPlace(place), receivedWithin: spansOfHour(zone, days, field) };
}

function atPlace(place: Place): Drill {
  if (place === null) return {};
  return typeof place === 'string' ? { station: place } : { stations: place };
}

function receivedIn(zone: Zone, days: Days): Drill {
  const { from, before } = spanOfDays(zone, days);
  return { receivedFrom: from, receivedBefore: before };
}
