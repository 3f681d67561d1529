// Matters: what is kept of letters to find others about the same, what was suggested, parents and children.
import { sql } from 'kysely';
import type { MatterMarks } from '../domain/same-matter.js';
import type { MatterRepository } from '../ports/matters.js';
import { matterSuggestions } from './matter-suggestions.js';
import type { MatterMarkTable } from './matter-tables.js';
import { statement } from './statements.js';
import type { Bound } from './store.js';
import { recordOf } from './ticket-row.js';

export function matterRepository(bound: Bound): MatterRepository {
  return {
    ...marking(bound),
    ...marks(bound),
    ...lookups(bound),
    ...matterSuggestions(bound),
    ...families(bound),
  };
}

function marking({ db }: Bound): Pick<MatterRepository, 'mark'> {
  return {
    async mark({ ticketId, scope, headId, marks, receivedAt, keys }) {
      const written = await db
        .insertInto('matter_mark')
        .values({
          ticket_id: ticketId,
          received_at: receivedAt,
          head_id: headId,
          near: marks?.text.near ?? null,
          marks: JSON.stringify(marks),
        })
        .onConflict((oc) => oc.doNothing())
        .returning('ticket_id')
        .executeTakeFirst();
      if (!written) return false;
      const rows = keys.map((key) => ({ key, scope, received_at: receivedAt, ticket_id: ticketId }));
      if (rows.length > 0) {
        await db
          .insertInto('matter_key')
          .values(rows)
          .onConflict((oc) => oc.doNothing())
          .execute();
      }
      return true;
    },
  };
}

function marks({ db }: Bound): Pick<MatterRepository, 'unmarked' | 'marksOf' | 'forgetBefore'> {
  return {
    async unmarked(since, limit) {
      const rows = await db
        .selectFrom('ticket')
        .leftJoin('matter_mark', 'matter_mark.ticket_id', 'ticket.id')
        .select('ticket.id')
        .where('ticket.received_at', '>=', since)
        .where('matter_mark.ticket_id', 'is', null)
        .orderBy('ticket.received_at')
        .limit(sql.lit(limit))
        .execute();
      return rows.map(({ id }) => id);
    },
    async marksOf(ticketId) {
      const select = statement('matter marks', () =>
        db.selectFrom('matter_mark').select('marks').where('ticket_id', '=', ticketId).compile(),
      );
      const [row] = (
        await db.executeQuery<Pick<MatterMarkTable, 'marks'>>({ ...select, parameters: [ticketId] })
      ).rows;
      return row && ((JSON.parse(row.marks) as MatterMarks | null) ?? undefined);
    },
    async forgetBefore(before, limit) {
      await sql`delete from matter_key where (key, scope, received_at, ticket_id) in (select key, scope, received_at,
        ticket_id from matter_key where received_at < ${before} order by received_at limit ${sql.lit(limit)})`.execute(
        db,
      );
      await sql`delete from matter_mark where ticket_id in (select ticket_id from matter_mark
        where received_at < ${before} order by received_at limit ${sql.lit(limit)})`.execute(db);
    },
  };
}

type CandidateRow = Pick<MatterMarkTable, 'ticket_id' | 'head_id' | 'near'>;

/** Asked some twenty times for every letter: written once. */
function lookups({ db }: Bound): Pick<MatterRepository, 'candidates' | 'isOld'> {
  return {
    async candidates(key, { scope, since, limit }) {
      const select = statement(`matter candidates ${limit}`, () =>
        db
          .selectFrom('matter_key')
          .innerJoin('matter_mark', 'matter_mark.ticket_id', 'matter_key.ticket_id')
          .select(['matter_key.ticket_id', 'matter_mark.head_id', 'matter_mark.near'])
          .where('matter_key.key', '=', key)
          .where('matter_key.scope', '=', scope)
          .where('matter_key.received_at', '>=', since)
          .orderBy('matter_key.received_at', 'desc')
          .limit(sql.lit(limit))
          .compile(),
      );
      const { rows } = await db.executeQuery<CandidateRow>({ ...select, parameters: [key, scope, since] });
      return rows.map(({ ticket_id, head_id, near }) => ({ ticketId: ticket_id, headId: head_id, near }));
    },
    async isOld(key, { scope, before }) {
      const select = statement('matter is old', () =>
        db
          .selectFrom('matter_key')
          .select('ticket_id')
          .where('key', '=', key)
          .where('scope', '=', scope)
          .where('received_at', '<', before)
          .limit(sql.lit(1))
          .compile(),
      );
      const { rows } = await db.executeQuery({ ...select, parameters: [key, scope, before] });
      return rows.length > 0;
    },
  };
}

function families({
  db,
  now,
}: Bound): Pick<MatterRepository, 'gather' | 'leave' | 'parentOf' | 'childrenOf'> {
  return {
    async gather({ ticketId, parentId, actor }) {
      await db
        .insertInto('matter_child')
        .values({ ticket_id: ticketId, parent_id: parentId, at: now(), actor })
        .execute();
    },
    async leave(ticketId) {
      const row = await db
        .deleteFrom('matter_child')
        .where('ticket_id', '=', ticketId)
        .returning('ticket_id')
        .executeTakeFirst();
      return row !== undefined;
    },
    async parentOf(ticketId) {
      const row = await db
        .selectFrom('matter_child')
        .innerJoin('ticket', 'ticket.id', 'matter_child.parent_id')
        .selectAll('ticket')
        .where('matter_child.ticket_id', '=', ticketId)
        .executeTakeFirst();
      return row && recordOf(row);
    },
    async childrenOf(ticketId) {
      const rows = await db
        .selectFrom('matter_child')
        .innerJoin('ticket', 'ticket.id', 'matter_child.ticket_id')
        .selectAll('ticket')
        .where('matter_child.parent_id', '=', ticketId)
        .orderBy('matter_child.ticket_id')
        .execute();
      return rows.map(recordOf);
    },
  };
}
