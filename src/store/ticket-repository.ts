// Tickets, their numbers, changes and links.
import { sql } from 'kysely';
import type { TicketRepository } from '../ports/store.js';
import { insertRow } from './statements.js';
import type { Bound } from './store.js';
import { NOT_PUT_AWAY } from './ticket-conditions.js';
import { listTickets } from './ticket-list.js';
import { changedRowOf, recordOf, rowOf } from './ticket-row.js';
import { countTickets, countViews } from './ticket-views.js';

export function ticketRepository(bound: Bound): TicketRepository {
  const { db } = bound;
  return {
    async nextNumber(station, year) {
      const row = await db
        .insertInto('counter')
        .values({ station, year, value: 1 })
        .onConflict((oc) => oc.columns(['station', 'year']).doUpdateSet({ value: sql`counter.value + 1` }))
        .returning('value')
        .executeTakeFirstOrThrow();
      return row.value;
    },
    async open(ticket) {
      await insertRow(db, 'ticket', rowOf(ticket));
    },
    ...readers(bound),
    ...changes(bound),
    ...links(bound),
  };
}

function readers(
  bound: Bound,
): Pick<
  TicketRepository,
  'find' | 'findById' | 'list' | 'findSaying' | 'mergedInto' | 'counts' | 'countViews'
> {
  const { db } = bound;
  return {
    async find(reference) {
      const row = await db
        .selectFrom('ticket')
        .selectAll()
        .where('reference', '=', reference)
        .executeTakeFirst();
      return row && recordOf(row);
    },
    async findById(id) {
      const row = await db.selectFrom('ticket').selectAll().where('id', '=', id).executeTakeFirst();
      return row && recordOf(row);
    },
    list: (filter) => listTickets(bound, filter),
    async findSaying(mark, { station, since }) {
      const row = await db
        .selectFrom('ticket')
        .selectAll()
        .where('text_mark', '=', mark)
        .where('station', '=', station)
        .where('received_at', '>=', since)
        .where('state', 'in', ['new', 'open', 'waiting'])
        .where(NOT_PUT_AWAY)
        .orderBy('id', 'desc')
        .limit(sql.lit(1))
        .executeTakeFirst();
      return row && recordOf(row);
    },
    async mergedInto(reference) {
      const rows = await db
        .selectFrom('ticket')
        .selectAll()
        .where('merged_into', '=', reference)
        .orderBy('id')
        .execute();
      return rows.map(recordOf);
    },
    counts: (now) => countTickets(bound, now),
    countViews: (asked) => countViews(bound, asked),
  };
}

function changes({ db }: Bound): Pick<TicketRepository, 'setAcknowledged' | 'change' | 'countDeed'> {
  return {
    async setAcknowledged(ticketId, at) {
      await db
        .updateTable('ticket')
        .set({ acknowledged_at: at })
        .where('id', '=', ticketId)
        .where('acknowledged_at', 'is', null)
        .execute();
    },
    async change(ticketId, change) {
      const row = changedRowOf(change);
      if (Object.values(row).every((value) => value === undefined)) return;
      await db.updateTable('ticket').set(row).where('id', '=', ticketId).execute();
    },
    async countDeed(ticketId, seen) {
      const row = await db
        .updateTable('ticket')
        .set({ version: seen.version + 1, changed_at: seen.at })
        .where('id', '=', ticketId)
        .where('version', '=', seen.version)
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}

function links({ db }: Bound): Pick<TicketRepository, 'link' | 'unlink' | 'linkedTo'> {
  const bothWays = (one: string, other: string) => [
    { ticket_id: one, other_id: other },
    { ticket_id: other, other_id: one },
  ];
  return {
    async link(ticketId, otherId) {
      await db
        .insertInto('ticket_link')
        .values(bothWays(ticketId, otherId))
        .onConflict((oc) => oc.doNothing())
        .execute();
    },
    async unlink(ticketId, otherId) {
      for (const pair of bothWays(ticketId, otherId)) {
        await db
          .deleteFrom('ticket_link')
          .where('ticket_id', '=', pair.ticket_id)
          .where('other_id', '=', pair.other_id)
          .execute();
      }
    },
    async linkedTo(ticketId) {
      const rows = await db
        .selectFrom('ticket_link')
        .innerJoin('ticket', 'ticket.id', 'ticket_link.other_id')
        .select('ticket.reference')
        .where('ticket_link.ticket_id', '=', ticketId)
        .orderBy('ticket.id')
        .execute();
      return rows.map((row) => row.reference);
    },
  };
}
