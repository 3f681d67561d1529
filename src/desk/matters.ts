// Letters about one matter: gathered under a parent with its officer, parted again, and suggestions that are wrong.
import { ThanadakError } from '../domain/errors.js';
import { isPresent } from '../domain/people.js';
import { actorOf, maySee, objectionTo } from '../domain/rights.js';
import type { Ticket, TicketChange } from '../domain/ticket.js';
import { stationOf } from '../ports/office.js';
import type { Store } from '../ports/store.js';
import { type DeskOptions, type Doing, doDeed, findTicket, type Order, record } from './deed.js';

/**
 * Makes the ticket a child of another, whose officer it gets. Errors: those of doDeed; 'conflict' for another station or
 * restriction, for a parent that is itself a child or not open, and for what is gathered already.
 */
export function gather(desk: DeskOptions, order: Order & { into: string }): Promise<Ticket> {
  return doDeed(desk, { ...order, deed: 'gather' }, async (doing) => {
    const { ticket, unit, actor } = doing;
    const parent = await findTicket(unit, order.into);
    refuseParent(doing, parent);
    await refuseFamilies(doing, parent);
    await unit.matters.gather({ ticketId: ticket.id, parentId: parent.id, actor: actor.id });
    await unit.matters.judge({
      ticketId: ticket.id,
      headId: parent.id,
      state: 'gathered',
      actor: actor.id,
    });
    await record(doing, 'gathered', { into: parent.reference });
    await unit.journal.write(parent.id, {
      actor: actor.id,
      event: 'child-gathered',
      detail: { from: ticket.reference },
    });
    return takeOfficer(doing, parent);
  });
}

function refuseParent({ ticket, actor, rules }: Doing, parent: Ticket): void {
  const { reference } = parent;
  if (parent.id === ticket.id) throw new ThanadakError('invalid', 'A ticket is not gathered under itself.');
  const objection = objectionTo(actor, 'gather', {
    ticket: parent,
    station: stationOf(rules, parent.station),
  });
  if (objection) throw new ThanadakError('not-allowed', objection);
  if (parent.state === 'closed' || parent.state === 'merged')
    throw new ThanadakError('conflict', `${reference} is ${parent.state}; gather under an open ticket.`);
  if (parent.station !== ticket.station)
    throw new ThanadakError(
      'conflict',
      `${reference} is at ${parent.station}; transfer one of the two first.`,
    );
  if (parent.restriction !== ticket.restriction) {
    throw new ThanadakError(
      'conflict',
      `${reference} and ${ticket.reference} may not be read by the same people; they stay apart.`,
    );
  }
}

/** A family has two generations. */
async function refuseFamilies({ unit, ticket }: Doing, parent: Ticket): Promise<void> {
  const { reference } = ticket;
  const above = await unit.matters.parentOf(parent.id);
  if (above) {
    throw new ThanadakError(
      'conflict',
      `${parent.reference} was gathered under ${above.reference}; gather under that one.`,
    );
  }
  const own = await unit.matters.parentOf(ticket.id);
  if (own) throw new ThanadakError('conflict', `${reference} was gathered under ${own.reference} already.`);
  const [child] = await unit.matters.childrenOf(ticket.id);
  if (!child) return;
  throw new ThanadakError(
    'conflict',
    `${reference} has tickets of its own gathered under it (${child.reference}); let them leave it first.`,
  );
}

async function takeOfficer(doing: Doing, parent: Ticket): Promise<TicketChange> {
  const { officer } = parent;
  if (officer === null || officer === doing.ticket.officer) return {};
  await record(doing, 'assigned', { officer, from: doing.ticket.officer, with: parent.reference });
  return { officer };
}

/** The ticket goes on alone; its officer stays. Errors: those of doDeed; 'conflict' when it is nobody's child. */
export function leaveMatter(desk: DeskOptions, order: Order): Promise<Ticket> {
  return doDeed(desk, { ...order, deed: 'leave' }, async (doing) => {
    const { ticket } = doing;
    const left = await leaveParent(doing);
    if (left) return {};
    throw new ThanadakError('conflict', `${ticket.reference} was not gathered under another ticket.`);
  });
}

async function leaveParent({ unit, ticket, actor }: Doing): Promise<boolean> {
  const parent = await unit.matters.parentOf(ticket.id);
  if (!parent) return false;
  await partFrom({ unit, actor }, parent, ticket);
  return true;
}

