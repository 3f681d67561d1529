// What signing in is built from.
import type { TotpRule } from '../domain/password.js';
import type { Locker, OneTimeCodes, Passkeys, Passwords, Place, Provider } from '../ports/identity.js';
import type { OfficeRules } from '../ports/office.js';
import type { Store } from '../ports/store.js';
import type { Clock, Signer } from '../ports/surroundings.js';
import type { SessionTimes } from './sessions.js';

export interface SignInOptions {
  store: Store;
  clock: Clock;
  rules(): Pick<OfficeRules, 'officers'>;
  times(): SessionTimes;
  totp(): TotpRule;
  passwords: Passwords;
  codes: OneTimeCodes;
  passkeys: Passkeys;
  /** Undefined when none is configured. */
  provider(): Provider | undefined;
  place(): Place;
  locker: Locker;
  signer: Signer;
}

/** Who tries, as far as the request says. */
export interface Client {
  /** IP address. */
  address: string;
  userAgent: string;
  /** What an earlier sign-in left in this browser; empty when nothing did. */
  knownBrowser: string;
}

export type SignedIn = {
  kind: 'signed-in';
  /** For the browser; replaces what it held. */
  token: string;
  officer: string;
  /** What is asked before the pages open; undefined: they are open. */
  next: NextStep | undefined;
};

/** A code of the app, setting one up, or a new password. */
export type NextStep = 'code' | 'enrol' | 'password';

export type Refused = { kind: 'refused' } | { kind: 'too-many' };
