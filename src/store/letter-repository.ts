// Filed letters.
import { type Kysely, sql } from 'kysely';
import type { Envelope } from '../domain/letter.js';
import type { LetterRecord } from '../ports/records.js';
import type { LetterRepository } from '../ports/store.js';
import { insertRow, runStatement } from './statements.js';
import type { Bound } from './store.js';
import type { LetterTable, Tables } from './tables.js';

export function letterRepository({ db }: Bound): LetterRepository {
  return {
    async add(letter) {
      await insertRow(db, 'letter', rowOf(letter));
    },
    async find(id) {
      const [row] = await runStatement(db, { name: 'letter by id', parameters: [id] }, () =>
        db.selectFrom('letter').selectAll().where('id', '=', id),
      );
      return row && recordOf(row);
    },
    async findCopy(fingerprint, since) {
      const asked = { name: 'first letter with fingerprint', parameters: [fingerprint, since] };
      const [row] = await runStatement(db, asked, () =>
        db
          .selectFrom('letter')
          .selectAll()
          .where('fingerprint', '=', fingerprint)
          .where('received_at', '>=', since)
          .orderBy('received_at')
          .orderBy('id')
          .limit(sql.lit(1)),
      );
      return row && recordOf(row);
    },
    ...listings(db),
  };
}

function listings(db: Kysely<Tables>): Pick<LetterRepository, 'list' | 'park' | 'referencesOf'> {
  return {
    async list(limit, { parked = false } = {}) {
      const rows = await db
        .selectFrom('letter')
        .selectAll()
        .$if(parked, (query) => query.where('parked', 'is not', null))
        .orderBy('id', 'desc')
        .limit(sql.lit(limit))
        .execute();
      return rows.map(recordOf);
    },
    async park(id, why) {
      await db.updateTable('letter').set({ parked: why }).where('id', '=', id).execute();
    },
    async referencesOf(letterId) {
      const rows = await db
        .selectFrom('letter')
        .innerJoin('message', (join) =>
          join.on((eb) => eb('message.letter_id', '=', eb.fn.coalesce('letter.duplicate_of', 'letter.id'))),
        )
        .innerJoin('ticket', 'ticket.id', 'message.ticket_id')
        .select('ticket.reference')
        .where('letter.id', '=', letterId)
        .orderBy('message.number')
        .execute();
      return rows.map((row) => row.reference);
    },
  };
}

function rowOf(letter: LetterRecord): LetterTable {
  return {
    id: letter.id,
    received_at: letter.receivedAt,
    sha256: letter.sha256,
    bytes: letter.bytes,
    archive_path: letter.archivePath,
    fingerprint: letter.fingerprint,
    duplicate_of: letter.duplicateOf,
    problem: letter.problem,
    parked: letter.parked,
    envelope: JSON.stringify(letter.envelope),
  };
}

function recordOf(row: LetterTable): LetterRecord {
  return {
    id: row.id,
    envelope: JSON.parse(row.envelope) as Envelope,
    receivedAt: row.received_at,
    bytes: row.bytes,
    sha256: row.sha256,
    archivePath: row.archive_path,
    fingerprint: row.fingerprint,
    duplicateOf: row.duplicate_of,
    problem: row.problem,
    parked: row.parked,
  };
}
