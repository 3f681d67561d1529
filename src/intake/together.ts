// Files letters together in one unit of work.
import type { TicketLife } from '../ports/desk.js';
import type { Store } from '../ports/store.js';
import type { IdSource, Signer } from '../ports/surroundings.js';
import { type Alarm, tellOfUsedUp } from './alarm.js';
import { type Filed, fileLetter, type ReadLetter } from './filing.js';
import type { FilingRules } from './rules.js';

/** What filing is done with. */
export interface FilingOptions {
  store: Store;
  signer: Signer;
  ids: IdSource;
  life: TicketLife;
  rules(): FilingRules;
}

/** What became of letters that were filed together, in their order. */
export interface FiledTogether {
  filed: Filed[];
  /** What the IT cell was told. */
  alarm: Alarm | undefined;
}

/** All of `letters` or none of them. Errors: those of Store.transact, and whatever a letter brings about. */
export async function fileTogether(
  { store, rules, ...tools }: FilingOptions,
  letters: readonly ReadLetter[],
): Promise<FiledTogether> {
  return store.transact(async (unit) => {
    const paused = (await unit.switches.find('acknowledgement')) !== undefined;
    const filing = { ...tools, rules: rules(), paused };
    const filed: Filed[] = [];
    for (const letter of letters) filed.push(await fileLetter(unit, letter, filing));
    return { filed, alarm: await tellOfUsedUp(unit, filed, filing) };
  });
}
