// The journal: rows are added, never changed.
import type { JournalRepository } from '../ports/store.js';
import { insertRow } from './statements.js';
import type { Bound } from './store.js';

export function journalRepository({ db, ids, now }: Bound): JournalRepository {
  return {
    async write(ticketId, entry) {
      const detail = JSON.stringify(entry.detail);
      await insertRow(db, 'journal', {
        id: ids.next(),
        ticket_id: ticketId,
        at: now(),
        actor: entry.actor,
        event: entry.event,
        detail,
      });
    },
    async ofTicket(ticketId) {
      const rows = await db
        .selectFrom('journal')
        .selectAll()
        .where('ticket_id', '=', ticketId)
        .orderBy('number')
        .execute();
      return rows.map((row) => ({
        id: row.id,
        at: row.at,
        actor: row.actor,
        event: row.event,
        detail: JSON.parse(row.detail) as Record<string, unknown>,
      }));
    },
  };
}
