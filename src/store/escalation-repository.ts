// Escalations: raised once per ticket, clock, round and step; open until acknowledged or ended.
import { sql, type UpdateQueryBuilder, type UpdateResult } from 'kysely';
import type { Escalation, StepRank } from '../domain/escalation.js';
import type { EscalationRepository } from '../ports/desk-store.js';
import type { Bound } from './store.js';
import type { EscalationTable, Tables } from './tables.js';
import { scopeConditions } from './ticket-scope.js';

/** Written as the index of open escalations has it: only then the engine sees that the index serves. */
const IS_OPEN = sql<boolean>`(escalation.acknowledged_at is null and escalation.ended_at is null and escalation.rank <> 'resident')`;

export function escalationRepository(bound: Bound): EscalationRepository {
  const { db } = bound;
  return {
    async raise(escalation) {
      const row = await db
        .insertInto('escalation')
        .values(rowOf(escalation))
        .onConflict((oc) => oc.columns(['ticket_id', 'clock', 'round', 'step']).doNothing())
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },
    async save(escalation) {
      const { id, ...parts } = rowOf(escalation);
      await db.updateTable('escalation').set(parts).where('id', '=', id).execute();
    },
    async endAll(ticketId, at) {
      await openOf(bound, ticketId).set({ ended_at: at, next_at: null }).execute();
    },
    async stopClimbing(ticketId, clock) {
      await openOf(bound, ticketId).set({ next_at: null }).where('clock', '=', clock).execute();
    },
    ...readers(bound),
  };
}

type EscalationUpdate = UpdateQueryBuilder<Tables, 'escalation', 'escalation', UpdateResult>;

function openOf({ db }: Bound, ticketId: string): EscalationUpdate {
  return db.updateTable('escalation').where('ticket_id', '=', ticketId).where(IS_OPEN);
}

function readers(
  bound: Bound,
): Pick<EscalationRepository, 'find' | 'ofTicket' | 'due' | 'list' | 'countOpen'> {
  const { db } = bound;
  return {
    async find(id) {
      const row = await db.selectFrom('escalation').selectAll().where('id', '=', id).executeTakeFirst();
      return row && recordOf(row);
    },
    async ofTicket(ticketId) {
      const rows = await db
        .selectFrom('escalation')
        .selectAll()
        .where('ticket_id', '=', ticketId)
        .orderBy('id')
        .execute();
      return rows.map(recordOf);
    },
    async due(now, limit) {
      const rows = await db
        .selectFrom('escalation')
        .selectAll()
        .where('next_at', '<=', now)
        .orderBy('next_at')
        .orderBy('id')
        .limit(sql.lit(limit))
        .execute();
      return rows.map(recordOf);
    },
    list: (filter) => listEscalations(bound, filter),
    async countOpen() {
      const row = await db
        .selectFrom('escalation')
        .select((eb) => eb.fn.countAll<number>().as('n'))
        .where(IS_OPEN)
        .executeTakeFirstOrThrow();
      return Number(row.n);
    },
  };
}

async function listEscalations(
  { db }: Bound,
  { open, scope, rank, limit, after }: Parameters<EscalationRepository['list']>[0],
): Promise<Escalation[]> {
  let query = db
    .selectFrom('escalation')
    .selectAll('escalation')
    .orderBy('escalation.id')
    .limit(sql.lit(limit));
  if (open) query = query.where(IS_OPEN);
  if (rank !== undefined) query = query.where('escalation.rank', '=', rank as StepRank);
  if (after !== undefined) query = query.where('escalation.id', '>', after);
  if (scope) {
    const visible = db
      .selectFrom('ticket')
      .select('ticket.id')
      .whereRef('ticket.id', '=', sql.ref<string>('escalation.ticket_id'))
      .where((eb) => eb.and(scopeConditions(scope)));
    query = query.where((eb) => eb.exists(visible));
  }
  return (await query.execute()).map(recordOf);
}

function rowOf(escalation: Escalation): EscalationTable {
  return {
    id: escalation.id,
    ticket_id: escalation.ticketId,
    clock: escalation.clock,
    round: escalation.round,
    step: escalation.step,
    rank: escalation.rank,
    told: JSON.stringify(escalation.told),
    marked_at: escalation.markedAt,
    at: escalation.at,
    answer_by: escalation.answerBy,
    acknowledged_at: escalation.acknowledgedAt,
    acknowledged_by: escalation.acknowledgedBy,
    ended_at: escalation.endedAt,
    next_at: escalation.nextAt,
  };
}

function recordOf(row: EscalationTable): Escalation {
  return {
    id: row.id,
    ticketId: row.ticket_id,
    clock: row.clock,
    round: row.round,
    step: row.step,
    rank: row.rank,
    told: JSON.parse(row.told) as string[],
    markedAt: row.marked_at,
    at: row.at,
    answerBy: row.answer_by,
    acknowledgedAt: row.acknowledged_at,
    acknowledgedBy: row.acknowledged_by,
    endedAt: row.ended_at,
    nextAt: row.next_at,
  };
}
