// The everyday deeds: assign, note, reply, ask, wait, resume, link, record a number.
import { isReleasable, type SuppressionReason } from '../domain/acknowledgement.js';
import { isSendable } from '../domain/address.js';
import { isBudgetReason } from '../domain/budget.js';
import { ThanadakError } from '../domain/errors.js';
import { isPresent } from '../domain/people.js';
import { actorOf, maySee } from '../domain/rights.js';
import type { Awaited, Ticket, TicketChange } from '../domain/ticket.js';
import { type Instant, millisecondsBetween } from '../domain/time.js';
import { changeClocks, endWaits, oweFirstAction } from './clocks.js';
import { type DeskOptions, type Doing, doDeed, findTicket, nonEmpty, type Order, record } from './deed.js';
import { commonValues, writeToResident } from './letters.js';
import { childrenFollow } from './matters.js';

/** `officer` null takes it from whoever has it. Errors: those of doDeed; 'not-found' and 'conflict' when the officer cannot take it. */
export function assign(desk: DeskOptions, order: Order & { officer: string | null }): Promise<Ticket> {
  return doDeed(desk, { ...order, deed: 'assign' }, async (doing) => {
    if (order.officer === null) {
      await oweFirstAction(doing);
      await record(doing, 'unassigned', { from: doing.ticket.officer });
      return { officer: null };
    }
    const officer = doing.people.get(order.officer);
    if (!officer) throw new ThanadakError('not-found', `There is no officer ${order.officer}.`);
    const reads = officer.rank !== 'auditor' && maySee(actorOf(officer), doing.ticket, doing.station);
    if (officer.disabled || !reads) {
      throw new ThanadakError(
        'conflict',
        `${officer.id} does not serve ${doing.ticket.station} or may not read this ticket.`,
      );
    }
    const away = isPresent(officer, doing.unit.now)
      ? {}
      : { awayUntil: officer.away?.until, deputy: officer.away?.deputy };
    await record(doing, 'assigned', { officer: officer.id, from: doing.ticket.officer, ...away });
    await childrenFollow(doing, officer.id);
    return { officer: officer.id };
  });
}

/** Sends an acknowledgement that a machine must not send. Errors: those of doDeed; 'conflict' when none is withheld. */
export function sendAcknowledgement(desk: DeskOptions, order: Order): Promise<Ticket> {
  return doDeed(desk, { ...order, deed: 'acknowledge' }, async (doing) => {
    const { unit, ticket } = doing;
    const withheld = await unit.outbox.list({ ticketId: ticket.id, state: 'suppressed', limit: 10 });
    const receipt = withheld.find(({ letter }) => letter.kind === 'acknowledgement');
    if (!receipt)
      throw new ThanadakError('conflict', `No acknowledgement of ${ticket.reference} is withheld.`);
    const { reason } = receipt;
    const isHeld = isBudgetReason(reason) || isReleasable(reason as SuppressionReason);
    if (!isHeld || !isSendable(receipt.letter.to)) {
      throw new ThanadakError(
        'conflict',
        `The acknowledgement of ${ticket.reference} is withheld for good (${receipt.reason}); write a reply instead.`,
      );
    }
    await unit.outbox.release(receipt.letter.id, unit.now);
    await record(doing, 'acknowledgement-released', { outboxId: receipt.letter.id, reason: receipt.reason });
    return {};
  });
}

/** An internal remark; no resident ever sees it. */
export function note(desk: DeskOptions, order: Order & { text: string }): Promise<Ticket> {
  return doDeed(desk, { ...order, deed: 'note' }, async (doing) => {
    const text = nonEmpty(order.text, 'The note');
    const { unit, ticket, actor } = doing;
    const id = desk.ids.next();
    await unit.notes.add({ id, ticketId: ticket.id, at: unit.now, actor: actor.id, text });
    await record(doing, 'noted', { noteId: id });
    return {};
  });
}

/** A letter to the resident in the officer's words. */
export function reply(desk: DeskOptions, order: Order & { text: string }): Promise<Ticket> {
  return doDeed(desk, { ...order, deed: 'reply' }, async (doing) => {
    const text = nonEmpty(order.text, 'The reply');
    const outboxId = await writeToResident(doing, {
      template: 'reply',
      kind: 'reply',
      values: { ...commonValues(doing), text },
      automatic: false,
    });
    await record(doing, 'replied', { outboxId });
    return {};
  });
}

export interface Waiting {
  for: Awaited;
  until: Instant;
}

const LONGEST_WAIT_MS = 180 * 86_400_000;

/** A question to the resident; the matter rests until the answer or `until`. */
export function ask(desk: DeskOptions, order: Order & { text: string; until: Instant }): Promise<Ticket> {
  return doDeed(desk, { ...order, deed: 'ask' }, async (doing) => {
    const text = nonEmpty(order.text, 'The question');
    const outboxId = await writeToResident(doing, {
      template: 'ask',
      kind: 'reply',
      values: { ...commonValues(doing), text, until: order.until },
      automatic: false,
    });
    if (doing.ticket.state === 'waiting') await endWaits(doing);
    const change = await beginWait(doing, { for: 'resident', until: order.until });
    await record(doing, 'asked', { outboxId, until: order.until });
    return change;
  });
}

export function wait(desk: DeskOptions, order: Order & Waiting): Promise<Ticket> {
  return doDeed(desk, { ...order, deed: 'wait' }, async (doing) => {
    const change = await beginWait(doing, order);
    await record(doing, 'waiting', { for: order.for, until: order.until });
    return change;
  });
}

/** The resolution clock rests from now on; the wait is journalled by the deed. */
async function beginWait(doing: Doing, waiting: Waiting): Promise<TicketChange> {
  const { unit, ticket, desk } = doing;
  const length = millisecondsBetween(unit.now, waiting.until);
  if (!(length > 0 && length <= LONGEST_WAIT_MS)) {
    throw new ThanadakError('invalid', 'A wait must end in the future and within 180 days.');
  }
  await unit.waits.begin({
    id: desk.ids.next(),
    ticketId: ticket.id,
    for: waiting.for,
    startedAt: unit.now,
    until: waiting.until,
    endedAt: null,
    remindedAt: null,
    nextAt: waiting.until,
  });
  await changeClocks(doing);
  return { state: 'waiting', waitingFor: waiting.for, waitingUntil: waiting.until };
}

export function resume(desk: DeskOptions, order: Order): Promise<Ticket> {
  return doDeed(desk, { ...order, deed: 'resume' }, async (doing) => {
    await endWaits(doing);
    await changeClocks(doing);
    await record(doing, 'resumed');
    return NOT_WAITING;
  });
}

/** What a ticket is that does not wait any more. */
export const NOT_WAITING = {
  state: 'open',
  waitingFor: null,
  waitingUntil: null,
} as const satisfies TicketChange;

/** Ties two tickets together, or unties them. */
export function link(
  desk: DeskOptions,
  order: Order & { to: string; untie?: boolean | undefined },
): Promise<Ticket> {
  return doDeed(desk, { ...order, deed: 'link' }, async (doing) => {
    const other = await findTicket(doing.unit, order.to);
    if (other.id === doing.ticket.id) throw new ThanadakError('invalid', 'A ticket is not linked to itself.');
    const { tickets, journal } = doing.unit;
    if (order.untie) await tickets.unlink(doing.ticket.id, other.id);
    else await tickets.link(doing.ticket.id, other.id);
    const event = order.untie ? 'unlinked' : 'linked';
    await record(doing, event, { to: other.reference });
    await journal.write(other.id, { actor: doing.actor.id, event, detail: { to: doing.ticket.reference } });
    return {};
  });
}
