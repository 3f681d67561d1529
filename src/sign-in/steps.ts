// What is asked of an officer before the pages open, and the session that stands for how far it has come.
import { needsTotp } from '../domain/password.js';
import type { Officer } from '../domain/people.js';
import type { Credential, Session, SessionLevel, SessionWay } from '../ports/sign-in.js';
import type { UnitOfWork } from '../ports/store.js';
import { note } from './journal.js';
import type { NextStep, SignedIn, SignInOptions } from './options.js';
import { openSession } from './sessions.js';

/** What comes after the password (or the provider), after the code, and then. */
export function nextStep(
  options: Pick<SignInOptions, 'totp'>,
  at: { officer: Officer; credential: Credential | undefined; level: SessionLevel },
): NextStep | undefined {
  const { officer, credential, level } = at;
  if (level === 'full') return undefined;
  if (level === 'half') {
    if (credential?.totp) return 'code';
    if (needsTotp(options.totp(), officer.rank)) return 'enrol';
  }
  return credential?.mustChange ? 'password' : undefined;
}

export interface Arrival {
  officer: Officer;
  credential: Credential | undefined;
  way: SessionWay;
  /** `half` after one factor, `proven` after two. */
  proof: 'half' | 'proven';
  userAgent: string;
  address: string;
  /** The session it came from, which ends: whoever knew its id has nothing. */
  from?: Session | undefined;
}

/** Opens the session of somebody who has proven so much, inside a unit of work. */
export async function arrive(unit: UnitOfWork, options: SignInOptions, arrival: Arrival): Promise<SignedIn> {
  const { officer, credential, way, proof, userAgent, address, from } = arrival;
  const next = nextStep(options, { officer, credential, level: proof });
  const level = next === undefined ? 'full' : next === 'password' ? 'proven' : 'half';
  if (from) await unit.sessions.end(from.id, { at: unit.now, why: 'raised' });
  const { token } = await openSession(unit, { officer: officer.id, level, way, userAgent });
  if (level === 'full') {
    await note(unit, 'signed-in', { actor: officer.id, officer: officer.id, way, from: address });
  }
  return { kind: 'signed-in', token, officer: officer.id, next };
}
