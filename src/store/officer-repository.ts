// Officers added or changed by command.

import type { OfficerRepository } from '../ports/desk-store.js';
import type { OfficerRecord } from '../ports/records.js';
import type { Bound } from './store.js';
import type { OfficerTable } from './tables.js';

export function officerRepository({ db }: Bound): OfficerRepository {
  return {
    async save(officer) {
      const { id, ...parts } = rowOf(officer);
      await db
        .insertInto('officer')
        .values({ id, ...parts })
        .onConflict((oc) => oc.column('id').doUpdateSet(parts))
        .execute();
    },
    async list() {
      const rows = await db.selectFrom('officer').selectAll().orderBy('id').execute();
      return rows.map(recordOf);
    },
  };
}

function rowOf(officer: OfficerRecord): OfficerTable {
  return {
    id: officer.id,
    name: officer.name,
    title: officer.title,
    rank: officer.rank,
    address: officer.address,
    stations: JSON.stringify(officer.stations),
    divisions: JSON.stringify(officer.divisions),
    reads_restricted: officer.readsRestricted ? 1 : 0,
    disabled: officer.disabled ? 1 : 0,
    away_until: officer.away?.until ?? null,
    deputy: officer.away?.deputy ?? null,
    absence_only: officer.absenceOnly ? 1 : 0,
  };
}

function recordOf(row: OfficerTable): OfficerRecord {
  return {
    id: row.id,
    name: row.name,
    title: row.title,
    rank: row.rank,
    address: row.address,
    stations: JSON.parse(row.stations) as string[],
    divisions: JSON.parse(row.divisions) as string[],
    readsRestricted: row.reads_restricted === 1,
    disabled: row.disabled === 1,
    away: row.away_until === null ? null : { until: row.away_until, deputy: row.deputy },
    absenceOnly: row.absence_only === 1,
  };
}
