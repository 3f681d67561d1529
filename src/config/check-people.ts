// Whether the officers can be told apart, and serve what exists.
import { divisionKey } from '../domain/people.js';
import {
  complainOfStranger,
  complainOfTwins,
  complaint,
  type Draft,
  namesIn,
  type Placing,
} from './draft.js';
import type { Path } from './problem.js';
import type { Complaint } from './validate.js';

type OfficerOption = NonNullable<NonNullable<Draft['officers']>[number]>;

/** Those who serve the whole city. */
const EVERYWHERE: readonly string[] = ['admin', 'auditor'];

export function checkPeople(draft: Draft, place: Placing): Complaint[] {
  const { officers = [] } = draft;
  const values = officers.map((officer) => officer?.id);
  const known = knownPlaces(draft);
  return [
    ...complainOfTwins({ path: ['officers'], key: 'id', word: 'id', values }, place),
    ...officers.flatMap((officer, index) =>
      officer ? checkOfficer(officer, ['officers', index], known) : [],
    ),
  ];
}

interface Places {
  stations: string[] | undefined;
  divisions: string[] | undefined;
}

/** Without the forces an included file is missing, and with it stations that nobody knows of. */
function knownPlaces({ forces, stations }: Draft): Places {
  const codes = namesIn(forces, (force) => force.code);
  const divisions = forces?.flatMap(
    (force) =>
      force?.divisions.map((division) => divisionKey({ force: force.code, division: division.code })) ?? [],
  );
  return {
    stations: forces && namesIn(stations, (station) => station.code),
    divisions: codes && divisions,
  };
}

function checkOfficer(officer: OfficerOption, path: Path, known: Places): Complaint[] {
  const { id, rank, stations, divisions } = officer;
  const strangers = [
    ...stations.flatMap((name, index) =>
      complainOfStranger([...path, 'stations', index], { word: 'station', name }, known.stations),
    ),
    ...divisions.flatMap((name, index) =>
      complainOfStranger([...path, 'divisions', index], { word: 'division', name }, known.divisions),
    ),
  ];
  if (stations.length + divisions.length > 0 || EVERYWHERE.includes(rank)) return strangers;
  const message = `${id} serves no station and no division`;
  return [complaint(path, message, `a person of the rank ${rank} needs stations or divisions`)];
}
