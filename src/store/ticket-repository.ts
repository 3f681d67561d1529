// Tickets, their numbers, changes and links.
import { sql } from 'kysely';
import type { TicketRepository } from '../ports/store.js';
import { insertRow, runStatement } from './statements.js';
import type { Bound } from './store.js';
import { IS_UNCLOSED, NOT_PUT_AWAY } from './ticket-conditions.js';
import { countFound, listTickets } from './ticket-list.js';
import { changedRowOf, recordOf, rowOf } from './ticket-row.js';
import { countTickets, countViews } from './ticket-views.js';

export function ticketRepository(bound: Bound): TicketRepository {
  const { db } = bound;
  return {
    async nextNumber(station, year) {
      const asked = { name: 'next ticket number', parameters: [station, year] };
      const [row] = await runStatement(db, asked, () =>
        db
          .insertInto('counter')
          .values({ station, year, value: sql.lit(1) })
          .onConflict((oc) => oc.columns(['station', 'year']).doUpdateSet({ value: sql`counter.value + 1` }))
          .returning('value'),
      );
      if (!row) throw new TypeError(`No number was given for ${station}.`);
      return row.value;
    },
    async open(ticket) {
      await insertRow(db, 'ticket', rowOf(ticket));
    },
    ...readers(bound),
    ...lists(bound),
    ...changes(bound),
    ...links(bound),
  };
}

function readers({
  db,
}: Bound): Pick<TicketRepository, 'find' | 'findById' | 'withIds' | 'findSaying' | 'mergedInto'> {
  return {
    async find(reference) {
      const [row] = await runStatement(db, { name: 'ticket by reference', parameters: [reference] }, () =>
        db.selectFrom('ticket').selectAll().where('reference', '=', reference),
      );
      return row && recordOf(row);
    },
    async findById(id) {
      const row = await db.selectFrom('ticket').selectAll().where('id', '=', id).executeTakeFirst();
      return row && recordOf(row);
    },
    async withIds(ids) {
      if (ids.length === 0) return [];
      const rows = await db.selectFrom('ticket').selectAll().where('id', 'in', ids).execute();
      return rows.map(recordOf);
    },
    async findSaying(mark, { station, since }) {
      const asked = { name: 'newest ticket saying', parameters: [mark, station, since] };
      const [row] = await runStatement(db, asked, () =>
        db
          .selectFrom('ticket')
          .selectAll()
          .where('text_mark', '=', mark)
          .where('station', '=', station)
          .where('received_at', '>=', since)
          .where(IS_UNCLOSED)
          .where(NOT_PUT_AWAY)
          // The plus keeps the engine from walking all tickets of the station for the sake of the order.
          .orderBy(sql`+id`, 'desc')
          .limit(sql.lit(1)),
      );
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
  };
}

function lists(bound: Bound): Pick<TicketRepository, 'list' | 'count' | 'counts' | 'countViews'> {
  return {
    list: (filter) => listTickets(bound, filter),
    count: (filter) => countFound(bound, filter),
    counts: (now) => countTickets(bound, now),
    countViews: (asked) => countViews(bound, asked),
  };
}

function changes({ db }: Bound): Pick<TicketRepository, 'setAcknowledged' | 'change' | 'countDeed'> {
  return {
    async setAcknowledged(ticketId, at) {
      await runStatement(db, { name: 'acknowledge ticket', parameters: [at, ticketId] }, () =>
        db
          .updateTable('ticket')
          .set({ acknowledged_at: at })
          .where('id', '=', ticketId)
          .where('acknowledged_at', 'is', null),
      );
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
