// What the pages of the officers need of the house.

import type { Desk } from '../../desk/desk.js';
import type { Previews } from '../../desk/previewing.js';
import type { Escalation } from '../../domain/escalation.js';
import type { Actor } from '../../domain/rights.js';
import type { Charts } from '../../ports/charts.js';
import type { OfficeRules } from '../../ports/office.js';
import type { LetterParts } from '../../ports/reading.js';
import type { Store } from '../../ports/store.js';
import type { Clock, IdSource, Log } from '../../ports/surroundings.js';
import type { SignIn } from '../../sign-in/sign-in.js';
import type { Company } from './company.js';
import type { Live } from './live.js';
import type { Views } from './views.js';

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
