// The figures of stations in a period, as board and command line tell them: both read them here, so they agree.
import {
  addFigures,
  addStanding,
  type Days,
  type Figures,
  type Heat,
  heatOf,
  NO_FIGURES,
  NOTHING_STANDS,
  type Standing,
  type TrendPoint,
  trendOf,
} from '../domain/figures.js';
import type { Instant } from '../domain/time.js';
import type { Repositories } from '../ports/store.js';

export interface PlaceFigures {
  /** Of what was received in the period. */
  figures: Figures;
  /** As it was when it was counted, whatever the period. */
  standing: Standing;
}

export interface StationFigures extends PlaceFigures {
  station: string;
}

export interface Report {
  days: Days;
  /** All the stations together. */
  total: PlaceFigures;
  /** In the order asked for; of a whole city those that have tickets. */
  stations: StationFigures[];
  trend: TrendPoint[];
  heat: Heat;
  /** When figures were last counted; null before the first time. */
  countedAt: Instant | null;
  /** The first day that is counted so far, when the time before it is not counted yet; null when everything is. */
  countedFrom: number | null;
}

export interface ReportOrder {
  /** Codes; null: the whole city. */
  stations: readonly string[] | null;
  days: Days;
}

/** Errors: those of the store. */
export async function readReport(store: Pick<Repositories, 'figures'>, order: ReportOrder): Promise<Report> {
  const { figures } = store;
  const mark = await figures.mark();
  const perStation = new Map((await figures.perStation(order)).map((one) => [one.station, one.figures]));
  const standing = new Map(
    (await figures.standing(order.stations)).map((one) => [one.station, one.standing]),
  );
  const perDay = await figures.perDay(order);
  const codes = order.stations ?? [...new Set([...perStation.keys(), ...standing.keys()])].sort();
  const stations = codes.map((station) => ({
    station,
    figures: perStation.get(station) ?? NO_FIGURES,
    standing: standing.get(station) ?? NOTHING_STANDS,
  }));
  return {
    days: order.days,
    total: totalOf(stations),
    stations,
    trend: trendOf(new Map(perDay.map((one) => [one.day, one.figures])), order.days),
    heat: heatOf(perDay),
    countedAt: mark?.at ?? null,
    countedFrom: mark?.back ? mark.back.nextDay + 1 : null,
  };
}

function totalOf(stations: readonly PlaceFigures[]): PlaceFigures {
  return stations.reduce<PlaceFigures>(
    (sum, one) => ({
      figures: addFigures(sum.figures, one.figures),
      standing: addStanding(sum.standing, one.standing),
    }),
    { figures: NO_FIGURES, standing: NOTHING_STANDS },
  );
}
