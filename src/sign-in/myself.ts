// Whether it is the officer who changes the own way in: the password once more, so that a session left open is not enough.
import type { Officer } from '../domain/people.js';
import { shift } from '../domain/time.js';
import type { Session } from '../ports/sign-in.js';
import { noteRefused } from './journal.js';
import type { Client, Refused, SignInOptions } from './options.js';
import { mayTry } from './throttle.js';

/** Who acts on the own account, and the password given once more. */
export interface Myself {
  session: Session;
  officer: Officer;
  /** Not needed where the officer has none and signed in just now. */
  password: string;
}

/** After so long an officer without a password signs in again before changing anything. */
const FRESH_MS = 15 * 60_000;

/** Whether it is the officer. Counted as a try of the own browser. */
export async function isMyself(
  options: SignInOptions,
  myself: Myself,
  client: Client,
): Promise<true | Refused> {
  const { store, passwords, clock } = options;
  const { officer, session, password } = myself;
  const credential = await store.credentials.find(officer.id);
  const hash = credential?.passwordHash ?? null;
  if (hash === null) {
    return shift(session.createdAt, FRESH_MS) > clock.now() ? true : { kind: 'refused' };
  }
  const { address } = client;
  const allowed = await store.transact((unit) => mayTry(unit, { name: officer.id, address, isKnown: true }));
  if (!allowed) return { kind: 'too-many' };
  if (await passwords.verify(hash, password)) return true;
  await store.transact((unit) => noteRefused(unit, { officer: officer.id, address, step: 'password' }));
  return { kind: 'refused' };
}
