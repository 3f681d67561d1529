// The register of electronic information (BNSS s.173(1)(ii)), numbered per station and year.
import { sql } from 'kysely';
import type { Information } from '../domain/register.js';
import type { InformationRepository } from '../ports/desk-store.js';
import type { Bound } from './store.js';
import type { InformationTable } from './tables.js';

export function informationRepository({ db }: Bound): InformationRepository {
  return {
    async nextSerial(station, year) {
      const row = await db
        .insertInto('register_counter')
        .values({ station, year, value: 1 })
        .onConflict((oc) =>
          oc.columns(['station', 'year']).doUpdateSet({ value: sql`register_counter.value + 1` }),
        )
        .returning('value')
        .executeTakeFirstOrThrow();
      return row.value;
    },
    async save(information) {
      const { ticket_id, ...parts } = rowOf(information);
      await db
        .insertInto('information')
        .values({ ticket_id, ...parts })
        .onConflict((oc) => oc.column('ticket_id').doUpdateSet(parts))
        .execute();
    },
    async ofTicket(ticketId) {
      const row = await db
        .selectFrom('information')
        .selectAll()
        .where('ticket_id', '=', ticketId)
        .executeTakeFirst();
      return row && recordOf(row);
    },
    async list({ station, registeredFrom, registeredBefore }) {
      let query = db
        .selectFrom('information')
        .selectAll()
        .orderBy('station')
        .orderBy('year')
        .orderBy('serial');
      if (station !== undefined) query = query.where('station', '=', station);
      if (registeredFrom !== undefined) query = query.where('registered_at', '>=', registeredFrom);
      if (registeredBefore !== undefined) query = query.where('registered_at', '<', registeredBefore);
      return (await query.execute()).map(recordOf);
    },
  };
}

function rowOf(information: Information): InformationTable {
  return {
    ticket_id: information.ticketId,
    station: information.station,
    year: information.year,
    serial: information.serial,
    received_at: information.receivedAt,
    registered_at: information.registeredAt,
    registered_by: information.registeredBy,
    substance: information.substance,
    signed_at: information.signedAt,
    signed_how: information.signedHow,
    signed_before: information.signedBefore,
    decision: information.decision,
    decision_text: information.decisionText,
    decided_at: information.decidedAt,
    decided_by: information.decidedBy,
  };
}

function recordOf(row: InformationTable): Information {
  return {
    ticketId: row.ticket_id,
    station: row.station,
    year: row.year,
    serial: row.serial,
    receivedAt: row.received_at,
    registeredAt: row.registered_at,
    registeredBy: row.registered_by,
    substance: row.substance,
    signedAt: row.signed_at,
    signedHow: row.signed_how,
    signedBefore: row.signed_before,
    decision: row.decision,
    decisionText: row.decision_text,
    decidedAt: row.decided_at,
    decidedBy: row.decided_by,
  };
}
