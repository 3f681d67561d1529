// What comes in from outside so that tests are exact: time, identity, the log, the meter.
import type { Instant } from '../domain/time.js';

export interface Clock {
  now(): Instant;
}

export interface IdSource {
  /** A new id: 26 characters, unique, sorts by the time it was made. */
  next(): string;
}

export type LogFields = Record<string, unknown>;

/** One JSON line a call. Never an address, a subject or a text of a resident, unless the operator asked for it. */
export interface Log {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
}

/** Counts and measures. Names without the `thanadak_` prefix; labels of few values, never addresses. */
export interface Meter {
  count(name: string, labels?: Record<string, string>): void;
  /** Seconds. */
  observe(name: string, seconds: number): void;
}

/**
 * Makes and checks short message authentication codes with the installation's own key.
 * `purpose` keeps the code of one use from being valid in another.
 */
export interface Signer {
  /** 26 lower-case base32 characters (130 bits of HMAC-SHA256). */
  sign(purpose: string, text: string): string;
  /** Constant time; false for anything malformed. */
  verify(purpose: string, text: string, code: string): boolean;
}

/** Signs with a key whose public half anybody may have (Ed25519), so that others can check what was signed. */
export interface Sealer {
  /** 16 hex digits that name the key. */
  keyId: string;
  /** SPKI, PEM. */
  publicKey: string;
  /** Base64. */
  seal(text: string): string;
  judge(sealed: { keyId: string; text: string; signature: string }): 'good' | 'bad' | 'unknown-key';
}
