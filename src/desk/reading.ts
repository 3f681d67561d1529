// Reading that leaves a trace: tickets hidden from others, letters and attachments as they came. The journal tells who.
import { ThanadakError } from '../domain/errors.js';
import type { Ticket } from '../domain/ticket.js';
import type { Store } from '../ports/store.js';

/** Who reads what is hidden from others leaves a trace; of an open ticket nothing is written. */
export async function noteReading(
  store: Pick<Store, 'transact'>,
  actor: { id: string },
  ticket: Pick<Ticket, 'id' | 'restriction'>,
): Promise<void> {
  if (ticket.restriction === 'none') return;
  const entry = { actor: actor.id, event: 'read', detail: {} };
  await store.transact((unit) => unit.journal.write(ticket.id, entry));
}

export interface HandedOut {
  /** What it is called, for the sentence that refuses it. */
  what: string;
  letterId: string;
  /** The virus in it; null when none is known. */
  virus: string | null;
  /** Whoever asks said that it is to be handed out with its virus. */
  infectedToo: boolean;
  /** How somebody who has not said so can. */
  mend: string;
  /** The tickets on which it lies; none for what lies on no ticket. */
  ticketIds: readonly string[];
  detail: object;
}

/**
 * Lets something that came by letter pass and journals it on every ticket it lies on; what a virus is in only with
 * `infectedToo`. Errors: 'not-allowed' with the virus's name.
 */
export async function noteHandingOut(
  store: Pick<Store, 'transact'>,
  actor: { id: string },
  out: HandedOut,
): Promise<void> {
  const { letterId, virus, detail } = out;
  if (virus !== null && !out.infectedToo)
    throw new ThanadakError('not-allowed', `A virus is in ${out.what}: ${virus}. ${out.mend}.`);
  const entry =
    virus === null
      ? { actor: actor.id, event: 'handed-out', detail: { letterId, ...detail } }
      : { actor: actor.id, event: 'infected-handed-out', detail: { letterId, virus, ...detail } };
  await store.transact(async (unit) => {
    for (const ticketId of out.ticketIds.length > 0 ? out.ticketIds : [null])
      await unit.journal.write(ticketId, entry);
  });
}
