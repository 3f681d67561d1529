// Junk: put away by a person, and brought back as if it had just been told apart.
import { ThanadakError } from '../domain/errors.js';
import { newestRounds, resumedClock } from '../domain/running-clock.js';
import { POSTMASTER } from '../domain/station.js';
import type { Ticket, TicketChange } from '../domain/ticket.js';
import type { Instant } from '../domain/time.js';
import { changeClocks, startClocks } from './clocks.js';
import { layDown } from './closing.js';
import { type DeskOptions, type Doing, doDeed, type Order, record } from './deed.js';
import type { Writing } from './letters.js';
import { tellDeputyCommissioner } from './restricting.js';
import { NOT_WAITING } from './working.js';

/**
 * Puts a ticket away: its clocks are lifted, waits and escalations end, a receipt not yet sent is withheld. Errors:
 * those of doDeed; 'conflict' for registered information.
 */
export function junk(desk: DeskOptions, order: Order): Promise<Ticket> {
  return doDeed(desk, { ...order, deed: 'junk' }, async (doing) => {
    const { ticket, unit } = doing;
    if (await unit.information.ofTicket(ticket.id)) {
      const why = 'is registered information of a cognizable offence; it cannot be junk';
      throw new ThanadakError('conflict', `${ticket.reference} ${why}.`);
    }
    await layDown(doing);
    await withholdReceipt(doing);
    await keepLabel(doing, true);
    await record(doing, 'put-away-as-junk');
    return { ...stateKept(ticket), junk: 'junk' };
  });
}

/**
 * Says that a ticket is no junk. One that was put away gets its clocks from the receipt of its letter, as if it had never
 * been away; its receipt may be sent by hand. Errors: those of doDeed.
 */
export function notJunk(desk: DeskOptions, order: Order): Promise<Ticket> {
  return doDeed(desk, { ...order, deed: 'not-junk' }, async (doing) => {
    const { ticket } = doing;
    if (ticket.junk === 'junk') await bringBack(doing, ticket.receivedAt);
    await keepLabel(doing, false);
    await record(doing, 'not-junk');
    return { ...stateKept(ticket), junk: 'cleared' };
  });
}

/** Nothing was done about the matter itself: a new ticket stays new. */
function stateKept({ state }: Ticket): TicketChange {
  return state === 'waiting' ? NOT_WAITING : { state };
}

/** Clocks that were lifted run again; one that never had any gets them as from `at`. */
export async function bringBack(writing: Writing, at: Instant): Promise<void> {
  const { unit, ticket, rules, desk } = writing;
  const clocks = await unit.clocks.ofTicket(ticket.id);
  if (clocks.length === 0) {
    // Robots and the postmaster's letters have no clocks at all.
    if (ticket.urgency === null || ticket.station === POSTMASTER) return;
    await startClocks(writing, ['acknowledgement', 'first-action', 'resolution'], { at, round: 1 });
    if (ticket.restriction === 'dc') await tellDeputyCommissioner(unit, desk.raising, ticket);
    return;
  }
  const around = { calendars: rules.sla.calendars, waits: await unit.waits.ofTicket(ticket.id), ladder: [] };
  for (const clock of newestRounds(clocks)) await unit.clocks.save(ticket.id, resumedClock(clock, around));
  await changeClocks(writing);
}

/** One that also names other tickets is still owed for those. */
async function withholdReceipt({ unit, ticket }: Doing): Promise<void> {
  const queued = await unit.outbox.list({ ticketId: ticket.id, state: 'queued', limit: 10 });
  const receipt = queued.find(({ letter }) => letter.kind === 'acknowledgement');
  if (receipt?.alsoFor.length === 0) await unit.outbox.withhold(ticket.id, 'acknowledgement', 'junk');
}

/** What a person says teaches whoever judges. */
async function keepLabel({ desk, unit, ticket, actor }: Doing, isJunk: boolean): Promise<void> {
  await unit.labels.addJunk({
    id: desk.ids.next(),
    ticketId: ticket.id,
    at: unit.now,
    actor: actor.id,
    opinion: ticket.junkOpinion,
    isJunk,
  });
}
