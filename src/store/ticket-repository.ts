// Tickets, their numbers and links.
import { type SelectQueryBuilder, sql } from 'kysely';
import { addressKey } from '../domain/address.js';
import { searchTokens } from '../domain/search-words.js';
import type { Language } from '../domain/station.js';
import type { Ticket } from '../domain/ticket.js';
import type { TicketFilter, TicketRepository } from '../ports/store.js';
import type { Bound } from './store.js';
import type { Tables, TicketTable } from './tables.js';

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
      await db.insertInto('ticket').values(rowOf(ticket)).execute();
    },
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
    ...links(bound),
    async setAcknowledged(ticketId, at) {
      await db
        .updateTable('ticket')
        .set({ acknowledged_at: at })
        .where('id', '=', ticketId)
        .where('acknowledged_at', 'is', null)
        .execute();
    },
    counts: (now) => countTickets(bound, now),
  };
}

function links({ db }: Bound): Pick<TicketRepository, 'link' | 'linkedTo'> {
  return {
    async link(ticketId, otherId) {
      const pairs = [
        { ticket_id: ticketId, other_id: otherId },
        { ticket_id: otherId, other_id: ticketId },
      ];
      await db
        .insertInto('ticket_link')
        .values(pairs)
        .onConflict((oc) => oc.doNothing())
        .execute();
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

async function listTickets({ db, engine, now }: Bound, filter: TicketFilter): Promise<Ticket[]> {
  let query = db.selectFrom('ticket').selectAll().orderBy('ticket.id', 'desc').limit(filter.limit);
  if (filter.station) query = query.where('station', '=', filter.station);
  if (filter.state) query = query.where('state', '=', filter.state);
  if (filter.urgency) query = query.where('urgency', '=', filter.urgency);
  if (filter.overdue) query = query.where('ticket.id', 'in', overdueTicketIds(db, now()));
  if (filter.after) {
    query = query.where(
      'ticket.id',
      '<',
      db.selectFrom('ticket').select('id').where('reference', '=', filter.after),
    );
  }
  if (filter.search !== undefined) query = withWords(query, { db, engine }, filter.search);
  return (await query.execute()).map(recordOf);
}

type TicketQuery = SelectQueryBuilder<Tables, 'ticket', TicketTable>;

function withWords(
  query: TicketQuery,
  { db, engine }: Pick<Bound, 'db' | 'engine'>,
  search: string,
): TicketQuery {
  const tokens = searchTokens(search);
  if (tokens.length === 0) return query.where(sql<boolean>`1 = 0`);
  const found = db.selectFrom('message').select('message.ticket_id').where(engine.holdsWords(tokens));
  return query.where('ticket.id', 'in', found);
}

function overdueTicketIds(db: Bound['db'], now: string) {
  return db.selectFrom('clock').select('ticket_id').where('met_at', 'is', null).where('due_at', '<', now);
}

async function countTickets({ db }: Bound, now: string): Promise<{ open: number; overdue: number }> {
  const unclosed = sql<'new'>`('new', 'open', 'waiting')`;
  const row = await db
    .selectNoFrom((eb) => [
      eb
        .selectFrom('ticket')
        .select((e) => e.fn.countAll<number>().as('n'))
        .where('state', 'in', unclosed)
        .as('open'),
      eb
        .selectFrom('ticket')
        .select((e) => e.fn.countAll<number>().as('n'))
        .where('state', 'in', unclosed)
        .where('id', 'in', overdueTicketIds(db, now))
        .as('overdue'),
    ])
    .executeTakeFirstOrThrow();
  return { open: Number(row.open), overdue: Number(row.overdue) };
}

function rowOf(ticket: Ticket): TicketTable {
  return {
    id: ticket.id,
    reference: ticket.reference,
    station: ticket.station,
    state: ticket.state,
    urgency: ticket.urgency,
    category: ticket.category,
    languages: ticket.languages.join(' '),
    subject: ticket.subject,
    resident_address: ticket.resident.address,
    resident_key: addressKey(ticket.resident.address),
    resident_name: ticket.resident.name,
    verdict: ticket.resident.verdict,
    received_at: ticket.receivedAt,
    acknowledged_at: ticket.acknowledgedAt,
    officer: ticket.officer,
  };
}

function recordOf(row: TicketTable): Ticket {
  const languages = row.languages.split(' ') as Language[];
  return {
    id: row.id,
    reference: row.reference,
    station: row.station,
    state: row.state,
    urgency: row.urgency,
    category: row.category,
    language: languages[0] ?? 'en',
    languages,
    subject: row.subject,
    resident: { address: row.resident_address, name: row.resident_name, verdict: row.verdict },
    receivedAt: row.received_at,
    acknowledgedAt: row.acknowledged_at,
    officer: row.officer,
  };
}
