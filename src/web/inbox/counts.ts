// How many tickets each view holds, counted at most once for every change.
import type { Store } from '../../ports/store.js';
import type { Visit } from '../frame/route.js';
import { filterOf, readQuery, type View } from './list-query.js';

export const COUNTED = [
  'mine',
  'unowned',
  'soon',
  'overdue',
  'look',
  'waiting',
  'held',
  'junk',
  'open',
] as const satisfies readonly View[];
export type Counts = Readonly<Record<(typeof COUNTED)[number], number>>;

/** Beyond this a count says only that it is beyond. */
export const COUNTED_TO = 1_000;
/** Deadlines pass without anything being written. */
const STALE_MS = 15_000;

export interface Counting {
  of(visit: Pick<Visit, 'officer' | 'scope' | 'now'>): Promise<Counts>;
}

interface Known {
  mark: number;
  at: number;
  counts: Promise<Counts>;
}

/** What one officer's scope was counted to is nobody else's: the key is the officer. */
export function createCounting(store: Pick<Store, 'tickets' | 'changeMark'>): Counting {
  const known = new Map<string, Known>();
  return {
    of(visit) {
      const mark = store.changeMark();
      const at = Date.parse(visit.now);
      const key = JSON.stringify([visit.officer.id, visit.scope]);
      const before = known.get(key);
      if (before?.mark === mark && Math.abs(at - before.at) < STALE_MS) return before.counts;
      const counts = count(store, visit);
      if (known.size > 1_000) known.clear();
      known.set(key, { mark, at, counts });
      counts.catch(() => known.delete(key));
      return counts;
    },
  };
}

async function count(
  { tickets }: Pick<Store, 'tickets'>,
  { officer, scope, now }: Pick<Visit, 'officer' | 'scope' | 'now'>,
): Promise<Counts> {
  const asking = { officer: officer.id, now, scope, limit: COUNTED_TO };
  const counted = await Promise.all(
    COUNTED.map(async (view) => {
      const { sort: _, ...filter } = filterOf(readQuery({ view }, 'open'), asking);
      return [view, await tickets.count(filter)] as const;
    }),
  );
  return Object.fromEntries(counted) as Counts;
}
