// What the pages of the officers need of the house.

import type { Desk } from '../../desk/desk.js';
import type { Escalation } from '../../domain/escalation.js';
import type { Actor } from '../../domain/rights.js';
import type { Charts } from '../../ports/charts.js';
import type { OfficeRules } from '../../ports/office.js';
import type { Store } from '../../ports/store.js';
import type { Clock, IdSource, Log } from '../../ports/surroundings.js';
import type { Sessions } from '../../sign-in/sessions.js';
import type { Views } from './views.js';

export interface WebHouse {
  store: Store;
  desk: Desk;
  charts: Charts;
  /** Errors: 'not-found', 'not-allowed'. */
  acknowledgeEscalation(order: { id: string; actor: Actor }): Promise<Escalation>;
  clock: Clock;
  ids: IdSource;
  log: Log;
  views: Views;
  /** As it is configured now. */
  rules(): OfficeRules;
  sessions: Sessions;
}
