// What signing in asks of the outside: hashes of passwords, codes of authenticator apps, passkeys, a provider, a lock.
import type { Instant } from '../domain/time.js';
import type { Passkey, ProviderIdentity } from './sign-in.js';

export interface Passwords {
  /** PHC string. Errors: 'unavailable' when too many wait. */
  hash(password: string): Promise<string>;
  /**
   * Whether it is the password of `hash`. Without a hash the answer is no, and takes as long. Errors: 'unavailable' when
   * too many wait.
   */
  verify(hash: string | null, password: string): Promise<boolean>;
  /** Whether the hash was made with weaker parameters than today's. */
  isOutdated(hash: string): boolean;
}

/** Codes of authenticator apps: six digits, half a minute, SHA-1 (RFC 6238), which every app understands. */
export interface OneTimeCodes {
  /** 160 random bits, base32. */
  newSecret(): string;
  /** The time step whose code this is, at most one away from now; undefined for a wrong one. */
  stepOf(secret: string, code: string, now: Instant): number | undefined;
  /** `otpauth://` address, and the same as the dark squares of a QR code, row by row. */
  enrolment(secret: string, officer: string): { uri: string; squares: boolean[][] };
}

/** Where the pages are: origin and host to which passkeys are bound (Web Authentication Level 3). */
export interface Place {
  origin: string;
  host: string;
}

export interface Passkeys {
  /** What the browser needs to make one; JSON for navigator.credentials.create. */
  registration(from: {
    place: Place;
    challenge: string;
    officer: { id: string; name: string };
    known: readonly Passkey[];
  }): Promise<object>;
  /** The new passkey; undefined when the answer does not fit. `response` is what the browser sent, unchecked. */
  registered(from: {
    place: Place;
    challenge: string;
    response: unknown;
  }): Promise<Pick<Passkey, 'id' | 'publicKey' | 'counter' | 'transports'> | undefined>;
  /** What the browser needs to use one, whoever it belongs to. */
  authentication(from: { place: Place; challenge: string }): Promise<object>;
  /** Its counter from now on; undefined when the signature is wrong or the person was not verified. */
  authenticated(from: {
    place: Place;
    challenge: string;
    response: unknown;
    passkey: Passkey;
  }): Promise<{ counter: number } | undefined>;
  /** Id of the passkey and challenge an answer claims; undefined when it is none. */
  claimed(response: unknown): { id: string; challenge: string } | undefined;
}

/** Secrets of one way to the provider and back; they stay with the browser, sealed. */
export interface ProviderTrip {
  state: string;
  nonce: string;
  verifier: string;
}

export interface ProviderAnswer extends ProviderIdentity {
  /** Only when the provider says that it verified it. */
  address: string | null;
  /** Whether the provider asked for more than one factor (`amr` of RFC 8176). */
  isStrong: boolean;
}

/** A provider of OpenID Connect: authorization code with PKCE (RFC 7636). */
export interface Provider {
  /** As people call it. */
  name: string;
  /** Errors: 'unavailable' when the provider does not answer. */
  begin(redirectUri: string): Promise<{ url: string; trip: ProviderTrip }>;
  /** `url` is the whole address it sent the browser back to. Errors: 'refused' for an answer that is not good. */
  finish(url: string, trip: ProviderTrip): Promise<ProviderAnswer>;
}

/** Keeps short texts so that only this installation can read them. */
export interface Locker {
  /** `purpose` keeps what is locked for one use from being opened for another. */
  lock(purpose: string, text: string): string;
  /** Undefined for anything that was not locked here for this purpose. */
  unlock(purpose: string, locked: string): string | undefined;
}
