// Whether officers are in service and present, and who stands in for them.
import { ThanadakError } from '../domain/errors.js';
import { type Officer, type People, serves } from '../domain/people.js';
import { type OfficeRules, peopleNow, stationOf } from '../ports/office.js';
import type { Store, UnitOfWork } from '../ports/store.js';

export interface Surroundings {
  people: People;
  rules: OfficeRules;
}

export interface PresenceChange {
  id: string;
  change(officer: Officer, around: Surroundings): Pick<Officer, 'disabled' | 'away'>;
  /** What else belongs to it, in the same unit of work. */
  also?(unit: UnitOfWork, changed: Officer): Promise<void>;
}

/**
 * Keeps what `change` says of the officer; of those whom the configuration names only that they are absent or disabled.
 * Errors: 'not-found', and those of `change`.
 */
export function changePresence(
  { store, rules }: { store: Pick<Store, 'transact'>; rules: OfficeRules },
  { id, change, also }: PresenceChange,
): Promise<Officer> {
  return store.transact(async (unit) => {
    const people = await peopleNow(rules, unit);
    const officer = findOfficer(people, id);
    const { disabled, away } = change(officer, { people, rules });
    const changed: Officer = { ...officer, disabled, away };
    await unit.officers.save({ ...changed, absenceOnly: isConfigured(rules, changed) });
    await also?.(unit, changed);
    return changed;
  });
}

/** Whether the configuration names the officer. */
export function isConfigured(
  { officers }: Pick<OfficeRules, 'officers'>,
  { id }: Pick<Officer, 'id'>,
): boolean {
  return officers.some((configured) => configured.id === id);
}

/** Errors: 'not-found'. */
export function findOfficer(people: People, id: string): Officer {
  const officer = people.get(id) ?? people.get(id.trim().toLowerCase());
  if (officer) return officer;
  throw new ThanadakError('not-found', `There is no officer ${id}. See: thanadak officer list`);
}

/** Errors: 'not-found'; 'invalid' for one who cannot act in the officer's place. */
export function deputyFor(officer: Officer, id: string, { people, rules }: Surroundings): Officer {
  const deputy = findOfficer(people, id);
  const objection = objectionTo(deputy, officer, rules);
  if (objection) throw new ThanadakError('invalid', `${deputy.id} cannot stand in: ${objection}.`);
  return deputy;
}

function objectionTo(deputy: Officer, officer: Officer, rules: OfficeRules): string | undefined {
  if (deputy.id === officer.id) return 'nobody stands in for themselves';
  if (deputy.disabled) return 'the officer is disabled';
  if (deputy.rank === 'auditor') return 'auditors read and do not act';
  if (officer.rank === 'admin' && deputy.rank !== 'admin')
    return 'only the IT cell stands in for the IT cell';
  const missing = [
    ...officer.stations.filter((code) => !serves(deputy, stationOf(rules, code))),
    ...officer.divisions.filter((key) => deputy.rank !== 'admin' && !deputy.divisions.includes(key)),
  ];
  return missing.length === 0 ? undefined : `the officer does not serve ${missing.join(', ')}`;
}
