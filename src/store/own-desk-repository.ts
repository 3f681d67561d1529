// What an officer keeps for the own desk: saved views, drafts, preferences.
import type { DraftRepository, PreferenceRepository, SavedViewRepository } from '../ports/sign-in.js';
import type { Bound } from './store.js';

export function savedViewRepository({ db }: Bound): SavedViewRepository {
  return {
    async save(view) {
      const { id, ...parts } = view;
      await db
        .insertInto('saved_view')
        .values({ id, ...parts })
        .onConflict((on) => on.column('id').doUpdateSet(parts).where('saved_view.officer', '=', view.officer))
        .execute();
    },
    async ofOfficer(officer) {
      return db
        .selectFrom('saved_view')
        .selectAll()
        .where('officer', '=', officer)
        .orderBy('position')
        .orderBy('id')
        .execute();
    },
    async remove(id, officer) {
      const removed = await db
        .deleteFrom('saved_view')
        .where('id', '=', id)
        .where('officer', '=', officer)
        .returning('id')
        .executeTakeFirst();
      return removed !== undefined;
    },
  };
}

export function draftRepository({ db }: Bound): DraftRepository {
  const remove: DraftRepository['remove'] = async ({ officer, ticketId, field }) => {
    await db
      .deleteFrom('draft')
      .where('officer', '=', officer)
      .where('ticket_id', '=', ticketId)
      .where('field', '=', field)
      .execute();
  };
  return {
    remove,
    async keep(draft) {
      if (draft.text === '') return remove(draft);
      const { officer, ticketId, field, text, changedAt } = draft;
      await db
        .insertInto('draft')
        .values({ officer, ticket_id: ticketId, field, text, changed_at: changedAt })
        .onConflict((on) =>
          on.columns(['officer', 'ticket_id', 'field']).doUpdateSet({ text, changed_at: changedAt }),
        )
        .execute();
    },
    async ofTicket(ticketId, officer) {
      const rows = await db
        .selectFrom('draft')
        .selectAll()
        .where('ticket_id', '=', ticketId)
        .where('officer', '=', officer)
        .orderBy('field')
        .execute();
      return rows.map(({ ticket_id, changed_at, ...parts }) => ({
        ...parts,
        ticketId: ticket_id,
        changedAt: changed_at,
      }));
    },
  };
}

export function preferenceRepository({ db }: Bound): PreferenceRepository {
  return {
    async find(officer) {
      const row = await db
        .selectFrom('preference')
        .selectAll()
        .where('officer', '=', officer)
        .executeTakeFirst();
      if (!row) return { language: null, theme: 'auto', shortcuts: true };
      return { language: row.language, theme: row.theme, shortcuts: row.shortcuts === 1 };
    },
    async save(officer, { language, theme, shortcuts }) {
      const parts = { language, theme, shortcuts: shortcuts ? 1 : 0 } as const;
      await db
        .insertInto('preference')
        .values({ officer, ...parts })
        .onConflict((on) => on.column('officer').doUpdateSet(parts))
        .execute();
    },
  };
}
