// Signing in as the pages have it: every way in, the steps after it, the own account, the sessions.
import { ThanadakError } from '../domain/errors.js';
import { needsTotp } from '../domain/password.js';
import type { Officer } from '../domain/people.js';
import type { Session } from '../ports/sign-in.js';
import { changePassword, endSessions, type PasswordChange, renewRecoveryCodes, stopTotp } from './account.js';
import { createChallenges } from './challenges.js';
import { beginEnrolment, type Enrolled, type Enrolment, enrol, sameEnrolment } from './enrolling.js';
import { enter, enterCode } from './entering.js';
import { note } from './journal.js';
import { makeKnown } from './known-browser.js';
import type { Myself } from './myself.js';
import type { Client, NextStep, Refused, SignedIn, SignInOptions } from './options.js';
import { createPasskeyWays, type PasskeyWays } from './passkeys.js';
import { createProviderWay, type ProviderWay } from './provider.js';
import { createSessions, type Sessions } from './sessions.js';
import { nextStep } from './steps.js';

export interface SignIn {
  sessions: Sessions;
  passkeys: PasskeyWays;
  provider: ProviderWay;
  /** See `enter`. */
  enter(given: { name: string; password: string }, client: Client): Promise<SignedIn | Refused>;
  enterCode(
    given: { session: Session; officer: Officer; code: string },
    client: Client,
  ): Promise<SignedIn | Refused>;
  /** What is still asked of a session that is not full. */
  nextStep(session: Session, officer: Officer): Promise<NextStep | undefined>;
  beginEnrolment(officer: string): Enrolment;
  sameEnrolment(officer: string, sealed: string): Enrolment | undefined;
  enrol(given: Myself & { sealed: string; code: string }, client: Client): Promise<Enrolled | Refused>;
  changePassword(given: Myself & { next: string }, client: Client): Promise<PasswordChange>;
  renewRecoveryCodes(myself: Myself, client: Client): Promise<string[] | Refused>;
  stopTotp(myself: Myself, client: Client): Promise<'done' | Refused>;
  /** Whether the rank of the officer needs an authenticator app. */
  needsTotp(officer: Officer): boolean;
  signOut(session: Session): Promise<void>;
  /** Ends every session of the officer but one. */
  endOthers(officer: string, session: string): Promise<void>;
  /** Errors: 'conflict' for one that is not there any more. */
  sessionOf(id: string): Promise<Session>;
  /** What the browser keeps so that strangers who try the name do not hold up the officer. */
  known(officer: string, client: Client): string;
}

export function createSignIn(options: SignInOptions): SignIn {
  const { store, signer } = options;
  return {
    sessions: createSessions(options),
    passkeys: createPasskeyWays(options, createChallenges(options)),
    provider: createProviderWay(options),
    enter: (given, client) => enter(options, given, client),
    enterCode: (given, client) => enterCode(options, given, client),
    async nextStep({ level }, officer) {
      return nextStep(options, { officer, credential: await store.credentials.find(officer.id), level });
    },
    beginEnrolment: (officer) => beginEnrolment(options, officer),
    sameEnrolment: (officer, sealed) => sameEnrolment(options, officer, sealed),
    enrol: (given, client) => enrol(options, given, client),
    changePassword: (given, client) => changePassword(options, given, client),
    renewRecoveryCodes: (myself, client) => renewRecoveryCodes(options, myself, client),
    stopTotp: (myself, client) => stopTotp(options, myself, client),
    signOut: ({ id, officer }) =>
      store.transact(async (unit) => {
        const ended = await unit.sessions.end(id, { at: unit.now, why: 'signed-out' });
        if (ended) await note(unit, 'signed-out', { actor: officer, officer });
      }),
    needsTotp: ({ rank }) => needsTotp(options.totp(), rank),
    async endOthers(officer, except) {
      const given = { officer, actor: officer, why: 'revoked', except } as const;
      await store.transact((unit) => endSessions(unit, given));
    },
    async sessionOf(id) {
      const session = await store.sessions.find(id);
      if (session) return session;
      throw new ThanadakError('conflict', 'The session has ended. Sign in again.');
    },
    known: (officer, { knownBrowser }) => makeKnown(signer, officer, knownBrowser),
  };
}
