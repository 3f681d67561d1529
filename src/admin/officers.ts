// The people as commands change them: who may be added, who can stand in for whom, and how that is kept.
import { changePresence, isConfigured, type PresenceChange } from '../desk/presence.js';
import { isSendable } from '../domain/address.js';
import { ThanadakError } from '../domain/errors.js';
import { divisionKey, type Officer, type Rank } from '../domain/people.js';
import { OPERATOR } from '../domain/rights.js';
import { type OfficeRules, peopleNow } from '../ports/office.js';
import { endSessions, setPassword } from '../sign-in/account.js';
import type { House } from './deps.js';
import { type OfficerView, viewOfficer } from './views/officer-view.js';

/** As the line gives it; `si` and `asi` are desk officers with that title. */
export const GIVEN_RANKS = ['officer', 'asi', 'si', 'oc', 'ac', 'dc', 'admin', 'auditor'] as const;
export type GivenRank = (typeof GIVEN_RANKS)[number];

export interface NewOfficer {
  id: string;
  name: string;
  rank: GivenRank;
  title?: string | undefined;
  address?: string | undefined;
  station?: readonly string[] | undefined;
  division?: readonly string[] | undefined;
  readsRestricted?: boolean | undefined;
}

const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const LONGEST_ID = 24;
/** Under these names others than officers stand in the journal, and `none` in filters. */
const NOT_OFFICERS = ['operator', 'resident', 'system', 'rule', 'none'];

/** Errors: 'invalid' for what does not fit together or does not exist. */
export function newOfficer(given: NewOfficer, rules: OfficeRules): Officer {
  const { id, rank } = given;
  const name = given.name.trim();
  if (name === '') throw new ThanadakError('invalid', 'The name is empty.');
  if (!ID.test(id) || id.length > LONGEST_ID || NOT_OFFICERS.includes(id)) {
    const shape = `lower-case letters, digits and single hyphens, at most ${LONGEST_ID}`;
    throw new ThanadakError('invalid', `"${id}" cannot be the id of an officer; it needs ${shape}.`);
  }
  if (given.address !== undefined && !isSendable(given.address))
    throw new ThanadakError('invalid', `${given.address} is not an address we can write to.`);
  const isDesk = rank === 'si' || rank === 'asi';
  const officer: Officer = {
    id,
    name,
    title: given.title ?? (isDesk ? rank.toUpperCase() : ''),
    rank: isDesk ? 'officer' : rank,
    address: given.address ?? null,
    stations: knownStations(given.station ?? [], rules),
    divisions: knownDivisions(given.division ?? [], rules),
    readsRestricted: given.readsRestricted ?? false,
    disabled: false,
    away: null,
  };
  refuseWithoutPlace(officer);
  return officer;
}

function knownStations(given: readonly string[], { directory }: OfficeRules): string[] {
  const codes = distinct(given.map((code) => code.toLowerCase()));
  const stranger = codes.find((code) => !directory.stations.has(code));
  if (stranger === undefined) return codes;
  throw new ThanadakError(
    'invalid',
    `There is no station ${stranger}. Known: ${[...directory.stations.keys()].join(', ')}.`,
  );
}

function knownDivisions(given: readonly string[], { directory }: OfficeRules): string[] {
  const known = distinct([...directory.stations.values()].map(divisionKey));
  const keys = distinct(given.map((key) => key.toLowerCase()));
  const stranger = keys.find((key) => !known.includes(key));
  if (stranger === undefined) return keys;
  throw new ThanadakError('invalid', `There is no division ${stranger}. Known: ${known.join(', ')}.`);
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}

const NEEDS: Partial<Record<Rank, 'stations' | 'divisions'>> = {
  officer: 'stations',
  oc: 'stations',
  ac: 'divisions',
  dc: 'divisions',
};

function refuseWithoutPlace(officer: Officer): void {
  const needed = NEEDS[officer.rank];
  if (needed === undefined || officer[needed].length > 0) return;
  const option = needed === 'stations' ? '--station CODE' : '--division FORCE/DIVISION';
  throw new ThanadakError('invalid', `The rank ${officer.rank} needs ${option}.`);
}

/** Adds `officer`, with a password when its hash is given. Errors: 'conflict' when the id is taken. */
export async function addOfficer(
  house: House,
  officer: Officer,
  passwordHash?: string,
): Promise<OfficerView> {
  const { rules } = await house.office();
  await house.store.transact(async (unit) => {
    const people = await peopleNow(rules, unit);
    if (people.has(officer.id))
      throw new ThanadakError('conflict', `The id ${officer.id} is taken; ids are given once and for ever.`);
    await unit.officers.save({ ...officer, absenceOnly: false });
    if (passwordHash === undefined) return;
    const given = { officer: officer.id, hash: passwordHash, mustChange: false, actor: OPERATOR.id };
    await setPassword(unit, given);
  });
  return viewOfficer(officer, 'added');
}

/**
 * Keeps what `change` says of the officer; of those whom the configuration names only that they are absent or disabled.
 * Errors: 'not-found', and those of `change`.
 */
export async function changeOfficer(
  house: House,
  id: string,
  change: PresenceChange['change'],
): Promise<OfficerView> {
  const { rules } = await house.office();
  const changed = await changePresence(
    { store: house.store, rules },
    {
      id,
      change,
      async also(unit, { id: officer, disabled }) {
        if (disabled) await endSessions(unit, { officer, actor: OPERATOR.id, why: 'disabled' });
      },
    },
  );
  return viewOfficer(changed, sourceOf(rules, changed));
}

export function sourceOf(rules: OfficeRules, officer: Officer): OfficerView['source'] {
  return isConfigured(rules, officer) ? 'configuration' : 'added';
}
