// SLA clocks as rows, so that figures are plain queries.
import { type Kysely, sql } from 'kysely';
import type { ClockName, TicketClock } from '../domain/ticket.js';
import type { DueClock } from '../ports/records.js';
import type { ClockRepository } from '../ports/store.js';
import { isNewestRound } from './pending-clocks.js';
import { insertRows, runStatement } from './statements.js';
import type { Bound } from './store.js';
import type { ClockTable, Tables } from './tables.js';

export function clockRepository(bound: Bound): ClockRepository {
  const { db } = bound;
  return {
    async start(ticketId, clocks) {
      await insertRows(
        db,
        'clock',
        clocks.map((clock) => rowOf(ticketId, clock)),
      );
    },
    async save(ticketId, clock) {
      const { ticket_id, name, round, ...parts } = rowOf(ticketId, clock);
      await db
        .updateTable('clock')
        .set(parts)
        .where('ticket_id', '=', ticket_id)
        .where('name', '=', name)
        .where('round', '=', round)
        .execute();
    },
    async meet(ticketId, name, at) {
      const [row] = await runStatement(db, { name: 'meet clock', parameters: [at, at, ticketId, name] }, () =>
        meeting(db, { ticketId, name, at }),
      );
      // Without a step nobody was told: the usual case, which costs no further statement.
      if (row && row.step > 0) await quietEscalations(bound, { ticketId, name, dueAt: row.due_at, at });
    },
    ...readers(bound),
  };
}

function meeting(
  db: Kysely<Tables>,
  { ticketId, name, at }: { ticketId: string; name: ClockName; at: string },
) {
  return db
    .updateTable('clock')
    .set({
      state: sql.lit('met'),
      met_at: at,
      breached_at: sql`case when due_at < ${at} and state <> 'paused' then coalesce(breached_at, due_at) else breached_at end`,
      next_at: sql.lit(null),
    })
    .where('ticket_id', '=', ticketId)
    .where('name', '=', name)
    .where('met_at', 'is', null)
    .where('state', '<>', sql.lit('lifted'))
    .where(isNewestRound('clock'))
    .returning(['step', 'due_at']);
}

/** Warnings end with what they warned of; the escalation of a breach stays open, and climbs no more. */
async function quietEscalations(
  { db }: Bound,
  { ticketId, name, dueAt, at }: { ticketId: string; name: ClockName; dueAt: string; at: string },
): Promise<void> {
  const open = db
    .updateTable('escalation')
    .where('ticket_id', '=', ticketId)
    .where('clock', '=', name)
    .where('acknowledged_at', 'is', null)
    .where('ended_at', 'is', null);
  await open.set({ ended_at: at, next_at: null }).where('marked_at', '<', dueAt).execute();
  await open.set({ next_at: null }).execute();
}

function readers({ db }: Bound): Pick<ClockRepository, 'ofTicket' | 'ofTickets' | 'due'> {
  return {
    async ofTicket(ticketId) {
      const rows = await db
        .selectFrom('clock')
        .selectAll()
        .where('ticket_id', '=', ticketId)
        .orderBy('name')
        .orderBy('round', 'desc')
        .execute();
      return rows.map(recordOf);
    },
    async ofTickets(ticketIds) {
      if (ticketIds.length === 0) return [];
      const rows = await db
        .selectFrom('clock')
        .selectAll()
        .where('ticket_id', 'in', ticketIds)
        .orderBy('ticket_id')
        .orderBy('name')
        .orderBy('round', 'desc')
        .execute();
      return rows.map(dueClockOf);
    },
    async due(now, limit) {
      const rows = await db
        .selectFrom('clock')
        .selectAll()
        .where('next_at', '<=', now)
        .orderBy('next_at')
        .orderBy('ticket_id')
        .orderBy('name')
        .orderBy('round')
        .limit(sql.lit(limit))
        .execute();
      return rows.map(dueClockOf);
    },
  };
}

function rowOf(ticketId: string, clock: TicketClock): ClockTable {
  return {
    ticket_id: ticketId,
    name: clock.name,
    round: clock.round,
    state: clock.state,
    started_at: clock.startedAt,
    due_at: clock.dueAt,
    risk_at: clock.riskAt,
    met_at: clock.metAt,
    breached_at: clock.breachedAt,
    plan: JSON.stringify(clock.plan),
    step: clock.step,
    next_at: clock.nextAt,
  };
}

export function dueClockOf(row: ClockTable): DueClock {
  return { ticketId: row.ticket_id, clock: recordOf(row) };
}

function recordOf(row: ClockTable): TicketClock {
  return {
    name: row.name,
    round: row.round,
    state: row.state,
    startedAt: row.started_at,
    dueAt: row.due_at,
    riskAt: row.risk_at,
    metAt: row.met_at,
    breachedAt: row.breached_at,
    plan: JSON.parse(row.plan) as TicketClock['plan'],
    step: row.step,
    nextAt: row.next_at,
  };
}
