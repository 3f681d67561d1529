// What a figure counts, as conditions on `ticket`: the same for counting and for listing what was counted.
import { type RawBuilder, sql } from 'kysely';
import type { Kept } from '../domain/figures.js';
import { isNewestRound, isPending } from './pending-clocks.js';

export type KeptClock = 'acknowledgement' | 'first-action';

/** Of the first round: what a ticket that was opened again owes anew is another duty. */
export function isKept(clock: KeptClock, how: Kept): RawBuilder<boolean> {
  return hasClock(sql<boolean>`clock.name = ${sql.lit(clock)} and clock.round = 1 and ${KEPT_STATE[how]}`);
}

const KEPT_STATE: Record<Kept, RawBuilder<boolean>> = {
  'in-time': sql`clock.state = 'met' and clock.breached_at is null`,
  late: sql`clock.breached_at is not null`,
  open: sql`clock.state in ('running', 'paused')`,
};

export const WAS_BREACHED = hasClock(sql<boolean>`clock.breached_at is not null`);

export const WAS_REOPENED = sql<boolean>`ticket.reopened > 0`;

/** Condition on `clock`, written as its index has it. */
export function isAtRisk(now: string): RawBuilder<boolean> {
  return sql<boolean>`(clock.state = 'running' and clock.risk_at <= ${now} and clock.due_at > ${now} and ${isNewestRound('clock')})`;
}

export function hasClockAtRisk(now: string): RawBuilder<boolean> {
  return hasClock(isAtRisk(now));
}

export function isOverdue(now: string): RawBuilder<boolean> {
  return hasClock(sql<boolean>`clock.due_at < ${now} and ${isPending('clock')}`);
}

/** A plain `exists` is made a join of, and asked of every ticket of a station before its time of receipt is looked at. */
function hasClock(condition: RawBuilder<boolean>): RawBuilder<boolean> {
  return sql<boolean>`(case when exists (
    select 1 from clock where clock.ticket_id = ticket.id and ${condition}
  ) then 1 else 0 end) = 1`;
}
