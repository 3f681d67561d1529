// The frame of every deed: who, on which ticket, is it allowed, does the state permit it, has somebody been faster; then
// the deed itself, all in one unit of work.
import { type Deed as DeedName, isAction, refusalOf } from '../domain/deeds.js';
import { ThanadakError } from '../domain/errors.js';
import type { People } from '../domain/people.js';
import { type Actor, objectionTo } from '../domain/rights.js';
import type { Station } from '../domain/station.js';
import type { Ticket, TicketChange } from '../domain/ticket.js';
import type { Instant } from '../domain/time.js';
import type { Raising } from '../ports/desk.js';
import { type OfficeRules, peopleNow, stationOf } from '../ports/office.js';
import type { Store, UnitOfWork } from '../ports/store.js';
import type { IdSource, Meter, Signer } from '../ports/surroundings.js';
import { listening, refuseOthers } from './letters-heard.js';

export interface DeskOptions {
  store: Store;
  rules(): OfficeRules;
  ids: IdSource;
  signer: Signer;
  meter: Meter;
  raising: Raising;
  /** Something was put into the outbox. */
  onLetters(): void;
}

/** Which deed by whom on which ticket. */
export interface Order {
  actor: Actor;
  /** In any case; a merged ticket's own. */
  reference: string;
  /** What the actor had before the eyes; a deed of somebody else since then is a conflict. */
  seen?: { version?: number | undefined; at?: Instant | undefined } | undefined;
  /** Mark of the preview the actor saw; a deed that would write other letters is a conflict. */
  previewed?: string | undefined;
}

/** A deed under way: everything it may need, in its unit of work. */
export interface Doing {
  desk: DeskOptions;
  unit: UnitOfWork;
  rules: OfficeRules;
  actor: Actor;
  people: People;
  ticket: Ticket;
  station: Station;
}

/**
 * Does `work` as `deed`. It answers what changes on the ticket; the first deed of a person also opens a new ticket and
 * meets its first-action clock. Errors: 'not-found', 'not-allowed', 'conflict' (state, or somebody was faster), those
 * of `work` (nothing is then done), those of Store.transact.
 */
export async function doDeed(
  desk: DeskOptions,
  order: Order & { deed: DeedName },
  work: (doing: Doing) => Promise<TicketChange>,
): Promise<Ticket> {
  const ticket = await desk.store.transact(async (bare) => {
    const { unit, letters } = listening(bare);
    const doing = await begin(desk, order, unit);
    const before = doing.ticket;
    if (isAction(order.deed)) await doing.unit.clocks.meet(doing.ticket.id, 'first-action', doing.unit.now);
    const change = await work(doing);
    refuseOthers(desk.signer, order.previewed, letters);
    const state = change.state ?? (before.state === 'new' ? 'open' : before.state);
    await unit.tickets.change(before.id, { attention: null, ...change, state });
    return { ...before, attention: null, ...change, state, version: before.version + 1, changedAt: unit.now };
  });
  desk.meter.count('deeds_total', { deed: order.deed });
  desk.onLetters();
  return ticket;
}

async function begin(desk: DeskOptions, order: Order & { deed: DeedName }, unit: UnitOfWork): Promise<Doing> {
  const ticket = await findTicket(unit, order.reference);
  const rules = desk.rules();
  const station = stationOf(rules, ticket.station);
  const objection = objectionTo(order.actor, order.deed, { ticket, station });
  if (objection) throw new ThanadakError('not-allowed', objection);
  refuseOutrun(ticket, order);
  const refusal = refusalOf(order.deed, ticket);
  if (refusal) throw new ThanadakError('conflict', refusal);
  const counted = await unit.tickets.countDeed(ticket.id, { version: ticket.version, at: unit.now });
  if (!counted) throw outrun(ticket);
  const people = await peopleNow(rules, unit);
  return { desk, unit, rules, actor: order.actor, people, ticket, station };
}

/** Errors: 'not-found'. */
export async function findTicket(unit: Pick<UnitOfWork, 'tickets'>, reference: string): Promise<Ticket> {
  const ticket = await unit.tickets.find(reference.trim().toUpperCase());
  if (!ticket) throw new ThanadakError('not-found', `There is no ticket ${reference}.`);
  return ticket;
}

function refuseOutrun(ticket: Ticket, { seen }: Order): void {
  if (seen?.version !== undefined && seen.version !== ticket.version) throw outrun(ticket);
  if (seen?.at !== undefined && ticket.changedAt !== null && ticket.changedAt >= seen.at)
    throw outrun(ticket);
}

function outrun(ticket: Ticket): ThanadakError {
  return new ThanadakError(
    'conflict',
    `Somebody else has just changed ${ticket.reference}; look at it again, then decide.`,
  );
}

/** Writes what happened. `detail` holds no text of a person: texts lie in messages and notes. */
export async function record(
  doing: Doing,
  event: string,
  detail: Record<string, unknown> = {},
): Promise<void> {
  await doing.unit.journal.write(doing.ticket.id, { actor: doing.actor.id, event, detail });
}

/** Errors: 'invalid'. */
export function nonEmpty(text: string, what: string): string {
  const trimmed = text.trim();
  if (trimmed === '') throw new ThanadakError('invalid', `${what} is empty; write what is to be said.`);
  return trimmed;
}
