// Of which stations a board tells: what the person serves, or one division or station of it.
import { divisionKey } from '../../domain/people.js';
import type { LocalisedName, Station } from '../../domain/station.js';
import type { OfficeRules } from '../../ports/office.js';
import type { TicketScope } from '../../ports/records.js';
import { divisionPlaces } from '../../reports/places.js';

export interface BoardPlace {
  /** As the address names it: empty for everything the person serves, a station's code or `force/division`. */
  key: string;
  /** Null for everything the person serves. */
  name: LocalisedName | null;
  /** Null: the whole city, postmaster's tickets too. */
  codes: readonly string[] | null;
  /** Those with a row of their own. */
  stations: readonly Station[];
}

export interface BoardChoice {
  key: string;
  name: LocalisedName;
}

/** Stations of the configuration that the person serves. */
export function stationsIn(
  rules: Pick<OfficeRules, 'directory'>,
  { stations }: Pick<TicketScope, 'stations'>,
): Station[] {
  const all = [...rules.directory.stations.values()];
  return stations === null ? all : all.filter(({ code }) => stations.includes(code));
}

/** Undefined where the person serves no such place. */
export function findPlace(
  served: readonly Station[],
  key: string,
  scope: Pick<TicketScope, 'stations'>,
): BoardPlace | undefined {
  if (key === '') {
    const codes = scope.stations === null ? null : served.map(({ code }) => code);
    return { key, name: null, codes, stations: served };
  }
  const stations = served.filter((station) => station.code === key || divisionKey(station) === key);
  const [first] = stations;
  if (!first) return undefined;
  const name = first.code === key ? first.name : { en: key };
  return { key, name, codes: stations.map(({ code }) => code), stations };
}

/** Divisions first, where there are several, then stations. */
export function choicesOf(served: readonly Station[]): BoardChoice[] {
  const divisions = divisionPlaces(served);
  const several = divisions.length > 1 ? divisions.map(({ key, name }) => ({ key, name })) : [];
  return [...several, ...(served.length > 1 ? served.map(({ code, name }) => ({ key: code, name })) : [])];
}