async function partFrom({ unit, actor }: Pick<Doing, 'unit' | 'actor'>, parent: Ticket, child: Ticket) {
  await unit.matters.leave(child.id);
  const by = { actor: actor.id };
  await unit.journal.write(child.id, { ...by, event: 'left-matter', detail: { of: parent.reference } });
  await unit.journal.write(parent.id, { ...by, event: 'child-left', detail: { from: child.reference } });
}

/** Within a deed after which the ticket is another's to read or to deal with: it stands alone from then on. */
export async function partFromMatter(doing: Doing): Promise<void> {
  if (await leaveParent(doing)) return;
  for (const child of await doing.unit.matters.childrenOf(doing.ticket.id)) {
    await partFrom(doing, doing.ticket, child);
  }
}

/** The suggestion is wrong: kept as a label, never made again. Errors: those of doDeed; 'conflict' for what is gathered. */
export function dismissMatter(desk: DeskOptions, order: Order & { other: string }): Promise<Ticket> {
  return doDeed(desk, { ...order, deed: 'dismiss' }, async (doing) => {
    const { ticket, unit, actor, rules } = doing;
    const other = await findTicket(unit, order.other);
    if (other.id === ticket.id) throw new ThanadakError('invalid', 'A ticket is one matter with itself.');
    const objection = objectionTo(actor, 'dismiss', {
      ticket: other,
      station: stationOf(rules, other.station),
    });
    if (objection) throw new ThanadakError('not-allowed', objection);
    await refuseGathered(doing, other);
    const [headId = '', ticketId = ''] = [ticket.id, other.id].sort();
    await unit.matters.judge({ ticketId, headId, state: 'dismissed', actor: actor.id });
    await record(doing, 'suggestion-dismissed', { other: other.reference });
    const detail = { other: ticket.reference };
    await unit.journal.write(other.id, { actor: actor.id, event: 'suggestion-dismissed', detail });
    return {};
  });
}

async function refuseGathered({ unit, ticket }: Doing, other: Ticket): Promise<void> {
  const [mine, theirs] = [await unit.matters.parentOf(ticket.id), await unit.matters.parentOf(other.id)];
  const [child, parent] = mine?.id === other.id ? [ticket, other] : [other, ticket];
  if (mine?.id !== other.id && theirs?.id !== ticket.id) return;
  throw new ThanadakError(
    'conflict',
    `${child.reference} was gathered under ${parent.reference}; let it leave that one first.`,
  );
}

/** One officer for the whole matter: children that are open follow their parent. */
export async function childrenFollow(doing: Doing, officer: string): Promise<void> {
  const { unit, ticket, people, station, actor } = doing;
  const person = people.get(officer);
  for (const child of await unit.matters.childrenOf(ticket.id)) {
    const isOver = child.state === 'closed' || child.state === 'merged';
    if (isOver || child.officer === officer || !person || !maySee(actorOf(person), child, station)) continue;
    if (objectionTo(actor, 'assign', { ticket: child, station })) continue;
    await unit.tickets.countDeed(child.id, { version: child.version, at: unit.now });
    await unit.tickets.change(child.id, { officer, state: child.state === 'new' ? 'open' : child.state });
    await unit.clocks.meet(child.id, 'first-action', unit.now);
    const away = isPresent(person, unit.now) ? {} : { awayUntil: person.away?.until };
    const detail = { officer, from: child.officer, with: ticket.reference, ...away };
    await unit.journal.write(child.id, { actor: actor.id, event: 'assigned', detail });
  }
}

/**
 * The tickets of a matter, children first and the parent last, so that what is begun and not finished stays with an open
 * parent. Errors: 'not-found'; 'conflict' for a ticket that is no parent.
 */
export async function ticketsOfMatter(store: Pick<Store, 'tickets' | 'matters'>, reference: string) {
  const parent = await findTicket(store, reference);
  const children = await store.matters.childrenOf(parent.id);
  if (children.length > 0) return [...children, parent].filter(({ state }) => state !== 'merged');
  const above = await store.matters.parentOf(parent.id);
  const mend = above ? `it was gathered under ${above.reference}, do it there` : 'gather some first';
  throw new ThanadakError('conflict', `No tickets are gathered under ${parent.reference}; ${mend}.`);
}
