// What the pages of the officers need of the house.
import type { Desk } from '../../desk/desk.js';
import type { OfficeRules } from '../../ports/office.js';
import type { Store } from '../../ports/store.js';
import type { Clock, IdSource, Log } from '../../ports/surroundings.js';
import type { SignIn } from '../../sign-in/sign-in.js';
import type { Views } from './views.js';

export interface WebHouse {
  store: Store;
  desk: Desk;
  clock: Clock;
  ids: IdSource;
  log: Log;
  views: Views;
  /** As it is configured now. */
  rules(): OfficeRules;
  signIn: SignIn;
}
