// A board as its page shows it: plain data from what was read.
import { datesOf, type KeptFigures, shareInTime } from '../../domain/figures.js';
import type { LocalisedName } from '../../domain/station.js';
import { type Instant, shift } from '../../domain/time.js';
import { openZone } from '../../domain/zone.js';
import type { FigureName, Place } from '../../reports/figures.js';
import { type PlaceRow, rowsOf, stationPlaces } from '../../reports/places.js';
import type { PlaceFigures } from '../../reports/reading.js';
import type { Visit } from '../frame/route.js';
import type { PhraseKey } from '../words/words.js';
import { type BoardChoice, choicesOf, stationsIn } from './board-place.js';
import { type BoardFacts, type OpenEscalation, PERIODS } from './board-read.js';
import { drillAddress } from './drill-query.js';
import { type HeatRow, heatRows } from './heat-view.js';
import { type TrendRow, trendRows } from './trend-view.js';

export interface Cell {
  count: number;
  href: string;
}

export interface ShareCell {
  /** Per cent done in time, of what is decided. */
  share: number | null;
  inTime: Cell;
  late: Cell;
  decided: number;
}

export interface FigureRow {
  name: LocalisedName;
  code: string;
  received: Cell;
  acknowledged: ShareCell;
  acted: ShareCell;
  breached: Cell;
  reopened: Cell;
  unclosed: Cell;
  atRisk: Cell;
  overdue: Cell;
  /** The oldest that is open, with the list that holds it. */
  oldest: { at: Instant; href: string } | null;
}

export interface EscalationRow {
  id: string;
  reference: string;
  subject: string;
  language: string;
  station: LocalisedName;
  cause: PhraseKey;
  urgency: string | null;
  since: Instant;
  answerBy: Instant | null;
  isLate: boolean;
  rank: PhraseKey;
  told: readonly string[];
  mine: boolean;
}

export interface BoardView {
  place: { key: string; name: LocalisedName | null };
  choices: readonly (BoardChoice & { isHere: boolean })[];
  periods: readonly { days: number; href: string; isHere: boolean }[];
  here: string;
  dates: { from: string; to: string };
  countedAt: Instant | null;
  countedFrom: Instant | null;
  escalations: readonly EscalationRow[];
  hasMore: boolean;
  total: FigureRow;
  rows: readonly FigureRow[];
  trend: readonly TrendRow[];
  byWeek: boolean;
  heat: readonly HeatRow[];
}

export function boardAddress(key: string, period: number, path = '/board'): string {
  return `${path}?${new URLSearchParams({ ...(key === '' ? {} : { place: key }), days: String(period) })}`;
}

export function boardView(facts: BoardFacts, visit: Visit): BoardView {
  const { place, period, report, hasMore } = facts;
  const { rules } = visit;
  const zone = openZone(rules.timeZone);
  const at = { zone, days: report.days };
  const counted = report.countedFrom;
  return {
    place: { key: place.key, name: place.name },
    choices: choicesOf(stationsIn(rules, visit.scope)).map((one) => ({
      ...one,
      isHere: one.key === place.key,
    })),
    periods: PERIODS.map((days) => ({ days, href: boardAddress(place.key, days), isHere: days === period })),
    here: boardAddress(place.key, period),
    dates: datesOf(report.days),
    countedAt: report.countedAt,
    countedFrom: counted === null ? null : `${datesOf({ from: counted, to: counted }).from}T06:00:00.000Z`,
    escalations: facts.escalations.map((one) => escalationRow(one, visit)),
    hasMore,
    total: figureRow({ ...report.total, name: place.name ?? { en: '' }, code: '' }, place.codes, at),
    rows: placeRows(facts).map((row) =>
      figureRow({ ...row, name: row.place.name, code: row.place.key }, row.place.key, at),
    ),
    trend: trendRows(report, { place: place.codes, zone }),
    byWeek: report.trend.some(({ days }) => days.to > days.from),
    heat: heatRows(report, { place: place.codes, zone }),
  };
}

/** Stations of the configuration in their order, then whatever else has tickets: the postmaster, stations of old. */
function placeRows({ place, report }: BoardFacts): PlaceRow[] {
  const known = new Set(place.stations.map(({ code }) => code));
  const others = report.stations.filter(({ station }) => !known.has(station));
  const places = [
    ...stationPlaces(place.stations),
    ...others.map(({ station }) => ({ key: station, name: { en: station }, stations: [station] })),
  ];
  return rowsOf(places, report.stations);
}

function figureRow(
  counted: PlaceFigures & { name: LocalisedName; code: string },
  place: Place,
  at: { zone: ReturnType<typeof openZone>; days: BoardFacts['report']['days'] },
): FigureRow {
  const { figures, standing, name, code } = counted;
  const href = (figure: FigureName) => drillAddress(figure, { place, ...at });
  const cell = (count: number, figure: FigureName): Cell => ({ count, href: href(figure) });
  const share = (kept: KeptFigures, figure: 'acknowledged' | 'acted'): ShareCell => ({
    share: shareInTime(kept),
    inTime: cell(kept.inTime, `${figure}-in-time`),
    late: cell(kept.late, `${figure}-late`),
    decided: kept.inTime + kept.late,
  });
  return {
    name,
    code,
    received: cell(figures.received, 'received'),
    acknowledged: share(figures.acknowledged, 'acknowledged'),
    acted: share(figures.firstAction, 'acted'),
    breached: cell(figures.breached, 'breached'),
    reopened: cell(figures.reopened, 'reopened'),
    unclosed: cell(standing.unclosed, 'unclosed'),
    atRisk: cell(standing.atRisk, 'at-risk'),
    overdue: cell(standing.overdue, 'overdue'),
    oldest: oldestOf(standing.oldestUnclosed, href('unclosed')),
  };
}

function oldestOf(at: Instant | null, unclosed: string): FigureRow['oldest'] {
  if (at === null) return null;
  const span = new URLSearchParams({ receivedFrom: at, receivedBefore: shift(at, 1) });
  return { at, href: `${unclosed}&${span}` };
}

function escalationRow({ escalation, ticket, mine }: OpenEscalation, visit: Visit): EscalationRow {
  const { rules, people, now } = visit;
  const { id, clock, at, answerBy, rank, told } = escalation;
  return {
    id,
    reference: ticket.reference,
    subject: ticket.subject,
    language: ticket.language,
    station: rules.directory.stations.get(ticket.station)?.name ?? { en: ticket.station },
    cause: `board.cause.${clock}`,
    urgency: ticket.urgency,
    since: at,
    answerBy,
    isLate: answerBy !== null && answerBy <= now,
    rank: rank === 'resident' ? 'frame.rank.officer' : `frame.rank.${rank}`,
    told: told.map((who) => people.get(who)?.name || who),
    mine,
  };
}
