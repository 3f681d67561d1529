// Earlier tickets that a ticket is like: looked up by its keys, compared with few, however many there are.
import {
  type Likeness,
  likeness,
  MATTER_WINDOW_MS,
  type MatterMarks,
  matterKeys,
  mayBeNear,
} from '../domain/same-matter.js';
import type { Ticket } from '../domain/ticket.js';
import { shift } from '../domain/time.js';
import type { Candidate } from '../ports/matters.js';
import type { UnitOfWork } from '../ports/store.js';
import { scopeOf } from './marking.js';

export interface Alike {
  other: string;
  likeness: Likeness;
}

export interface Found {
  /** The first ticket of its matter: itself when it is like none. */
  headId: string;
  keys: string[];
  alike: Alike[];
  compared: number;
}

interface Asking {
  ticket: Ticket;
  marks: MatterMarks | null;
  scope: string;
}

/** However many share a key, so many of the newest are looked at. */
const LOOKED_AT = { strong: 8, weak: 16 };
/** Comparisons for one ticket. */
export const MOST_COMPARED = 40;
/** Of those with one head, besides the head itself. */
const MOST_OF_ONE = 2;
const MOST_ALIKE = 3;

/** The likest first. A storm of letters alike has one head, and each of them is compared with that one. */
export async function findAlike(unit: UnitOfWork, asking: Asking): Promise<Found> {
  const { ticket, marks, scope } = asking;
  if (marks === null) return { headId: ticket.id, keys: [], alike: [], compared: 0 };
  const keys = matterKeys(marks);
  const candidates = await candidatesFor(unit, { marks, scope }, keys);
  const found = await compareAll(unit, asking, candidates);
  return { ...found, keys: [...keys.strong, ...keys.weak] };
}

async function candidatesFor(
  unit: UnitOfWork,
  { marks, scope }: { marks: MatterMarks; scope: string },
  keys: ReturnType<typeof matterKeys>,
): Promise<Map<string, Set<string>>> {
  const since = shift(marks.receivedAt, -MATTER_WINDOW_MS);
  const byHead = new Map<string, Set<string>>();
  for (const key of keys.strong) {
    if (await unit.matters.isOld(key, { scope, before: since })) continue;
    gather(byHead, await unit.matters.candidates(key, { scope, since, limit: LOOKED_AT.strong }));
  }
  for (const key of keys.weak) {
    const found = await unit.matters.candidates(key, { scope, since, limit: LOOKED_AT.weak });
    const near = key.startsWith('band') ? found.filter((one) => mayBeNear(one.near, marks.text.near)) : found;
    gather(byHead, near);
  }
  return byHead;
}

function gather(byHead: Map<string, Set<string>>, candidates: readonly Candidate[]): void {
  for (const { headId, ticketId } of candidates) {
    const members = byHead.get(headId) ?? new Set();
    byHead.set(headId, members);
    if (members.size < MOST_OF_ONE) members.add(ticketId);
  }
}

async function compareAll(
  unit: UnitOfWork,
  asking: Asking,
  byHead: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<Omit<Found, 'keys'>> {
  const alike: (Alike & { head: string })[] = [];
  const budget = { left: MOST_COMPARED };
  for (const [head, members] of byHead) {
    const found = await firstAlike(unit, asking, { others: new Set([head, ...members]), budget });
    if (found) alike.push({ ...found, head });
  }
  alike.sort((a, b) => b.likeness.score - a.likeness.score);
  const compared = MOST_COMPARED - budget.left;
  return { headId: alike[0]?.head ?? asking.ticket.id, alike: alike.slice(0, MOST_ALIKE), compared };
}

async function firstAlike(
  unit: UnitOfWork,
  { ticket, marks, scope }: Asking,
  { others, budget }: { others: ReadonlySet<string>; budget: { left: number } },
): Promise<Alike | undefined> {
  for (const other of others) {
    if (other === ticket.id || budget.left === 0) continue;
    const theirs = await unit.matters.marksOf(other);
    if (!theirs || !marks) continue;
    budget.left -= 1;
    const like = likeness(theirs, marks);
    if (like && (await isOpenTo(unit, other, scope))) return { other, likeness: like };
  }
  return undefined;
}

/** It may have been restricted, transferred or merged since it was marked. */
async function isOpenTo(unit: UnitOfWork, ticketId: string, scope: string): Promise<boolean> {
  const other = await unit.tickets.findById(ticketId);
  return other !== undefined && other.state !== 'merged' && scopeOf(other) === scope;
}
