// The repositories of signing in, and of what an officer keeps for the own desk.
import type { Language } from '../domain/station.js';
import type { Instant } from '../domain/time.js';

/** How an officer proves who it is. */
export interface Credential {
  officer: string;
  /** PHC string of argon2id; null: signs in otherwise. */
  passwordHash: string | null;
  passwordSetAt: Instant | null;
  /** Somebody else chose the password. */
  mustChange: boolean;
  /** The shared secret of RFC 6238, sealed; null: none. */
  totp: { sealed: string; since: Instant } | null;
}

export interface CredentialRepository {
  find(officer: string): Promise<Credential | undefined>;
  setPassword(officer: string, password: { hash: string; at: Instant; mustChange: boolean }): Promise<void>;
  /** `step` is the time step whose code proved that the secret arrived. */
  setTotp(officer: string, totp: { sealed: string; since: Instant; step: number }): Promise<void>;
  /** Forgets the secret and the recovery codes. */
  removeTotp(officer: string): Promise<void>;
  /** Uses a time step; false (and nothing written) when it or a later one was used before. */
  useStep(officer: string, step: number): Promise<boolean>;
  /** In place of all former ones. */
  setRecoveryCodes(officer: string, hashes: readonly string[]): Promise<void>;
  /** False when there is none such; it works once. */
  useRecoveryCode(officer: string, hash: string): Promise<boolean>;
  countRecoveryCodes(officer: string): Promise<number>;
  /** The officer whom the provider `issuer` knows under `subject`. */
  officerOf(identity: ProviderIdentity): Promise<string | undefined>;
  /** Keeps it; an identity once bound stays with its officer. */
  bind(identity: ProviderIdentity, officer: string): Promise<void>;
}

/** `iss` and `sub` of an ID token (OpenID Connect Core 1.0, 2). */
export interface ProviderIdentity {
  issuer: string;
  subject: string;
}

export interface Passkey {
  /** Credential id, base64url. */
  id: string;
  officer: string;
  /** COSE key, base64url. */
  publicKey: string;
  counter: number;
  transports: readonly string[];
  /** As the officer calls it. */
  name: string;
  createdAt: Instant;
  usedAt: Instant | null;
}

export interface PasskeyRepository {
  add(passkey: Passkey): Promise<void>;
  find(id: string): Promise<Passkey | undefined>;
  /** Oldest first. */
  ofOfficer(officer: string): Promise<Passkey[]>;
  used(id: string, use: { counter: number; at: Instant }): Promise<void>;
  /** False when the officer has none such. */
  remove(id: string, officer: string): Promise<boolean>;
}

/** `half`: the password was right, a code is asked. `proven`: it was given too, and a new password is asked. */
export type SessionLevel = 'half' | 'proven' | 'full';
export type SessionWay = 'password' | 'passkey' | 'provider';
export type SessionEnd =
  | 'signed-out'
  | 'revoked'
  | 'raised'
  | 'password-changed'
  | 'second-factor-changed'
  | 'disabled'
  | 'too-many';

export interface Session {
  /** Hash of what the browser holds. */
  id: string;
  officer: string;
  level: SessionLevel;
  way: SessionWay;
  createdAt: Instant;
  seenAt: Instant;
  /** As the browser names itself. */
  userAgent: string;
  endedAt: Instant | null;
  endedWhy: SessionEnd | null;
}

export interface SessionRepository {
  open(session: Session): Promise<void>;
  find(id: string): Promise<Session | undefined>;
  seen(id: string, at: Instant): Promise<void>;
  /** False when it had ended before. */
  end(id: string, end: { at: Instant; why: SessionEnd }): Promise<boolean>;
  /** Ends every open one of the officer but `except`; answers how many. */
  endAll(
    officer: string,
    end: { at: Instant; why: SessionEnd; except?: string | undefined },
  ): Promise<number>;
  /** Not ended, the last seen first; some may be over by their time. */
  openOf(officer: string): Promise<Session[]>;
  /** Forgets what was last seen before this instant. */
  forgetBefore(seenAt: Instant): Promise<void>;
}

/** A list an officer comes back to. */
export interface SavedView {
  id: string;
  officer: string;
  name: string;
  /** As it stands in the address of the list, without `?`. */
  query: string;
  position: number;
}

export interface SavedViewRepository {
  /** Adds, or replaces the one with this id. */
  save(view: SavedView): Promise<void>;
  /** By position. */
  ofOfficer(officer: string): Promise<SavedView[]>;
  /** False when the officer has none such. */
  remove(id: string, officer: string): Promise<boolean>;
}

/** What was typed and not sent. */
export interface Draft {
  officer: string;
  ticketId: string;
  /** Which text of the page: `reply`, `note` … */
  field: string;
  text: string;
  changedAt: Instant;
}

export interface DraftRepository {
  /** In place of what was kept of this field; an empty text removes it. */
  keep(draft: Draft): Promise<void>;
  ofTicket(ticketId: string, officer: string): Promise<Draft[]>;
  remove(draft: Pick<Draft, 'officer' | 'ticketId' | 'field'>): Promise<void>;
}

export interface Preference {
  /** Null: as the browser asks. */
  language: Language | null;
  theme: 'auto' | 'light' | 'dark';
  /** Whether single keys do something. */
  shortcuts: boolean;
}

export interface PreferenceRepository {
  find(officer: string): Promise<Preference>;
  save(officer: string, preference: Preference): Promise<void>;
}
