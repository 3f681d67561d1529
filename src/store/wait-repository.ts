// Times in which tickets wait for a resident or an agency.
import { sql } from 'kysely';
import type { Wait } from '../domain/ticket.js';
import type { WaitRepository } from '../ports/desk-store.js';
import type { Bound } from './store.js';
import type { WaitTable } from './tables.js';

export function waitRepository({ db }: Bound): WaitRepository {
  return {
    async begin(wait) {
      await db.insertInto('wait').values(rowOf(wait)).execute();
    },
    async save(wait) {
      const { id, ...parts } = rowOf(wait);
      await db.updateTable('wait').set(parts).where('id', '=', id).execute();
    },
    async ofTicket(ticketId) {
      const rows = await db
        .selectFrom('wait')
        .selectAll()
        .where('ticket_id', '=', ticketId)
        .orderBy('id')
        .execute();
      return rows.map(recordOf);
    },
    async due(now, limit) {
      const rows = await db
        .selectFrom('wait')
        .selectAll()
        .where('next_at', '<=', now)
        .orderBy('next_at')
        .orderBy('id')
        .limit(sql.lit(limit))
        .execute();
      return rows.map(recordOf);
    },
  };
}

function rowOf(wait: Wait): WaitTable {
  return {
    id: wait.id,
    ticket_id: wait.ticketId,
    waiting_for: wait.for,
    started_at: wait.startedAt,
    until: wait.until,
    ended_at: wait.endedAt,
    reminded_at: wait.remindedAt,
    next_at: wait.nextAt,
  };
}

function recordOf(row: WaitTable): Wait {
  return {
    id: row.id,
    ticketId: row.ticket_id,
    for: row.waiting_for,
    startedAt: row.started_at,
    until: row.until,
    endedAt: row.ended_at,
    remindedAt: row.reminded_at,
    nextAt: row.next_at,
  };
}
