// What was suggested as one matter, and what people made of it.
import { sql } from 'kysely';
import type { MatterReason } from '../domain/same-matter.js';
import type { Ticket } from '../domain/ticket.js';
import type { MatterRepository } from '../ports/matters.js';
import type { Bound } from './store.js';
import type { TicketTable } from './tables.js';
import { both, IS_AT_HAND, IS_UNCLOSED, NOT_PUT_AWAY, on } from './ticket-conditions.js';
import { recordOf } from './ticket-row.js';

export function matterSuggestions(
  bound: Bound,
): Pick<MatterRepository, 'suggest' | 'judge' | 'suggestedFor' | 'heads'> {
  return { ...writers(bound), ...readers(bound), ...heads(bound) };
}

function writers({ db, now }: Bound): Pick<MatterRepository, 'suggest' | 'judge'> {
  const isKnown = async (ticketId: string, headId: string) => {
    const row = await db
      .selectFrom('matter_suggestion')
      .select('state')
      .where('ticket_id', '=', ticketId)
      .where('head_id', '=', headId)
      .executeTakeFirst();
    return row !== undefined;
  };
  return {
    async suggest({ ticketId, headId, score, reasons, state, at, actor }) {
      if (await isKnown(headId, ticketId)) return;
      await db
        .insertInto('matter_suggestion')
        .values({
          ticket_id: ticketId,
          head_id: headId,
          score,
          reasons: reasons.join(', '),
          state,
          at,
          actor,
        })
        .onConflict((oc) => oc.doNothing())
        .execute();
    },
    async judge({ ticketId, headId, state, actor }) {
      const isTurned = await isKnown(headId, ticketId);
      const [ticket_id, head_id] = isTurned ? [headId, ticketId] : [ticketId, headId];
      await db
        .insertInto('matter_suggestion')
        .values({ ticket_id, head_id, score: 0, reasons: '', state, at: now(), actor })
        .onConflict((oc) => oc.columns(['ticket_id', 'head_id']).doUpdateSet({ state, at: now(), actor }))
        .execute();
    },
  };
}

/** One side of the pair is the ticket asked for, the other what is suggested for it. */
const SIDES = [
  ['ticket_id', 'head_id'],
  ['head_id', 'ticket_id'],
] as const;

function readers({ db }: Bound): Pick<MatterRepository, 'suggestedFor'> {
  const oneSide = ([mine, theirs]: (typeof SIDES)[number], ticket: Ticket, limit: number) =>
    db
      .selectFrom('matter_suggestion')
      .innerJoin('ticket', 'ticket.id', `matter_suggestion.${theirs}`)
      .selectAll('ticket')
      .select(['matter_suggestion.score', 'matter_suggestion.reasons'])
      .select('matter_suggestion.state as suggestion')
      .where(`matter_suggestion.${mine}`, '=', ticket.id)
      .where('ticket.station', '=', ticket.station)
      .where('ticket.restriction', '=', ticket.restriction)
      .where('ticket.state', '<>', 'merged')
      .orderBy(`matter_suggestion.${theirs}`)
      .limit(sql.lit(limit))
      .execute();
  return {
    async suggestedFor(ticket, limit) {
      const found = [];
      for (const side of SIDES) found.push(...(await oneSide(side, ticket, limit)));
      return found
        .map(({ score, reasons, suggestion, ...row }) => ({
          other: recordOf(row),
          score,
          reasons: reasonsOf(reasons),
          state: suggestion,
        }))
        .sort((a, b) => b.score - a.score || (a.other.id < b.other.id ? -1 : 1))
        .slice(0, limit);
    },
  };
}

function heads({ db, engine }: Bound): Pick<MatterRepository, 'heads'> {
  return {
    async heads({ station, limit }) {
      const most = sql.lit(limit);
      const rows =
        station === undefined
          ? sql<TicketTable>`select ticket.* from (
                select head_id as id from matter_suggestion where state = 'suggested'
                union select parent_id from matter_child order by 1 desc
              ) as head cross join ticket
              where ticket.id = head.id and ${IS_UNCLOSED} order by ticket.id desc limit ${most}`
          : sql<TicketTable>`select ticket.* from ticket where ticket.id in (
                select ticket.id from ticket ${engine.through('ticket_at_hand')}
                where ${both([NOT_PUT_AWAY, IS_AT_HAND, IS_UNCLOSED, on()('ticket.station', '=', station)])}
                  and (${isHead('matter_suggestion', 'head_id')} or ${isHead('matter_child', 'parent_id')})
              ) order by ticket.id desc limit ${most}`;
      return (await rows.execute(db)).rows.map(recordOf);
    },
  };
}

function isHead(table: 'matter_suggestion' | 'matter_child', column: string) {
  const open = table === 'matter_suggestion' ? sql`and state = 'suggested'` : sql``;
  return sql<boolean>`exists (select 1 from ${sql.table(table)} where ${sql.ref(column)} = ticket.id ${open})`;
}

function reasonsOf(column: string): MatterReason[] {
  return column === '' ? [] : (column.split(', ') as MatterReason[]);
}
