// Answering an escalation: somebody of the rank told, or above it, says "I have it".

import { ThanadakError } from '../domain/errors.js';
import type { Escalation } from '../domain/escalation.js';
import { isAtLeast, peopleOf } from '../domain/people.js';
import { type Actor, maySee } from '../domain/rights.js';
import { stationOf } from '../ports/office.js';
import type { DeskOptions } from './deed.js';

/**
 * Idempotent: one acknowledged before stays as it was and is answered as it is.
 * Errors: 'not-found'; 'not-allowed' for a lower rank, another's station or an auditor.
 */
export async function acknowledgeEscalation(
  desk: DeskOptions,
  order: { id: string; actor: Actor },
): Promise<Escalation> {
  return desk.store.transact(async (unit) => {
    const escalation = await unit.escalations.find(order.id);
    const ticket = escalation && (await unit.tickets.findById(escalation.ticketId));
    if (!escalation || !ticket || escalation.rank === 'resident') {
      throw new ThanadakError('not-found', `There is no escalation ${order.id}.`);
    }
    const { actor } = order;
    const station = stationOf(desk.rules(), ticket.station);
    const wasTold = escalation.told.includes(actor.id);
    const mayAnswer = wasTold || (isAtLeast(actor.rank, escalation.rank) && maySee(actor, ticket, station));
    if (!mayAnswer || actor.officer?.disabled) {
      throw new ThanadakError(
        'not-allowed',
        `${actor.id} cannot answer for the rank ${escalation.rank} at ${station.code}.`,
      );
    }
    if (escalation.acknowledgedAt !== null) return escalation;
    const answered = { ...escalation, acknowledgedAt: unit.now, acknowledgedBy: actor.id, nextAt: null };
    await unit.escalations.save(answered);
    const { clock, round, step, rank } = escalation;
    const detail = { escalationId: escalation.id, clock, round, step, rank };
    await unit.journal.write(ticket.id, { actor: actor.id, event: 'escalation-acknowledged', detail });
    return answered;
  });
}

/** Everybody by id, as they are now. Errors: 'not-found' for an unknown id. */
export async function findOfficer(desk: Pick<DeskOptions, 'store' | 'rules'>, id: string) {
  const people = peopleOf(desk.rules().officers, await desk.store.officers.list());
  const officer = people.get(id);
  if (!officer) throw new ThanadakError('not-found', `There is no officer ${id}.`);
  return officer;
}
