// Sessions of officers in the browser.
import type { Session, SessionRepository } from '../ports/sign-in.js';
import type { SignInTables } from './sign-in-tables.js';
import type { Bound } from './store.js';

export function sessionRepository({ db }: Bound): SessionRepository {
  return {
    async open(session) {
      await db.insertInto('session').values(rowOf(session)).execute();
    },
    async find(id) {
      const row = await db.selectFrom('session').selectAll().where('id', '=', id).executeTakeFirst();
      return row && sessionOf(row);
    },
    async seen(id, at) {
      await db.updateTable('session').set({ seen_at: at }).where('id', '=', id).execute();
    },
    async end(id, { at, why }) {
      const ended = await db
        .updateTable('session')
        .set({ ended_at: at, ended_why: why })
        .where('id', '=', id)
        .where('ended_at', 'is', null)
        .returning('id')
        .executeTakeFirst();
      return ended !== undefined;
    },
    async endAll(officer, { at, why, except }) {
      let update = db
        .updateTable('session')
        .set({ ended_at: at, ended_why: why })
        .where('officer', '=', officer)
        .where('ended_at', 'is', null);
      if (except !== undefined) update = update.where('id', '<>', except);
      return (await update.returning('id').execute()).length;
    },
    async openOf(officer) {
      const rows = await db
        .selectFrom('session')
        .selectAll()
        .where('officer', '=', officer)
        .where('ended_at', 'is', null)
        .orderBy('seen_at', 'desc')
        .orderBy('id')
        .execute();
      return rows.map(sessionOf);
    },
    async forgetBefore(seenAt) {
      await db.deleteFrom('session').where('seen_at', '<', seenAt).execute();
    },
  };
}

type SessionRow = SignInTables['session'];

function rowOf(session: Session): SessionRow {
  const { createdAt, seenAt, userAgent, endedAt, endedWhy, ...parts } = session;
  return {
    ...parts,
    created_at: createdAt,
    seen_at: seenAt,
    user_agent: userAgent,
    ended_at: endedAt,
    ended_why: endedWhy,
  };
}

function sessionOf(row: SessionRow): Session {
  return {
    id: row.id,
    officer: row.officer,
    level: row.level,
    way: row.way,
    createdAt: row.created_at,
    seenAt: row.seen_at,
    userAgent: row.user_agent,
    endedAt: row.ended_at,
    endedWhy: row.ended_why,
  };
}
