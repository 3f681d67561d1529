// What residents wrote is erased when its time is over; the files of its letters after the commit.
import { isOver, shortestTerm } from '../domain/retention.js';
import type { Ticket } from '../domain/ticket.js';
import { type Instant, shift } from '../domain/time.js';
import type { TicketLife } from '../ports/desk.js';
import type { OfficeRules } from '../ports/office.js';
import type { Archive } from '../ports/spool.js';
import type { Store } from '../ports/store.js';
import type { Clock } from '../ports/surroundings.js';

export interface RetentionOptions {
  store: Store;
  rules(): OfficeRules;
  life: TicketLife;
  archive: Archive;
  clock: Clock;
  /** False while nobody knows what time it is. */
  isTimeSure?: (() => boolean) | undefined;
}

/** Tickets in a unit of work; others want to write meanwhile. */
const TOGETHER = 20;
const LOOKED_AT = 5_000;

/** Closed tickets whose time is over at `now`, the longest closed first, at most 5000. */
export async function planErasures(
  { store, rules }: Pick<RetentionOptions, 'store' | 'rules'>,
  now: Instant,
): Promise<Ticket[]> {
  const { retention } = rules();
  const term = shortestTerm(retention);
  if (term === null) return [];
  const closed = await store.erasures.closedBefore(shift(now, -term), LOOKED_AT);
  return closed.filter((ticket) => isOver(retention, ticket, now));
}

/** Erases what is over. Resolves to the number of tickets. */
export async function eraseOver(options: RetentionOptions): Promise<number> {
  const { store, life, rules, clock } = options;
  const over = await planErasures(options, clock.now());
  for (let at = 0; at < over.length; at += TOGETHER) {
    await store.transact(async (unit) => {
      for (const { reference } of over.slice(at, at + TOGETHER)) {
        // Somebody may have held it or opened it again meanwhile.
        const ticket = await unit.tickets.find(reference);
        if (ticket && isOver(rules().retention, ticket, unit.now)) await life.erase(unit, ticket);
      }
    });
  }
  return over.length;
}

/** Removes the files of erased letters, also of those that a crash left. */
export async function removeFiles({ store, archive }: RetentionOptions): Promise<void> {
  const paths = await store.erasures.filesToRemove(LOOKED_AT);
  for (const path of paths) {
    await archive.remove(path);
    await store.transact((unit) => unit.erasures.removed(path));
  }
}
