// Officers' corrections: of what the rules proposed, and of what was taken for junk or not.
import { sql } from 'kysely';
import type { JunkOpinion } from '../domain/junk.js';
import type { LabelRepository } from '../ports/desk-store.js';
import type { JunkLabel, TriageLabel } from '../ports/records.js';
import type { JunkLabelTable } from './aside-tables.js';
import type { Bound } from './store.js';
import type { TriageLabelTable } from './tables.js';

export function labelRepository({ db }: Bound): LabelRepository {
  return {
    async add(label) {
      await db.insertInto('triage_label').values(rowOf(label)).execute();
    },
    async list(limit) {
      const rows = await db
        .selectFrom('triage_label')
        .selectAll()
        .orderBy('id')
        .limit(sql.lit(limit))
        .execute();
      return rows.map(recordOf);
    },
    async addJunk(label) {
      await db.insertInto('junk_label').values(junkRowOf(label)).execute();
    },
    async listJunk(limit) {
      const rows = await db
        .selectFrom('junk_label')
        .selectAll()
        .orderBy('id')
        .limit(sql.lit(limit))
        .execute();
      return rows.map(junkRecordOf);
    },
  };
}

function junkRowOf({ id, ticketId, at, actor, opinion, isJunk }: JunkLabel): JunkLabelTable {
  return {
    id,
    ticket_id: ticketId,
    at,
    actor,
    opinion: opinion && JSON.stringify(opinion),
    junk: isJunk ? 1 : 0,
  };
}

function junkRecordOf({ id, ticket_id, at, actor, opinion, junk }: JunkLabelTable): JunkLabel {
  return {
    id,
    ticketId: ticket_id,
    at,
    actor,
    opinion: opinion === null ? null : (JSON.parse(opinion) as JunkOpinion),
    isJunk: junk === 1,
  };
}

function rowOf(label: TriageLabel): TriageLabelTable {
  return {
    id: label.id,
    ticket_id: label.ticketId,
    at: label.at,
    actor: label.actor,
    proposed_urgency: label.proposedUrgency,
    proposed_category: label.proposedCategory,
    urgency: label.urgency,
    category: label.category,
  };
}

function recordOf(row: TriageLabelTable): TriageLabel {
  return {
    id: row.id,
    ticketId: row.ticket_id,
    at: row.at,
    actor: row.actor,
    proposedUrgency: row.proposed_urgency,
    proposedCategory: row.proposed_category,
    urgency: row.urgency,
    category: row.category,
  };
}
