// Answering an escalation: somebody of the rank told, or above it, says "I have it".

import { ThanadakError } from '../domain/errors.js';
import type { Escalation } from '../domain/escalation.js';
import { type Actor, mayAnswer } from '../domain/rights.js';
import { stationOf } from '../ports/office.js';
import type { DeskOptions } from './deed.js';

/**
 * Idempotent: one acknowledged or ended before stays as it was and is answered as it is.
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
    if (!mayAnswer(actor, { escalation, ticket, station })) {
      throw new ThanadakError(
        'not-allowed',
        `${actor.id} cannot answer for the rank ${escalation.rank} at ${station.code}.`,
      );
    }
    if (escalation.acknowledgedAt !== null || escalation.endedAt !== null) return escalation;
    const answered = { ...escalation, acknowledgedAt: unit.now, acknowledgedBy: actor.id, nextAt: null };
    await unit.escalations.save(answered);
    const { clock, round, step, rank } = escalation;
    const detail = { escalationId: escalation.id, clock, round, step, rank };
    await unit.journal.write(ticket.id, { actor: actor.id, event: 'escalation-acknowledged', detail });
    return answered;
  });
}
