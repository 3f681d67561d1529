// Setting up an authenticator app, and the recovery codes for the day it is lost.
import { randomBytes } from 'node:crypto';
import { shift } from '../domain/time.js';
import type { UnitOfWork } from '../ports/store.js';
import { recoveryHash } from './entering.js';
import { note } from './journal.js';
import { isMyself, type Myself } from './myself.js';
import type { Client, Refused, SignedIn, SignInOptions } from './options.js';
import { arrive } from './steps.js';
import { mayTryCode } from './throttle.js';

export interface Enrolment {
  /** The secret, sealed, with its end; comes back with the first code. */
  sealed: string;
  /** Base32, for who cannot read the squares. */
  secret: string;
  uri: string;
  squares: boolean[][];
}

/** Time in which the first code must be given. */
const OPEN_MS = 30 * 60_000;
const RECOVERY_CODES = 10;
const RECOVERY_BYTES = 10;
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** A new secret; nothing is kept until its first code proves that it arrived. */
export function beginEnrolment({ codes, locker, clock }: SignInOptions, officer: string): Enrolment {
  const secret = codes.newSecret();
  const sealed = locker.lock(`enrol ${officer}`, JSON.stringify([secret, shift(clock.now(), OPEN_MS)]));
  return { sealed, secret, ...codes.enrolment(secret, officer) };
}

/** The same secret once more, for a page shown again after a wrong code; undefined when its time is over. */
export function sameEnrolment(
  options: SignInOptions,
  officer: string,
  sealed: string,
): Enrolment | undefined {
  const secret = secretIn(options, officer, sealed);
  return secret === undefined ? undefined : { sealed, secret, ...options.codes.enrolment(secret, officer) };
}

function secretIn({ locker, clock }: SignInOptions, officer: string, sealed: string): string | undefined {
  const text = locker.unlock(`enrol ${officer}`, sealed);
  if (text === undefined) return undefined;
  const [secret, until] = JSON.parse(text) as [string, string];
  return until > clock.now() ? secret : undefined;
}

export type Enrolled = { kind: 'enrolled'; signedIn: SignedIn; recoveryCodes: string[] };

/**
 * Keeps the secret when `code` is one of it; at sign-in the password was given just now, later it is asked once more. The session is raised, so that an enrolment at sign-in opens the pages; one
 * from the own account gets a new session too. The recovery codes are told this once.
 */
export async function enrol(
  options: SignInOptions,
  given: Myself & { sealed: string; code: string },
  client: Client,
): Promise<Enrolled | Refused> {
  const { session, officer, sealed, code } = given;
  const secret = secretIn(options, officer.id, sealed);
  const confirmed = session.level === 'full' ? await isMyself(options, given, client) : true;
  if (confirmed !== true) return confirmed;
  if (!(await options.store.transact((unit) => mayTryCode(unit, officer.id)))) return { kind: 'too-many' };
  const step = secret && options.codes.stepOf(secret, code, options.clock.now());
  if (secret === undefined || typeof step !== 'number') return { kind: 'refused' };
  return options.store.transact(async (unit): Promise<Enrolled | Refused> => {
    const before = await unit.credentials.find(officer.id);
    // A half session may set up the first app, never replace one whose code it could not give.
    if (before?.totp && session.level === 'half') return { kind: 'refused' };
    await unit.credentials.setTotp(officer.id, {
      sealed: options.locker.lock(`totp ${officer.id}`, secret),
      since: unit.now,
      step,
    });
    await note(unit, 'totp-set-up', { actor: officer.id, officer: officer.id });
    const recoveryCodes = await newRecoveryCodes(unit, officer.id);
    await unit.sessions.endAll(officer.id, {
      at: unit.now,
      why: 'second-factor-changed',
      except: session.id,
    });
    const credential = await unit.credentials.find(officer.id);
    const signedIn = await arrive(unit, options, {
      officer,
      credential,
      way: session.way,
      proof: 'proven',
      from: session,
      ...client,
    });
    return { kind: 'enrolled', signedIn, recoveryCodes };
  });
}

/** In place of the former ones; four groups of four. */
export async function newRecoveryCodes(unit: UnitOfWork, officer: string): Promise<string[]> {
  const made = Array.from({ length: RECOVERY_CODES }, newCode);
  await unit.credentials.setRecoveryCodes(
    officer,
    made.map((code) => recoveryHash(officer, code)),
  );
  return made;
}

function newCode(): string {
  const bits = [...randomBytes(RECOVERY_BYTES)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const letters = (bits.match(/.{5}/g) ?? []).map((five) => BASE32[Number.parseInt(five, 2)] ?? '');
  return (letters.join('').match(/.{4}/g) ?? []).join('-');
}
