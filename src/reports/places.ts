// The rows of a report: a station each, or a division each.
import { addFigures, addStanding, NO_FIGURES, NOTHING_STANDS } from '../domain/figures.js';
import { divisionKey } from '../domain/people.js';
import type { LocalisedName, Station } from '../domain/station.js';
import type { PlaceFigures, StationFigures } from './reading.js';

export interface ReportPlace {
  /** Code of the station, or `force/division`. */
  key: string;
  name: LocalisedName;
  /** Codes. */
  stations: readonly string[];
}

export function stationPlaces(stations: readonly Station[]): ReportPlace[] {
  return stations.map(({ code, name }) => ({ key: code, name, stations: [code] }));
}

/** In the order in which their first stations stand; `nameOf` knows what a division is called. */
export function divisionPlaces(
  stations: readonly Station[],
  nameOf: (key: string) => LocalisedName | undefined = () => undefined,
): ReportPlace[] {
  const places = new Map<string, ReportPlace>();
  for (const station of stations) {
    const key = divisionKey(station);
    const codes = places.get(key)?.stations ?? [];
    places.set(key, { key, name: nameOf(key) ?? { en: key }, stations: [...codes, station.code] });
  }
  return [...places.values()];
}

export interface PlaceRow extends PlaceFigures {
  place: ReportPlace;
}

/** What was counted at the stations of each place, together. */
export function rowsOf(places: readonly ReportPlace[], counted: readonly StationFigures[]): PlaceRow[] {
  const byStation = new Map(counted.map((one) => [one.station, one]));
  return places.map((place) => {
    const row: PlaceRow = { place, figures: NO_FIGURES, standing: NOTHING_STANDS };
    for (const code of place.stations) {
      const one = byStation.get(code);
      if (!one) continue;
      row.figures = addFigures(row.figures, one.figures);
      row.standing = addStanding(row.standing, one.standing);
    }
    return row;
  });
}
