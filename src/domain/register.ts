// The register of electronic information (BNSS s.173(1)(ii)): what came by mail, whether it was signed, what was decided.
import type { Instant } from './time.js';

/** How the informant's signature came. */
export const SIGNATURE_WAYS = ['at-station', 'e-signature', 'at-home'] as const;
export type SignatureWay = (typeof SIGNATURE_WAYS)[number];

/** What an officer in charge can decide on day three (Soya v State of Kerala, 2025:KER:44462): never just nothing. */
export const DECISIONS = ['fir', 'enquiry', 'note'] as const;
export type Decision = (typeof DECISIONS)[number];

export interface Information {
  ticketId: string;
  station: string;
  /** Year of registration and number in the register of the station. */
  year: number;
  serial: number;
  receivedAt: Instant;
  registeredAt: Instant;
  /** Id of the officer who took it as information of a cognizable offence. */
  registeredBy: string;
  /** The substance, in the officer's words. */
  substance: string;
  signedAt: Instant | null;
  signedHow: SignatureWay | null;
  /** Id of the officer before whom it was signed. */
  signedBefore: string | null;
  decision: Decision | null;
  /** The reason, the FIR or GD number, or the end of the enquiry. */
  decisionText: string | null;
  decidedAt: Instant | null;
  decidedBy: string | null;
}
