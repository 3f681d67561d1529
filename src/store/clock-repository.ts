// SLA clocks as rows, so that figures are plain queries.
import { sql } from 'kysely';
import type { TicketClock } from '../domain/ticket.js';
import type { ClockRepository } from '../ports/store.js';
import type { Bound } from './store.js';
import type { ClockTable } from './tables.js';

export function clockRepository({ db }: Bound): ClockRepository {
  return {
    async start(ticketId, clock) {
      await db.insertInto('clock').values(rowOf(ticketId, clock)).execute();
    },
    async meet(ticketId, name, at) {
      await db
        .updateTable('clock')
        .set({
          state: 'met',
          met_at: at,
          breached_at: sql`case when due_at < ${at} then coalesce(breached_at, due_at) else breached_at end`,
        })
        .where('ticket_id', '=', ticketId)
        .where('name', '=', name)
        .where('met_at', 'is', null)
        .execute();
    },
    async ofTicket(ticketId) {
      const rows = await db
        .selectFrom('clock')
        .selectAll()
        .where('ticket_id', '=', ticketId)
        .orderBy('name')
        .execute();
      return rows.map(recordOf);
    },
  };
}

function rowOf(ticketId: string, clock: TicketClock): ClockTable {
  return {
    ticket_id: ticketId,
    name: clock.name,
    state: clock.state,
    started_at: clock.startedAt,
    due_at: clock.dueAt,
    met_at: clock.metAt,
    breached_at: clock.breachedAt,
  };
}

function recordOf(row: ClockTable): TicketClock {
  return {
    name: row.name,
    state: row.state,
    startedAt: row.started_at,
    dueAt: row.due_at,
    metAt: row.met_at,
    breachedAt: row.breached_at,
  };
}
