// Who does something on the command line: an officer named with `--by`, or the operator of the machine.
import { findOfficer } from '../desk/presence.js';
import { ThanadakError } from '../domain/errors.js';
import { type Actor, actorOf, OPERATOR } from '../domain/rights.js';
import type { HouseOffice } from './deps.js';

/** Errors: 'not-found' for an unknown officer, 'not-allowed' for a disabled one. */
export async function findActor(office: HouseOffice, by: string | undefined): Promise<Actor> {
  if (by === undefined || by === OPERATOR.id) return OPERATOR;
  const officer = findOfficer(await office.people(), by);
  if (officer.disabled) throw new ThanadakError('not-allowed', `${officer.id} is disabled and cannot act.`);
  return actorOf(officer);
}
