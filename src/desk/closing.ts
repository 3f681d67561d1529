// Closure and return: what was done, told in a letter; and the ticket opened again when that was not so.
import { ThanadakError } from '../domain/errors.js';
import { rankAbove } from '../domain/people.js';
import { type LocalisedName, nameIn } from '../domain/station.js';
import type { Ticket, TicketChange, Wait } from '../domain/ticket.js';
import type { Instant } from '../domain/time.js';
import type { Raising } from '../ports/desk.js';
import type { OfficeRules } from '../ports/office.js';
import { changeClocks, endWaits, liftClocks, type Moving, startClocks } from './clocks.js';
import { type DeskOptions, type Doing, doDeed, nonEmpty, type Order, record } from './deed.js';
import { commonValues, type Writing, type Written, writeIfPossible } from './letters.js';
import { NOT_WAITING } from './working.js';

const DAY_MS = 86_400_000;

export interface Closing {
  /** Code of the configured list. */
  outcome: string;
  /** What was done, as the resident will read it. */
  text: string;
}

/** Errors: those of doDeed; 'invalid' for an unknown outcome or an empty text; 'conflict' for what is not finished. */
export function close(desk: DeskOptions, order: Order & Closing): Promise<Ticket> {
  return doDeed(desk, { ...order, deed: 'close' }, async (doing) => {
    const action = nonEmpty(order.text, 'What was done');
    const outcome = outcomeOf(doing, order.outcome);
    await refuseUndecided(doing);
    const letter = await writeClosure(doing, action, outcome.name);
    await settleClocks(doing);
    await record(doing, 'closed', { outcome: order.outcome, ...letter });
    return closedAs(order.outcome, doing.unit.now);
  });
}

function outcomeOf({ rules, ticket }: Doing, code: string) {
  const outcome = rules.outcomes.get(code);
  if (!outcome) {
    const known = [...rules.outcomes.keys()].join(', ');
    throw new ThanadakError('invalid', `There is no outcome ${code}. Known are ${known}.`);
  }
  const passedOn = ticket.passedOn !== null && ticket.passedOn.to !== ticket.station;
  if (outcome.needsPassingOn && !passedOn) {
    const mend = 'transfer it (or refer it to the agency) first: nobody is sent away';
    throw new ThanadakError(
      'conflict',
      `${ticket.reference} was not passed on, so it cannot be closed as ${code}; ${mend}.`,
    );
  }
  return outcome;
}

/** Information of a cognizable offence never just ends (BNSS s.173; Soya v State of Kerala). */
async function refuseUndecided({ unit, ticket }: Doing): Promise<void> {
  const information = await unit.information.ofTicket(ticket.id);
  if (!information || information.signedAt !== null || information.decision !== null) return;
  const mend = 'decide first (FIR, preliminary enquiry, or a reasoned note)';
  throw new ThanadakError(
    'conflict',
    `${ticket.reference} is registered information that was not signed; ${mend}.`,
  );
}

function writeClosure(writing: Doing, action: string, outcome: LocalisedName): Promise<Written> {
  const days = daysToReturn(writing.rules);
  return writeIfPossible(writing, {
    template: 'closure',
    kind: 'closure',
    values: { ...commonValues(writing), action, outcome: (language) => nameIn(outcome, language), days },
    automatic: false,
  });
}

function daysToReturn({ closure }: OfficeRules): string {
  return String(Math.round(closure.returnWindowMs / DAY_MS));
}

/** What was owed is met by the closure; nothing waits any more. The promise to report progress on a case stays. */
async function settleClocks(moving: Moving): Promise<void> {
  await endWaits(moving);
  await changeClocks(moving);
  await moving.unit.clocks.meet(moving.ticket.id, 'first-action', moving.unit.now);
  await moving.unit.clocks.meet(moving.ticket.id, 'resolution', moving.unit.now);
  await moving.unit.escalations.stopClimbing(moving.ticket.id, 'reopened');
}

function closedAs(outcome: string, at: Instant): TicketChange {
  return { ...NOT_WAITING, state: 'closed', outcome, closedAt: at };
}

/** We asked, reminded and heard nothing: closed with a letter that says so and how to have it opened again. */
export async function closeUnanswered(writing: Writing, wait: Wait): Promise<void> {
  const { unit, ticket, rules } = writing;
  const letter = await writeIfPossible(writing, {
    template: 'closure-unanswered',
    kind: 'closure',
    values: { ...commonValues(writing), asked_at: wait.startedAt, days: daysToReturn(rules) },
    automatic: true,
  });
  await settleClocks(writing);
  await unit.tickets.change(ticket.id, closedAs('no-answer', unit.now));
  const detail = { outcome: 'no-answer', ...letter };
  await unit.journal.write(ticket.id, { actor: 'system', event: 'closed', detail });
}

/** Errors: those of doDeed. */
export function reopen(desk: DeskOptions, order: Order & { reason: string }): Promise<Ticket> {
  return doDeed(desk, { ...order, deed: 'reopen' }, async (doing) => {
    const reason = nonEmpty(order.reason, 'The reason');
    await record(doing, 'reopened', { reason });
    return openAgain(doing, doing.unit.now);
  });
}

/** A new round of clocks from `at`. */
export async function openAgain(moving: Moving, at: Instant): Promise<TicketChange> {
  const { ticket } = moving;
  const reopened = ticket.reopened + 1;
  const change = { ...NOT_WAITING, closedAt: null, outcome: null, reopened } as const satisfies TicketChange;
  await startClocks(moving, ['first-action', 'resolution'], { at, round: reopened + 1 });
  return change;
}

/** Milliseconds the superior has to acknowledge a matter that came back. */
const ANSWER_WITHIN_MS = 24 * 3_600_000;

/** The resident says that it is not solved: open again, owned one rank higher, and that rank is told. */
export async function returnToHigherRank(moving: Moving, raising: Raising, at: Instant): Promise<void> {
  const { ticket, unit } = moving;
  const level = ticket.level === 'dc' ? 'dc' : rankAbove(ticket.level);
  const change = { ...(await openAgain(moving, at)), level };
  await unit.tickets.change(ticket.id, change);
  await raising.raise(unit, {
    ticket: { ...ticket, ...change },
    cause: 'reopened',
    round: change.reopened ?? 1,
    step: 0,
    rank: level,
    markedAt: at,
    dueAt: at,
    answerWithinMs: ANSWER_WITHIN_MS,
    climbs: level !== 'dc',
  });
}

/** Lifts every clock and ends every wait and escalation of a ticket that ceases to be one of its own. */
export async function layDown(moving: Moving): Promise<void> {
  const { unit, ticket } = moving;
  await endWaits(moving);
  await liftClocks(moving);
  await unit.escalations.endAll(ticket.id, unit.now);
}
