// The clocks of a ticket as deeds move them.
import type { ClockPlan } from '../domain/clock-plan.js';
import { withCalendar, withTarget } from '../domain/clock-plan.js';
import {
  type ClockSurroundings,
  isOver,
  liftedClock,
  newestRounds,
  rescheduled,
  startClock,
  unmetClock,
} from '../domain/running-clock.js';
import { ladderOf, targetOf } from '../domain/sla-rules.js';
import type { ClockName, Ticket, TicketClock } from '../domain/ticket.js';
import type { Instant } from '../domain/time.js';
import { type OfficeRules, stationOf } from '../ports/office.js';
import type { UnitOfWork } from '../ports/store.js';

/** Where clocks are moved: a deed, or the life of a ticket without one. */
export interface Moving {
  unit: UnitOfWork;
  rules: OfficeRules;
  ticket: Ticket;
}

/** Starts clocks at `startedAt` with the times the ticket's urgency, category and station give them. */
export async function startClocks(
  { unit, rules, ticket }: Moving,
  names: readonly ClockName[],
  start: { at: Instant; round: number },
): Promise<void> {
  const clocks = names.map((name) => {
    const { targetMs, calendar } = targetFor(rules, ticket, name);
    const plan: ClockPlan = { targetMs, stretches: [{ from: start.at, calendar }] };
    const around = {
      calendars: rules.sla.calendars,
      waits: [],
      ladder: ladderOf(rules.sla, name, ticket.urgency),
    };
    return startClock({ name, round: start.round, startedAt: start.at, plan }, around);
  });
  await unit.clocks.start(ticket.id, clocks);
}

function targetFor(rules: OfficeRules, ticket: Ticket, name: ClockName) {
  return targetOf(rules.sla, name, {
    urgency: ticket.urgency ?? 'non-urgent',
    category: ticket.category === null ? undefined : rules.categories.get(ticket.category),
    station: stationOf(rules, ticket.station),
  });
}

/** What a clock's plan, or the clock itself, becomes. */
export type ClockChange = (clock: TicketClock, around: ClockSurroundings) => TicketClock;

/** Changes every running clock and reckons its deadline anew with the waits as they are now written. */
export async function changeClocks(moving: Moving, change: ClockChange = (clock) => clock): Promise<void> {
  const { unit, rules, ticket } = moving;
  const waits = await unit.waits.ofTicket(ticket.id);
  for (const clock of newestRounds(await unit.clocks.ofTicket(ticket.id))) {
    if (isOver(clock)) continue;
    const around = {
      calendars: rules.sla.calendars,
      waits,
      ladder: ladderOf(rules.sla, clock.name, ticket.urgency),
    };
    await unit.clocks.save(ticket.id, rescheduled(change(clock, around), around));
  }
}

/** After a change of urgency, category or station, which `ticket` already shows: used time stays used. */
export async function replanClocks(moving: Moving): Promise<void> {
  const { rules, ticket, unit } = moving;
  await changeClocks(moving, (clock) => {
    if (clock.name !== 'first-action' && clock.name !== 'resolution') return clock;
    const { targetMs, calendar } = targetFor(rules, ticket, clock.name);
    const last = clock.plan.stretches.at(-1)?.calendar;
    if (clock.plan.targetMs === targetMs && last === calendar) return clock;
    const plan =
      clock.plan.targetMs === targetMs
        ? withCalendar(clock.plan, { at: unit.now, calendar })
        : withTarget(clock.plan, { at: unit.now, targetMs, calendar });
    return { ...clock, plan };
  });
}

/** The duty goes on elsewhere, or never was one. */
export async function liftClocks(moving: Moving, names?: readonly ClockName[]): Promise<void> {
  await changeClocks(moving, (clock) => (!names || names.includes(clock.name) ? liftedClock(clock) : clock));
}

/**
 * Whoever gives a ticket back on which nothing else was done gives the duty to act back too: the first action is owed
 * again when it was the last deed, or this one, that met it.
 */
export async function oweFirstAction({ unit, rules, ticket }: Moving): Promise<void> {
  const clocks = newestRounds(await unit.clocks.ofTicket(ticket.id));
  const clock = clocks.find(({ name }) => name === 'first-action');
  if (!clock?.metAt || (clock.metAt !== ticket.changedAt && clock.metAt !== unit.now)) return;
  const ladder = ladderOf(rules.sla, clock.name, ticket.urgency);
  const waits = await unit.waits.ofTicket(ticket.id);
  await unit.clocks.save(ticket.id, unmetClock(clock, { calendars: rules.sla.calendars, waits, ladder }));
}

/** Ends the wait that runs, if one does. */
export async function endWaits({ unit, ticket }: Moving): Promise<void> {
  for (const wait of await unit.waits.ofTicket(ticket.id)) {
    if (wait.endedAt === null) await unit.waits.save({ ...wait, endedAt: unit.now, nextAt: null });
  }
}
