// `--dry-run`: what a deed would do, told from right, state and version, without touching anything.
import { refusalOf } from '../domain/deeds.js';
import { ThanadakError } from '../domain/errors.js';
import { objectionTo } from '../domain/rights.js';
import type { Ticket } from '../domain/ticket.js';
import { stationOf } from '../ports/office.js';
import type { Acting } from './deed-commands.js';
import type { GivenReferences } from './given-text.js';
import { remark, tell, timesOf } from './session.js';
import { tellOutcomes, tryEach } from './several.js';
import { findTicket } from './tickets.js';

/** Says of each whether it would be done. One alone that would be refused is an error, as the deed itself would be. */
export async function tellRehearsal(acting: Acting, { references, isList }: GivenReferences): Promise<void> {
  const { session, house, deed, given } = acting;
  const outcome = { done: false, wouldBeDone: true, code: null, error: null };
  const times = timesOf(session, house);
  const phrase = `would be ${deed.planned?.(given, times) ?? deed.done(given, times)}.`;
  const rehearse = async (reference: string) => {
    refuse(acting, await findTicket(house, reference));
    return outcome;
  };
  if (isList) {
    const outcomes = await tryEach(references, rehearse, session);
    const told = outcomes.map((one) => ({ ...one, wouldBeDone: one.error === null }));
    tellOutcomes(session, 'reference', { outcomes: told, phrase, refusal: 'would be refused' });
  } else {
    for (const reference of references)
      tell(session, { reference, ...(await rehearse(reference)) }, () => `${reference} ${phrase}\n`);
  }
  remark(
    session,
    'Nothing was changed. Looked at were right, state and version of the ticket; not the other options.',
  );
}

function refuse({ office, actor, deed, given }: Acting, ticket: Ticket): void {
  const station = stationOf(office.rules, ticket.station);
  const objection = objectionTo(actor, deed.deed, { ticket, station });
  if (objection) throw new ThanadakError('not-allowed', objection);
  const hasChanged =
    (given.ifVersion !== undefined && given.ifVersion !== ticket.version) ||
    (ticket.changedAt !== null && ticket.changedAt >= office.startedAt);
  if (hasChanged)
    throw new ThanadakError(
      'conflict',
      `${ticket.reference} has been changed; it has version ${ticket.version}.`,
    );
  const refusal = refusalOf(deed.deed, ticket);
  if (refusal) throw new ThanadakError('conflict', refusal);
}
