// Whether forces, divisions and stations fit together, and every address means one station.
import { addressKey, splitAddress } from '../domain/address.js';
import { POSTMASTER } from '../domain/station.js';
import { complainOfTwins, complaint, type Draft, type Placing } from './draft.js';
import { suggestWord } from './nearest.js';
import type { Path } from './problem.js';
import type { Complaint } from './validate.js';

type StationOption = NonNullable<Draft['stations']>[number];

export function checkStations(draft: Draft, place: Placing): Complaint[] {
  const { forces = [], stations = [] } = draft;
  return [
    ...checkCodes(['forces'], forces, place),
    ...forces.flatMap((force, index) =>
      checkCodes(['forces', index, 'divisions'], force?.divisions ?? [], place),
    ),
    ...checkCodes(['stations'], stations, place),
    ...checkDivisions(forces, stations),
    ...checkAddresses(draft, place),
  ];
}

function checkCodes(path: Path, entries: readonly ({ code: string } | undefined)[], place: Placing) {
  const values = entries.map((entry) => entry?.code);
  return complainOfTwins({ path, key: 'code', word: 'code', values }, place);
}

function checkDivisions(forces: Draft['forces'] = [], stations: Draft['stations'] = []): Complaint[] {
  // With a faulty force in the list nobody can say which codes it would have brought.
  if (forces.length === 0 || forces.includes(undefined)) return [];
  return stations.flatMap((station, index) => {
    if (!station) return [];
    const force = forces.find((candidate) => candidate?.code === station.force);
    if (!force) {
      const known = forces.flatMap((candidate) => candidate?.code ?? []);
      const path = ['stations', index, 'force'];
      return [complaint(path, `there is no force ${station.force}`, suggestWord(station.force, known))];
    }
    const known = force.divisions.map((division) => division.code);
    if (known.includes(station.division)) return [];
    const message = `the force ${force.code} has no division ${station.division}`;
    return [complaint(['stations', index, 'division'], message, suggestWord(station.division, known))];
  });
}

interface Claim {
  station: string;
  address: string;
  path: Path;
}

function checkAddresses({ stations = [], mailDomain }: Draft, place: Placing): Complaint[] {
  const taken = new Map<string, Claim>();
  return claims(stations, mailDomain).flatMap((claim) => {
    const reserved = splitAddress(addressKey(claim.address))?.local === POSTMASTER;
    if (reserved) {
      const message = `${claim.address} belongs to the IT cell (RFC 5321)`;
      return [complaint(claim.path, message, 'choose another address')];
    }
    const key = addressKey(claim.address);
    const owner = taken.get(key) ?? claim;
    taken.set(key, owner);
    if (owner.station === claim.station) return [];
    const message = `${claim.address} already means the station ${owner.station} (${place(owner.path)})`;
    return [complaint(claim.path, message, 'give it to one of them only')];
  });
}

/** Addresses by code come first: nobody wrote them, so the written one is the one to complain about. */
function claims(stations: readonly StationOption[], mailDomain: string | undefined): Claim[] {
  const byCode: Claim[] = [];
  const written: Claim[] = [];
  for (const [index, station] of stations.entries()) {
    if (!station) continue;
    const path: Path = ['stations', index];
    const own = { station: station.code, address: `${station.code}@${mailDomain}` };
    if (mailDomain) byCode.push({ ...own, path: [...path, 'code'] });
    for (const [position, address] of station.addresses.entries()) {
      written.push({ station: station.code, address, path: [...path, 'addresses', position] });
    }
  }
  return [...byCode, ...written];
}
