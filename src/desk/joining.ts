// Two tickets that are one matter, and one that is two: merge, unmerge, split.
import { mergePlans } from '../domain/clock-plan.js';
import { ThanadakError } from '../domain/errors.js';
import { isPutAway } from '../domain/junk.js';
import { formatReference } from '../domain/reference.js';
import { isStricter, objectionTo } from '../domain/rights.js';
import { isOver, newestRounds, resumedClock } from '../domain/running-clock.js';
import { type Ticket, UNTOUCHED } from '../domain/ticket.js';
import { stationOf } from '../ports/office.js';
import type { MessageRecord } from '../ports/records.js';
import { changeClocks, type Moving, startClocks } from './clocks.js';
import { layDown } from './closing.js';
import { type DeskOptions, type Doing, doDeed, findTicket, type Order, record } from './deed.js';
import { partFromMatter } from './matters.js';
import { NOT_WAITING } from './working.js';

/**
 * The ticket goes on inside another one: its messages are shown there, its clocks rest, the earlier start counts.
 * Errors: those of doDeed; 'conflict' for a ticket that cannot take it in.
 */
export function merge(desk: DeskOptions, order: Order & { into: string }): Promise<Ticket> {
  return doDeed(desk, { ...order, deed: 'merge' }, async (doing) => {
    const { ticket, unit, actor } = doing;
    const into = await findTicket(unit, order.into);
    refuseMerge(doing, into);
    await carryClocks(doing, into);
    await partFromMatter(doing);
    await layDown(doing);
    await unit.tickets.link(ticket.id, into.id);
    await record(doing, 'merged', { into: into.reference });
    await unit.journal.write(into.id, {
      actor: actor.id,
      event: 'took-in',
      detail: { from: ticket.reference },
    });
    return { ...NOT_WAITING, state: 'merged', mergedInto: into.reference };
  });
}

function refuseMerge({ ticket, actor, rules }: Doing, into: Ticket): void {
  const { reference } = into;
  if (into.id === ticket.id) throw new ThanadakError('invalid', 'A ticket is not merged into itself.');
  if (into.state === 'merged') {
    throw new ThanadakError(
      'conflict',
      `${reference} was itself merged into ${into.mergedInto}; merge into that one.`,
    );
  }
  if (isPutAway(into)) {
    throw new ThanadakError('conflict', `${reference} is put away as junk; bring it back first.`);
  }
  if (into.state === 'closed')
    throw new ThanadakError('conflict', `${reference} is closed; reopen it first.`);
  const objection = objectionTo(actor, 'merge', { ticket: into, station: stationOf(rules, into.station) });
  if (objection) throw new ThanadakError('not-allowed', objection);
  if (isStricter(ticket.restriction, into.restriction)) {
    throw new ThanadakError(
      'conflict',
      `${reference} may be read by more people; restrict it first, then merge.`,
    );
  }
}

/** Whoever waited longer has waited longest: the clock that stays takes the earlier start. */
async function carryClocks(doing: Doing, into: Ticket): Promise<void> {
  const { unit, rules, ticket } = doing;
  await carryWaits(doing, into);
  const leaving = newestRounds(await unit.clocks.ofTicket(ticket.id));
  await changeClocks({ unit, rules, ticket: into }, (clock) => {
    const other = leaving.find(({ name }) => name === clock.name);
    if (!other || isOver(other) || other.startedAt >= clock.startedAt) return clock;
    return { ...clock, startedAt: other.startedAt, plan: mergePlans(clock.plan, other.plan) };
  });
}

/** What the ticket waited before the other began is no working time of the clocks it hands over. */
async function carryWaits({ unit, ticket, desk }: Doing, into: Ticket): Promise<void> {
  const start = into.receivedAt;
  for (const wait of await unit.waits.ofTicket(ticket.id)) {
    if (wait.startedAt >= start) continue;
    const endedAt = wait.endedAt === null || wait.endedAt > start ? start : wait.endedAt;
    await unit.waits.begin({ ...wait, id: desk.ids.next(), ticketId: into.id, endedAt, nextAt: null });
  }
}

/** Errors: those of doDeed. */
export function unmerge(desk: DeskOptions, order: Order): Promise<Ticket> {
  return doDeed(desk, { ...order, deed: 'unmerge' }, async (doing) => {
    const { ticket, unit, rules } = doing;
    const waits = await unit.waits.ofTicket(ticket.id);
    const around = { calendars: rules.sla.calendars, waits, ladder: [] };
    for (const clock of newestRounds(await unit.clocks.ofTicket(ticket.id))) {
      await unit.clocks.save(ticket.id, resumedClock(clock, around));
    }
    await changeClocks(doing);
    await record(doing, 'unmerged', { from: ticket.mergedInto });
    return { state: 'open', mergedInto: null };
  });
}

/**
 * One message becomes a ticket of its own at the same station, linked to the first; its clocks run from the receipt of
 * that message. Resolves to the new ticket. Errors: those of doDeed; 'not-found' for a message that is not on the ticket.
 */
export async function split(desk: DeskOptions, order: Order & { messageId: string }): Promise<Ticket> {
  let opened: Ticket | undefined;
  await doDeed(desk, { ...order, deed: 'split' }, async (doing) => {
    const { ticket, unit } = doing;
    const message = await unit.messages.find(order.messageId);
    if (!message || message.ticketId !== ticket.id || message.direction !== 'in') {
      throw new ThanadakError('not-found', `${ticket.reference} has no incoming message ${order.messageId}.`);
    }
    await refuseLast(doing, message);
    const { subject, from, verdict, receivedAt } = message;
    const resident = from ? { ...from, verdict } : ticket.resident;
    const origin = { messageId: message.id, splitFrom: ticket.reference };
    opened = await openBeside(doing, { subject, resident, receivedAt }, origin);
    await unit.messages.move(message.id, opened.id);
    await unit.tickets.link(ticket.id, opened.id);
    await record(doing, 'split-off', { messageId: message.id, to: opened.reference });
    return {};
  });
  if (!opened) throw new ThanadakError('internal', 'The ticket was not split.');
  return opened;
}

async function refuseLast({ unit, ticket }: Doing, message: MessageRecord): Promise<void> {
  const incoming = (await unit.messages.ofTicket(ticket.id)).filter(({ direction }) => direction === 'in');
  if (incoming.length > 1) return;
  throw new ThanadakError(
    'conflict',
    `${message.id} is the only letter of ${ticket.reference}; nothing would be left.`,
  );
}

/** A new ticket at the same station, like this one but for `parts`; its clocks run from its receipt, one deed is done. */
export async function openBeside(
  doing: Doing,
  parts: Partial<Ticket> & Pick<Ticket, 'subject' | 'resident' | 'receivedAt'>,
  origin: Record<string, unknown>,
): Promise<Ticket> {
  const { unit, ticket, desk, actor } = doing;
  const year = Number(unit.now.slice(0, 4));
  const number = await unit.tickets.nextNumber(ticket.station, year);
  const opened: Ticket = {
    ...ticket,
    ...UNTOUCHED,
    id: desk.ids.next(),
    reference: formatReference(ticket.station, year, number),
    state: 'new',
    acknowledgedAt: null,
    officer: null,
    ...parts,
  };
  await unit.tickets.open(opened);
  const moving: Moving = { ...doing, ticket: opened };
  await startClocks(moving, ['first-action', 'resolution'], { at: opened.receivedAt, round: 1 });
  await moving.unit.clocks.meet(moving.ticket.id, 'first-action', moving.unit.now);
  await unit.journal.write(opened.id, { actor: actor.id, event: 'opened', detail: origin });
  return opened;
}
