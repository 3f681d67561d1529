// Who besides the resident may answer on a ticket; an address in any spelling is one correspondent.
import { addressKey } from '../domain/address.js';
import type { CorrespondentRepository } from '../ports/desk-store.js';
import type { Bound } from './store.js';

export function correspondentRepository({ db }: Bound): CorrespondentRepository {
  return {
    async add({ ticketId, address, role }) {
      await db
        .insertInto('correspondent')
        .values({ ticket_id: ticketId, address_key: addressKey(address), address, role })
        .onConflict((oc) => oc.columns(['ticket_id', 'address_key']).doUpdateSet({ address, role }))
        .execute();
    },
    async ofTicket(ticketId) {
      const rows = await db
        .selectFrom('correspondent')
        .selectAll()
        .where('ticket_id', '=', ticketId)
        .orderBy('address_key')
        .execute();
      return rows.map(({ ticket_id, address, role }) => ({ ticketId: ticket_id, address, role }));
    },
  };
}
