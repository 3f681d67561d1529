// What is kept longer than its time, and what is erased before it: a legal hold by one person, an early erasure by two.
import { ThanadakError } from '../domain/errors.js';
import type { Ticket } from '../domain/ticket.js';
import type { UnitOfWork } from '../ports/store.js';
import { type DeskOptions, doDeed, nonEmpty, type Order, record } from './deed.js';

/** Nothing of the ticket is erased while it is held. Errors: those of doDeed; 'conflict' when it is held already. */
export function hold(desk: DeskOptions, order: Order & { reason: string }): Promise<Ticket> {
  return doDeed(desk, { ...order, deed: 'hold' }, async (doing) => {
    const reason = nonEmpty(order.reason, 'The reason');
    const { reference, legalHold } = doing.ticket;
    if (legalHold !== null)
      throw new ThanadakError('conflict', `${reference} is held already: ${legalHold}.`);
    await record(doing, 'held', { reason });
    return { legalHold: reason };
  });
}

/** Errors: those of doDeed; 'conflict' when it is not held. */
export function unhold(desk: DeskOptions, order: Order & { reason: string }): Promise<Ticket> {
  return doDeed(desk, { ...order, deed: 'unhold' }, async (doing) => {
    const reason = nonEmpty(order.reason, 'The reason');
    if (doing.ticket.legalHold === null)
      throw new ThanadakError('conflict', `${doing.ticket.reference} is under no legal hold.`);
    await record(doing, 'hold-ended', { reason });
    return { legalHold: null };
  });
}

/**
 * Erases a closed ticket before its time: the first person's order is kept, the second one's is done. Errors: those of
 * doDeed; 'conflict' under a legal hold, when it is erased already, and when one person asks twice.
 */
export function erase(desk: DeskOptions, order: Order & { reason: string }): Promise<Ticket> {
  return doDeed(desk, { ...order, deed: 'erase' }, async (doing) => {
    const reason = nonEmpty(order.reason, 'The reason');
    const { ticket, unit, actor } = doing;
    refuseErasure(ticket);
    const asked = await unit.erasures.askedFor(ticket.id);
    if (!asked) {
      await unit.erasures.ask(ticket.id, { actor: actor.id, reason });
      await record(doing, 'erasure-asked', { reason });
      return {};
    }
    if (asked.actor === actor.id) {
      const message = `${actor.id} has asked for it at ${asked.at}; an early erasure takes a second person.`;
      throw new ThanadakError('conflict', message);
    }
    await eraseTicket(unit, ticket, { actor: actor.id, because: 'two persons', asked: asked.actor });
    return { erasedAt: unit.now };
  });
}

function refuseErasure({ reference, legalHold, erasedAt }: Ticket): void {
  if (legalHold !== null)
    throw new ThanadakError('conflict', `${reference} is under a legal hold: ${legalHold}.`);
  if (erasedAt !== null) throw new ThanadakError('conflict', `${reference} was erased at ${erasedAt}.`);
}

/** The ticket with all that were merged into it. What is written about it holds no text. */
export async function eraseTicket(
  unit: UnitOfWork,
  ticket: Ticket,
  { actor, ...why }: { actor: string; because: string; asked?: string },
): Promise<void> {
  for (const inside of await unit.tickets.mergedInto(ticket.reference)) {
    if (inside.erasedAt === null) await eraseTicket(unit, inside, { actor, ...why });
  }
  await unit.erasures.erase(ticket.id);
  await unit.journal.eraseDetails(ticket.id);
  await unit.journal.write(ticket.id, { actor, event: 'erased', detail: why });
}
