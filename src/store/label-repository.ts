// Officers' corrections of what the rules proposed.
import { sql } from 'kysely';
import type { LabelRepository } from '../ports/desk-store.js';
import type { TriageLabel } from '../ports/records.js';
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
