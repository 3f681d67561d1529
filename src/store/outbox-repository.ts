// Letters we owe the world, with lease and outcome.
import { sql } from 'kysely';
import type { OutboxRecord } from '../domain/outbox-record.js';
import type { OutboxState, OutgoingLetter } from '../domain/outgoing.js';
import type { OutboxRepository } from '../ports/store.js';
import { insertRow, runStatement } from './statements.js';
import type { Bound } from './store.js';
import type { OutboxTable } from './tables.js';

/** Written as the index of what is not sent has it: only then the engine sees that the index serves. */
const IS_UNSENT = sql<boolean>`outbox.state <> 'sent'`;

export function outboxRepository(bound: Bound): OutboxRepository {
  const { db, engine } = bound;
  return {
    async enqueue(record) {
      await insertRow(db, 'outbox', rowOf(record));
      if (record.alsoFor.length === 0) return;
      const also = record.alsoFor.map((ticketId) => ({ ticket_id: ticketId, outbox_id: record.letter.id }));
      await db.insertInto('outbox_also').values(also).execute();
    },
    async claimDue(claim) {
      const ids = await engine.claimOutbox(db, claim);
      if (ids.length === 0) return [];
      const rows = await db.selectFrom('outbox').selectAll().where('id', 'in', ids).orderBy('id').execute();
      return rows.map(recordOf);
    },
    async settle(id, result) {
      const changes = {
        state: result.state,
        last_reply: result.lastReply,
        queue_id: result.queueId,
        due_at: result.dueAt,
        next_at: result.state === 'deferred' ? result.dueAt : null,
        sent_at: result.sentAt,
        lease_until: null,
      };
      const settled = { name: 'settle letter', parameters: [...Object.values(changes), id] };
      await runStatement(db, settled, () => db.updateTable('outbox').set(changes).where('id', '=', id));
    },
    ...revivals(db),
    ...hastening(db),
    async withhold(ticketId, kind, reason) {
      const rows = await db
        .updateTable('outbox')
        .set({ state: 'suppressed', reason, next_at: null })
        .where('ticket_id', '=', ticketId)
        .where('kind', '=', kind)
        .where('state', '=', 'queued')
        .returning('id')
        .execute();
      return rows.length;
    },
    ...readers(bound),
  };
}

function hastening(db: Bound['db']): Pick<OutboxRepository, 'hasten'> {
  return {
    async hasten(after, now) {
      const rows = await db
        .updateTable('outbox')
        .set({ next_at: now })
        .where('next_at', '>', after)
        .where('state', 'in', ['queued', 'deferred'])
        .returning('id')
        .execute();
      return rows.length;
    },
  };
}

function revivals(db: Bound['db']): Pick<OutboxRepository, 'reclaim' | 'fail' | 'release' | 'retry'> {
  return {
    async reclaim(now) {
      const rows = await db
        .updateTable('outbox')
        .set({ state: 'queued', next_at: now, lease_until: null })
        .where('state', '=', 'sending')
        .where(IS_UNSENT)
        .returning('id')
        .execute();
      return rows.length;
    },
    async fail(id, reply) {
      await db
        .updateTable('outbox')
        .set({ state: 'failed', last_reply: reply, next_at: null, lease_until: null })
        .where('id', '=', id)
        .where('state', '=', 'sent')
        .execute();
    },
    async release(id, now) {
      const row = await db
        .updateTable('outbox')
        .set({ state: 'queued', due_at: now, next_at: now, reason: null })
        .where('id', '=', id)
        .where('state', '=', 'suppressed')
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },
    async retry(id, now) {
      const row = await db
        .updateTable('outbox')
        .set({ state: 'queued', due_at: now, next_at: now, lease_until: null })
        .where('id', '=', id)
        .where('state', 'in', ['failed', 'deferred'])
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}

function readers({ db, engine }: Bound): Pick<OutboxRepository, 'find' | 'list' | 'counts' | 'nextDueAt'> {
  return {
    async find(id) {
      const row = await db.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirst();
      return row && recordOf(row);
    },
    async list(filter) {
      let query = db.selectFrom('outbox').selectAll().orderBy('id', 'desc').limit(sql.lit(filter.limit));
      if (filter.state) query = query.where('state', '=', filter.state);
      if (filter.state && filter.state !== 'sent' && !filter.ticketId) query = query.where(IS_UNSENT);
      if (filter.ticketId) query = query.where('ticket_id', '=', filter.ticketId);
      return (await query.execute()).map(recordOf);
    },
    async counts() {
      const rows = await db
        .selectFrom('outbox')
        .select(['state', (eb) => eb.fn.countAll<number>().as('n')])
        .where(IS_UNSENT)
        .groupBy('state')
        .execute();
      const counts: Record<OutboxState, number> = {
        queued: 0,
        sending: 0,
        sent: 0,
        deferred: 0,
        failed: 0,
        suppressed: 0,
      };
      let unsent = 0;
      for (const row of rows) {
        counts[row.state] = Number(row.n);
        unsent += Number(row.n);
      }
      return { ...counts, sent: (await engine.countKept(db, 'outbox')) - unsent };
    },
    async nextDueAt() {
      const row = await db
        .selectFrom('outbox')
        .select('next_at')
        .where('next_at', 'is not', null)
        .orderBy('next_at')
        .limit(sql.lit(1))
        .executeTakeFirst();
      return row?.next_at ?? undefined;
    },
  };
}

function rowOf(record: OutboxRecord): OutboxTable {
  const { letter } = record;
  return {
    id: letter.id,
    kind: letter.kind,
    ticket_id: record.ticketId,
    also_for: JSON.stringify(record.alsoFor),
    letter_id: record.letterId,
    received_at: record.receivedAt,
    state: record.state,
    reason: record.reason,
    attempts: record.attempts,
    due_at: record.dueAt,
    next_at: record.state === 'queued' || record.state === 'deferred' ? record.dueAt : null,
    lease_until: record.leaseUntil,
    last_reply: record.lastReply,
    queue_id: record.queueId,
    sent_at: record.sentAt,
    created_at: letter.createdAt,
    recipient: letter.to,
    message_id: letter.messageId,
    letter: JSON.stringify(letter),
  };
}

function recordOf(row: OutboxTable): OutboxRecord {
  return {
    letter: JSON.parse(row.letter) as OutgoingLetter,
    ticketId: row.ticket_id,
    alsoFor: JSON.parse(row.also_for) as string[],
    letterId: row.letter_id,
    receivedAt: row.received_at,
    state: row.state,
    reason: row.reason,
    attempts: row.attempts,
    dueAt: row.due_at,
    leaseUntil: row.lease_until,
    lastReply: row.last_reply,
    queueId: row.queue_id,
    sentAt: row.sent_at,
  };
}
