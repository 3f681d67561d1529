// Finds letters about the same matter: each ticket is marked once, soon after it was opened and never while it is
// filed, and held against the few that share a mark with it.
import { MATTER_WINDOW_MS } from '../domain/same-matter.js';
import { shift } from '../domain/time.js';
import type { Store } from '../ports/store.js';
import type { Clock, Log } from '../ports/surroundings.js';
import { type Found, findAlike } from './alike.js';
import { type Marked, readMarks, scopeOf } from './marking.js';

export interface MattersOptions {
  store: Store;
  timeZone(): string;
  clock: Clock;
  log: Log;
  /** Letters stream in: they have the right of way. */
  isBusy(): boolean;
}

export interface MattersDone {
  /** Tickets looked at. */
  marked: number;
  /** Of them those for which an earlier one is suggested. */
  suggested: number;
  /** Pairs of marks compared. */
  compared: number;
}

export interface Matters {
  /**
   * One pass over tickets not looked at yet, at most `MOST_A_PASS`. Passes never overlap. Rejects with StorageBroken, or
   * when the store could not be asked (try again).
   */
  pass(): Promise<MattersDone>;
}

export const MOST_A_PASS = 1_000;
const MOST_WHILE_BUSY = 100;
/** Tickets of one unit of work: filing waits meanwhile. */
const ROUND = 10;
const DAY_MS = 86_400_000;
/** A file or number known for longer is somebody's mark, not an incident. */
const KEPT_MS = 10 * DAY_MS;
const FORGOTTEN_A_PASS = 5_000;

export function createMatters(options: MattersOptions): Matters {
  let last: Promise<unknown> = Promise.resolve();
  return {
    pass() {
      const next = last.then(
        () => pass(options),
        () => pass(options),
      );
      last = next.catch(() => undefined);
      return next;
    },
  };
}

async function pass({ store, timeZone, clock, log, isBusy }: MattersOptions): Promise<MattersDone> {
  const done: MattersDone = { marked: 0, suggested: 0, compared: 0 };
  const since = shift(clock.now(), -MATTER_WINDOW_MS);
  // Asked once a pass: those looked at already are walked over each time.
  const ids = await store.matters.unmarked(since, isBusy() ? MOST_WHILE_BUSY : MOST_A_PASS);
  for (let from = 0; from < ids.length; from += ROUND) {
    const tickets: Marked[] = [];
    for (const id of ids.slice(from, from + ROUND))
      tickets.push(...(await readMarks({ store, log, timeZone: timeZone() }, id)));
    for (const found of await markAll(store, tickets)) count(done, found);
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (done.marked > 0) {
    const before = shift(clock.now(), -KEPT_MS);
    await store.transact((unit) => unit.matters.forgetBefore(before, FORGOTTEN_A_PASS));
  }
  return done;
}

/** In one unit of work, each held against those before it. */
function markAll(store: Store, tickets: readonly Marked[]): Promise<Found[]> {
  return store.transact(async (unit) => {
    const results: Found[] = [];
    for (const { ticket, marks } of tickets) {
      const scope = scopeOf(ticket);
      const found = await findAlike(unit, { ticket, marks, scope });
      const { headId, keys, alike } = found;
      const { id: ticketId, receivedAt } = ticket;
      // Another process may have looked at it since.
      if (!(await unit.matters.mark({ ticketId, scope, headId, marks, receivedAt, keys }))) continue;
      for (const { other, likeness } of alike) {
        const pair = { ticketId, headId: other, ...likeness };
        await unit.matters.suggest({ ...pair, state: 'suggested', at: unit.now, actor: null });
      }
      results.push(found);
    }
    return results;
  });
}

function count(done: MattersDone, { alike, compared }: Found): void {
  done.marked += 1;
  done.compared += compared;
  if (alike.length > 0) done.suggested += 1;
}
