// Who may read a ticket.
import { ThanadakError } from '../domain/errors.js';
import { isAtLeast } from '../domain/people.js';
import { actorOf, isStricter, maySee } from '../domain/rights.js';
import type { Restriction, Ticket, TicketChange } from '../domain/ticket.js';
import type { Raising } from '../ports/desk.js';
import type { UnitOfWork } from '../ports/store.js';
import { type DeskOptions, type Doing, doDeed, nonEmpty, type Order, record } from './deed.js';
import { partFromMatter } from './matters.js';

/** Milliseconds the deputy commissioner's office has to acknowledge a ticket only it may read. */
const ANSWER_WITHIN_MS = 24 * 3_600_000;

/** Errors: those of doDeed; 'not-allowed' when somebody below the deputy commissioner lifts a restriction. */
export function restrict(
  desk: DeskOptions,
  order: Order & { restriction: Restriction; reason: string },
): Promise<Ticket> {
  return doDeed(desk, { ...order, deed: 'restrict' }, (doing) => {
    const { restriction } = order;
    nonEmpty(order.reason, 'The reason');
    if (isStricter(doing.ticket.restriction, restriction) && !isAtLeast(doing.actor.rank, 'dc')) {
      throw new ThanadakError('not-allowed', 'Only the deputy commissioner lifts a restriction.');
    }
    return applyRestriction(doing, restriction, order.reason);
  });
}

/** Restricts within a deed; an officer who may no longer read the ticket loses it. */
export async function applyRestriction(
  doing: Doing,
  restriction: Restriction,
  reason: string | null = null,
): Promise<TicketChange> {
  const { ticket, unit, people, station } = doing;
  const from = ticket.restriction;
  await record(doing, 'restricted', { restriction, from, ...(reason ? { reason } : {}) });
  if (restriction !== from) await partFromMatter(doing);
  const officer = ticket.officer === null ? undefined : people.get(ticket.officer);
  const keeps = officer && maySee(actorOf(officer), { restriction }, station);
  const change: TicketChange = { restriction, officer: keeps ? ticket.officer : null };
  const hidden = { ...ticket, ...change };
  if (restriction === 'dc' && from !== 'dc') await tellDeputyCommissioner(unit, doing.desk.raising, hidden);
  return change;
}

/** A ticket the station must not read goes straight to the deputy commissioner's office. */
export async function tellDeputyCommissioner(
  unit: UnitOfWork,
  raising: Raising,
  ticket: Ticket,
): Promise<void> {
  await raising.raise(unit, {
    ticket,
    cause: 'restricted',
    round: 1,
    step: 0,
    rank: 'dc',
    markedAt: unit.now,
    dueAt: unit.now,
    answerWithinMs: ANSWER_WITHIN_MS,
    climbs: true,
  });
}
