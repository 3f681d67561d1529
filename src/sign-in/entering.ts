// Name and password, then a code: the usual way in.
import type { Officer, People } from '../domain/people.js';
import { peopleNow } from '../ports/office.js';
import type { Credential, Session } from '../ports/sign-in.js';
import { note, noteRefused } from './journal.js';
import { isKnownTo } from './known-browser.js';
import type { Client, Refused, SignedIn, SignInOptions } from './options.js';
import { arrive } from './steps.js';
import { mayTry, mayTryCode } from './throttle.js';
import { hashOf } from './tokens.js';

const NAME_LENGTH = 254;
/** Longer ones are no password of ours, and are not hashed. */
const PASSWORD_LENGTH = 1_024;

/** Id or mail address in any case; undefined for strangers and those out of service. */
export function officerNamed(people: People, name: string): Officer | undefined {
  const wanted = name.trim().toLowerCase();
  const byId = people.get(wanted) ?? people.get(name.trim());
  const officer =
    byId ?? [...people.values()].find(({ address }) => address !== null && address.toLowerCase() === wanted);
  return officer && !officer.disabled ? officer : undefined;
}

/**
 * The first step. The answer, and the time it takes, is the same for unknown names, wrong passwords, officers without
 * one and officers out of service. Errors: 'unavailable' when too many sign in at once.
 */
export async function enter(
  options: SignInOptions,
  given: { name: string; password: string },
  client: Client,
): Promise<SignedIn | Refused> {
  const { store, signer, passwords } = options;
  const officer = officerNamed(await peopleNow(options.rules(), store), given.name);
  const name = officer?.id ?? given.name.trim().toLowerCase().slice(0, NAME_LENGTH);
  const isKnown = isKnownTo(signer, name, client.knownBrowser);
  const allowed = await store.transact((unit) => mayTry(unit, { name, address: client.address, isKnown }));
  if (!allowed) return { kind: 'too-many' };
  const credential = officer && (await store.credentials.find(officer.id));
  const password = given.password.length > PASSWORD_LENGTH ? '' : given.password;
  const isRight = await passwords.verify(credential?.passwordHash ?? null, password);
  if (officer && credential && isRight) return welcome(options, { officer, credential, password, client });
  await store.transact((unit) =>
    noteRefused(unit, { officer: officer?.id ?? null, address: client.address, step: 'password' }),
  );
  return { kind: 'refused' };
}

interface Known {
  officer: Officer;
  credential: Credential;
  password: string;
  client: Client;
}

async function welcome(options: SignInOptions, { officer, credential, password, client }: Known) {
  const { passwordHash, passwordSetAt, mustChange } = credential;
  const isOutdated = passwordHash !== null && options.passwords.isOutdated(passwordHash);
  const renewed = isOutdated ? await options.passwords.hash(password) : undefined;
  return options.store.transact(async (unit) => {
    if (renewed !== undefined && passwordSetAt !== null) {
      await unit.credentials.setPassword(officer.id, { hash: renewed, at: passwordSetAt, mustChange });
    }
    return arrive(unit, options, { officer, credential, way: 'password', proof: 'half', ...client });
  });
}

/**
 * The second step: a code of the app, or a recovery code. A code works once (RFC 6238, 5.2). `session` is the half one
 * of the first step.
 */
export async function enterCode(
  options: SignInOptions,
  { session, officer, code }: { session: Session; officer: Officer; code: string },
  client: Client,
): Promise<SignedIn | Refused> {
  const { store } = options;
  if (!(await store.transact((unit) => mayTryCode(unit, officer.id)))) return { kind: 'too-many' };
  return store.transact(async (unit): Promise<SignedIn | Refused> => {
    const credential = await unit.credentials.find(officer.id);
    const current = await unit.sessions.find(session.id);
    if (!current || current.endedAt !== null) return { kind: 'refused' };
    const proof = await useCode({ unit, options, officer: officer.id }, credential, code);
    if (proof === undefined) {
      await noteRefused(unit, { officer: officer.id, address: client.address, step: 'code' });
      return { kind: 'refused' };
    }
    if (proof === 'recovery') {
      const left = await unit.credentials.countRecoveryCodes(officer.id);
      await note(unit, 'recovery-code-used', { actor: officer.id, officer: officer.id, left });
    }
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

interface CodeUse {
  unit: Parameters<Parameters<SignInOptions['store']['transact']>[0]>[0];
  options: Pick<SignInOptions, 'codes' | 'locker'>;
  officer: string;
}

/** Uses the code up; undefined when it is wrong or was used before. */
export async function useCode(
  { unit, options, officer }: CodeUse,
  credential: Credential | undefined,
  code: string,
): Promise<'app' | 'recovery' | undefined> {
  if (!credential?.totp) return undefined;
  const secret = options.locker.unlock(`totp ${officer}`, credential.totp.sealed);
  const step = secret === undefined ? undefined : options.codes.stepOf(secret, code, unit.now);
  if (step !== undefined) return (await unit.credentials.useStep(officer, step)) ? 'app' : undefined;
  const hash = recoveryHash(officer, code);
  return (await unit.credentials.useRecoveryCode(officer, hash)) ? 'recovery' : undefined;
}

/** 80 bits of chance need no slow hash. */
export function recoveryHash(officer: string, code: string): string {
  return hashOf(`${officer}\n${code.toLowerCase().replace(/[^a-z2-7]/g, '')}`);
}
