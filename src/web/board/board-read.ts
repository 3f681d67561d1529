// What a board tells, read from the store: escalations that wait, figures, and the charts of them.
import type { Escalation } from '../../domain/escalation.js';
import { lastDays } from '../../domain/figures.js';
import { mayAnswer } from '../../domain/rights.js';
import type { Ticket } from '../../domain/ticket.js';
import { openZone } from '../../domain/zone.js';
import { stationOf } from '../../ports/office.js';
import type { Report, ReportOrder } from '../../reports/reading.js';
import type { WebHouse } from '../frame/house.js';
import type { Visit } from '../frame/route.js';
import type { BoardPlace } from './board-place.js';

/** Periods that are offered, in days up to and with today. */
export const PERIODS = [7, 30, 90, 365] as const;
export type PeriodDays = (typeof PERIODS)[number];
export const MOST_ESCALATIONS = 50;

export interface OpenEscalation {
  escalation: Escalation;
  ticket: Ticket;
  /** Whether whoever looks may say "I have it". */
  mine: boolean;
}

export interface BoardFacts {
  place: BoardPlace;
  period: PeriodDays;
  report: Report;
  escalations: OpenEscalation[];
  hasMore: boolean;
}

export interface BoardReading {
  store: WebHouse['store'];
  /** Figures, as they were last counted. */
  report(order: ReportOrder): Promise<Report>;
}

export async function readBoard(
  { store, report: read }: BoardReading,
  visit: Visit,
  { place, period }: { place: BoardPlace; period: PeriodDays },
): Promise<BoardFacts> {
  const days = lastDays(openZone(visit.rules.timeZone), visit.now, period);
  const report = await read({ stations: place.codes, days });
  const escalations = await openEscalations(store, visit, place);
  const shown = escalations.slice(0, MOST_ESCALATIONS);
  return { place, period, report, escalations: shown, hasMore: escalations.length > shown.length };
}

async function openEscalations(
  store: WebHouse['store'],
  { actor, rules, scope }: Visit,
  place: BoardPlace,
): Promise<OpenEscalation[]> {
  const found = await store.escalations.list({
    open: true,
    scope: { stations: place.codes, restrictions: scope.restrictions },
    limit: MOST_ESCALATIONS + 1,
  });
  const open: OpenEscalation[] = [];
  for (const escalation of found) {
    const ticket = await store.tickets.findById(escalation.ticketId);
    if (!ticket) continue;
    const on = { escalation, ticket, station: stationOf(rules, ticket.station) };
    open.push({ escalation, ticket, mine: mayAnswer(actor, on) });
  }
  return open;
}
