// A letter: the raw bytes received, and the envelope they came in (RFC 5321).
import type { Instant } from './time.js';

/** Sender, recipients and client of one SMTP transaction. Nothing in it is trusted. */
export interface Envelope {
  /** MAIL FROM as given; empty for the null sender `<>`. */
  from: string;
  /** Accepted RCPT TO addresses, as given. */
  to: string[];
  client: {
    /** IP address of the client; of the original one when a trusted relay told us by XFORWARD. */
    address: string;
    /** What the client called itself in HELO/EHLO/LHLO. */
    name: string;
    /** IP address of the trusted relay that handed the letter over, when there was one. */
    relay: string | null;
  };
  /** SMTP, ESMTP, ESMTPS, LMTP … (RFC 3848). */
  protocol: string;
  /** TLS version and cipher of the connection, null in clear text. */
  tls: string | null;
}

/** A letter kept in the spool: accepted by us, not yet filed. */
export interface SpooledLetter {
  id: string;
  envelope: Envelope;
  /** When the last byte was here; every clock starts at this instant (IT Act s.13). */
  receivedAt: Instant;
  bytes: number;
  /** SHA-256 of exactly the received bytes, lower-case hex. */
  sha256: string;
  /** Body held a bare CR or bare LF (SMTP smuggling sign); the bytes are kept as they came. */
  bareNewlines: boolean;
}

/** Why a filed letter opened no ticket: a robot's, about a letter of ours or none; or a letter of ours come back. */
export type Parking = 'unmatched-report' | 'unreadable-report' | 'absence' | 'own-letter';

/** A letter set aside: kept, and a person must look. */
export interface HeldLetter extends SpooledLetter {
  problem: string;
  heldAt: Instant;
}
