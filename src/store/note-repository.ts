// Internal remarks of officers.
import type { NoteRepository } from '../ports/desk-store.js';
import type { Bound } from './store.js';

export function noteRepository({ db }: Bound): NoteRepository {
  return {
    async add({ id, ticketId, at, actor, text }) {
      await db.insertInto('note').values({ id, ticket_id: ticketId, at, actor, text }).execute();
    },
    async ofTicket(ticketId) {
      const rows = await db
        .selectFrom('note')
        .selectAll()
        .where('ticket_id', '=', ticketId)
        .orderBy('id')
        .execute();
      return rows.map(({ ticket_id, ...parts }) => ({ ticketId: ticket_id, ...parts }));
    },
  };
}
