// What the pages of the officers need of the house.

import type { Desk } from '../../desk/desk.js';
import type { Previews } from '../../desk/previewing.js';
import type { Escalation } from '../../domain/escalation.js';
import type { Actor } from '../../domain/rights.js';
import type { Instant } from '../../domain/time.js';
import type { Charts } from '../../ports/charts.js';
import type { OfficeRules } from '../../ports/office.js';
import type { LetterParts } from '../../ports/reading.js';
import type { Spool } from '../../ports/spool.js';
import type { Store } from '../../ports/store.js';
import type { Clock, IdSource, Log } from '../../ports/surroundings.js';
import type { SignIn } from '../../sign-in/sign-in.js';
import type { Readiness } from '../readiness.js';
import type { Company } from './company.js';
import type { Live } from './live.js';
import type { Views } from './views.js';

/** What keeps the house well, as its pages see and start it. */
export interface Upkeep {
  /** Every check of whether letters can be taken. */
  readiness(): Promise<Readiness>;
  /** When the state that the last backup holds was; null before the first. */
  lastBackupAt(): Promise<Instant | null>;
  /** Begins a backup beside everything else; false where the configuration names no folder. */
  startBackup(): boolean;
  /** What the last verification of the journal found; null before the first since the start. */
  journalVerified(): { at: Instant; findings: number; rows: number } | null;
  isVerifying(): boolean;
  /** Begins one beside everything else, unless one runs. */
  startVerifying(): void;
}

export interface WebHouse {
  store: Store;
  desk: Desk;
  charts: Charts;
  /** What the letters of a deed would be. */
  previews: Previews;
  /** Idempotent. Errors: 'not-found'; 'not-allowed' for an officer who may not answer. */
  acknowledgeEscalation(order: { id: string; actor: Actor }): Promise<Escalation>;
  parts: LetterParts;
  /** Where a filed letter lies, by its path in the archive. */
  pathOf(archivePath: string): string;
  clock: Clock;
  ids: IdSource;
  spool: Pick<Spool, 'list' | 'listHeld' | 'release'>;
  upkeep: Upkeep;
  log: Log;
  views: Views;
  /** What changes while pages are open. */
  live: Live;
  /** Who is at which ticket. */
  company: Company;
  /** As it is configured now. */
  rules(): OfficeRules;
  signIn: SignIn;
}
