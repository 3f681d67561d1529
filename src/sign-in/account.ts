// What officers change of their own way in: password, app, recovery codes. Each asks for the password once more.
import { needsTotp, objectionToPassword, type PasswordObjection } from '../domain/password.js';
import type { UnitOfWork } from '../ports/store.js';
import { newRecoveryCodes } from './enrolling.js';
import { note } from './journal.js';
import { isMyself, type Myself } from './myself.js';
import type { Client, Refused, SignedIn, SignInOptions } from './options.js';
import { arrive } from './steps.js';

export type PasswordChange =
  | SignedIn
  | Refused
  | { kind: 'objection'; objection: PasswordObjection | 'same' };

/** Every other session ends, and this one goes on under a new id. */
export async function changePassword(
  options: SignInOptions,
  { next, ...myself }: Myself & { next: string },
  client: Client,
): Promise<PasswordChange> {
  const { store, passwords } = options;
  const { officer, session } = myself;
  // Half a session has not given the code yet.
  if (session.level === 'half') return { kind: 'refused' };
  const objection = next === myself.password ? 'same' : objectionToPassword(next, officer);
  const confirmed = await isMyself(options, myself, client);
  if (confirmed !== true) return confirmed;
  if (objection) return { kind: 'objection', objection };
  const hash = await passwords.hash(next);
  return store.transact(async (unit) => {
    await setPassword(unit, {
      officer: officer.id,
      hash,
      mustChange: false,
      actor: officer.id,
      except: session.id,
    });
    const credential = await unit.credentials.find(officer.id);
    return arrive(unit, options, {
      officer,
      credential,
      way: session.way,
      proof: 'proven',
      from: session,
      ...client,
    });
  });
}

/** Keeps a password inside a unit of work and ends the sessions it had opened. */
export async function setPassword(
  unit: UnitOfWork,
  given: { officer: string; hash: string; mustChange: boolean; actor: string; except?: string | undefined },
): Promise<number> {
  const { officer, hash, mustChange, actor, except } = given;
  await unit.credentials.setPassword(officer, { hash, at: unit.now, mustChange });
  await note(unit, 'password-set', { actor, officer });
  return unit.sessions.endAll(officer, { at: unit.now, why: 'password-changed', except });
}

/** Ten new recovery codes, told this once; undefined without an app. */
export async function renewRecoveryCodes(
  options: SignInOptions,
  myself: Myself,
  client: Client,
): Promise<string[] | Refused> {
  const confirmed = await isMyself(options, myself, client);
  if (confirmed !== true) return confirmed;
  const { id } = myself.officer;
  return options.store.transact(async (unit): Promise<string[] | Refused> => {
    if (!(await unit.credentials.find(id))?.totp) return { kind: 'refused' };
    await note(unit, 'recovery-codes-made', { actor: id, officer: id });
    return newRecoveryCodes(unit, id);
  });
}

/** Does without the app from now on; refused where the rank needs one. */
export async function stopTotp(
  options: SignInOptions,
  myself: Myself,
  client: Client,
): Promise<'done' | Refused> {
  const { officer, session } = myself;
  if (needsTotp(options.totp(), officer.rank)) return { kind: 'refused' };
  const confirmed = await isMyself(options, myself, client);
  if (confirmed !== true) return confirmed;
  await options.store.transact((unit) =>
    removeTotp(unit, { officer: officer.id, actor: officer.id, except: session.id }),
  );
  return 'done';
}

/** Forgets app and recovery codes inside a unit of work, and ends the sessions; answers how many. */
export async function removeTotp(
  unit: UnitOfWork,
  { officer, actor, except }: { officer: string; actor: string; except?: string | undefined },
): Promise<number> {
  await unit.credentials.removeTotp(officer);
  await note(unit, 'totp-removed', { actor, officer });
  return unit.sessions.endAll(officer, { at: unit.now, why: 'second-factor-changed', except });
}

/** Ends all sessions of an officer inside a unit of work; answers how many. */
export async function endSessions(
  unit: UnitOfWork,
  given: { officer: string; actor: string; why: 'revoked' | 'disabled'; except?: string | undefined },
): Promise<number> {
  const { officer, actor, why, except } = given;
  const ended = await unit.sessions.endAll(officer, { at: unit.now, why, except });
  if (ended > 0) await note(unit, 'sessions-ended', { actor, officer, ended, why });
  return ended;
}
