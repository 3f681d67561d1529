// What time brings about: clocks past a mark, escalations nobody acknowledged, waits that are over. A query each, in the
// order in which they fell due; what an outage left undone is done by the next pass.

import { messageOf, StorageBroken } from '../domain/errors.js';
import type { Escalation } from '../domain/escalation.js';
import { rankAbove } from '../domain/people.js';
import { type Passed, passNext, rescheduled } from '../domain/running-clock.js';
import { ladderOf } from '../domain/sla-rules.js';
import type { Ticket, TicketClock, Wait } from '../domain/ticket.js';
import { type Instant, shift } from '../domain/time.js';
import { stepAfter } from '../domain/told.js';
import type { Raising, TicketLife } from '../ports/desk.js';
import type { OfficeRules } from '../ports/office.js';
import type { DueClock } from '../ports/records.js';
import type { Store, UnitOfWork } from '../ports/store.js';
import type { Clock, Log, Meter } from '../ports/surroundings.js';

export interface SweepOptions {
  store: Store;
  rules(): OfficeRules;
  raising: Raising;
  life: TicketLife;
  clock: Clock;
  log: Log;
  meter: Meter;
  /** Letters were put into the outbox. */
  onLetters(): void;
}

/** Events of one unit of work; more wait for the next round of the same pass. */
const ROUND = 50;

interface Event {
  /** Names the event, so that one that fails is left for the next pass. */
  key: string;
  at: Instant;
  /** Does it, if it is still due; resolves to when the same thing is due again. */
  run(unit: UnitOfWork): Promise<Instant | null>;
}

/** A pass over everything due. Resolves to the number of events that happened. Rejects with StorageBroken only. */
export async function sweep(options: SweepOptions): Promise<number> {
  const failed = new Set<string>();
  let done = 0;
  for (;;) {
    const events = (await dueEvents(options)).filter(({ key }) => !failed.has(key));
    if (events.length === 0) break;
    done += await runRound(options, events, failed);
  }
  if (done > 0) options.onLetters();
  return done;
}

/** Together, because a commit costs the same for one event and for many; singly when that fails. */
async function runRound(options: SweepOptions, events: Event[], failed: Set<string>): Promise<number> {
  try {
    return await options.store.transact((unit) => runInOrder(events, (event) => event.run(unit)));
  } catch (error) {
    if (error instanceof StorageBroken) throw error;
    options.log.warn(
      { error, events: events.length },
      'what is due could not be done together; doing it singly',
    );
    return runInOrder(events, (event) => runAlone(options, event, failed));
  }
}

async function dueEvents(options: SweepOptions): Promise<Event[]> {
  const { store, clock } = options;
  const now = clock.now();
  const events = [
    ...(await store.clocks.due(now, ROUND)).map((due) => clockEvent(options, due)),
    ...(await store.escalations.due(now, ROUND)).map((due) => escalationEvent(options, due)),
    ...(await store.waits.due(now, ROUND)).map((due) => waitEvent(options, due)),
  ];
  return events.sort(byTime).slice(0, ROUND);
}

function byTime(a: Event, b: Event): number {
  return a.at < b.at ? -1 : a.at > b.at ? 1 : 0;
}

/** One thing may fall due several times in an outage, with others between: it takes its place again. */
async function runInOrder(
  events: readonly Event[],
  run: (event: Event) => Promise<Instant | null>,
): Promise<number> {
  const waiting = [...events];
  const last = waiting.at(-1)?.at ?? '';
  let done = 0;
  for (let event = waiting.shift(); event; event = waiting.shift()) {
    const again = await run(event);
    done += 1;
    if (again === null || again > last) continue;
    const place = waiting.findIndex(({ at }) => at > again);
    waiting.splice(place < 0 ? waiting.length : place, 0, { ...event, at: again });
  }
  return done;
}

async function runAlone(options: SweepOptions, event: Event, failed: Set<string>): Promise<Instant | null> {
  try {
    return await options.store.transact((unit) => event.run(unit));
  } catch (error) {
    if (error instanceof StorageBroken) throw error;
    failed.add(event.key);
    const fields = { event: event.key, error, reason: messageOf(error) };
    options.log.error(fields, 'what is due could not be done now; it is tried again at the next sweep');
    return null;
  }
}

const ENDED = ['closed', 'merged'];

function clockEvent(options: SweepOptions, { ticketId, clock }: DueClock): Event {
  const key = `clock ${ticketId} ${clock.name} ${clock.round}`;
  return { key, at: clock.nextAt ?? '', run: (unit) => advanceClock(options, unit, { ticketId, clock }) };
}

async function advanceClock(options: SweepOptions, unit: UnitOfWork, due: DueClock): Promise<Instant | null> {
  const ticket = await unit.tickets.findById(due.ticketId);
  const clocks = await unit.clocks.ofTicket(due.ticketId);
  const clock = clocks.find(({ name, round }) => name === due.clock.name && round === due.clock.round);
  if (!ticket || !clock || clock.nextAt === null || clock.nextAt > unit.now) return null;
  const rules = options.rules().sla;
  const ladder = ladderOf(rules, clock.name, ticket.urgency);
  const waits = await unit.waits.ofTicket(ticket.id);
  const around = { calendars: rules.calendars, waits, ladder };
  const next = passNext(clock, around, unit.now);
  if (!next) {
    // The rules changed since its next look was written down.
    await unit.clocks.save(ticket.id, rescheduled(clock, around));
    return null;
  }
  await unit.clocks.save(ticket.id, next.clock);
  await tell({ options, unit, ticket, clock: next.clock }, next.passed);
  return next.clock.nextAt;
}

interface Telling {
  options: SweepOptions;
  unit: UnitOfWork;
  ticket: Ticket;
  clock: TicketClock;
}

async function tell({ options, unit, ticket, clock }: Telling, passed: Passed): Promise<void> {
  if (passed.kind === 'breach') {
    const detail = { clock: clock.name, round: clock.round, dueAt: passed.at };
    await unit.journal.write(ticket.id, { actor: 'system', event: 'clock-breached', detail });
    options.meter.count('clocks_breached_total', { clock: clock.name });
    return;
  }
  const ladder = ladderOf(options.rules().sla, clock.name, ticket.urgency);
  const rule = ladder[passed.step];
  if (!rule) return;
  if (rule.rank === 'resident') {
    await options.life.remindOfSignature(unit, ticket, passed.at);
    return;
  }
  await options.raising.raise(unit, {
    ticket,
    cause: clock.name,
    round: clock.round,
    step: passed.step,
    rank: rule.rank,
    markedAt: passed.at,
    dueAt: clock.dueAt,
    answerWithinMs: rule.answerWithinMs,
    climbs: ladder[passed.step + 1]?.at === null,
  });
}

function escalationEvent(options: SweepOptions, escalation: Escalation): Event {
  const { id, nextAt } = escalation;
  return { key: `escalation ${id}`, at: nextAt ?? '', run: (unit) => climb(options, unit, id) };
}

/** Milliseconds the ranks have to acknowledge what has no ladder of its own. */
const ANSWER_WITHIN_MS = 24 * 3_600_000;

async function climb(options: SweepOptions, unit: UnitOfWork, id: string): Promise<null> {
  const told = await unit.escalations.find(id);
  if (!told || told.nextAt === null || told.nextAt > unit.now) return null;
  await unit.escalations.save({ ...told, nextAt: null });
  const ticket = await unit.tickets.findById(told.ticketId);
  if (!ticket || told.rank === 'resident' || ENDED.includes(ticket.state)) return null;
  const markedAt = told.answerBy ?? unit.now;
  const dueAt = await deadlineOf(unit, told);
  const base = { ticket, cause: told.clock, round: told.round, markedAt, dueAt };
  if (told.clock === 'reopened' || told.clock === 'restricted') {
    const rank = rankAbove(told.rank);
    const step = { step: told.step + 1, rank, answerWithinMs: ANSWER_WITHIN_MS, climbs: rank !== 'admin' };
    if (rank !== told.rank) await options.raising.raise(unit, { ...base, ...step });
    return null;
  }
  const ladder = ladderOf(options.rules().sla, told.clock, ticket.urgency);
  const index = stepAfter(ladder, { step: told.step, rank: told.rank });
  const rule = index === undefined ? undefined : ladder[index];
  if (index === undefined || !rule || rule.rank === 'resident') return null;
  await options.raising.raise(unit, {
    ...base,
    step: index,
    rank: rule.rank,
    answerWithinMs: rule.answerWithinMs,
    climbs: ladder[index + 1]?.at === null,
  });
  return null;
}

async function deadlineOf(unit: UnitOfWork, told: Escalation): Promise<Instant> {
  const clocks = await unit.clocks.ofTicket(told.ticketId);
  return (
    clocks.find(({ name, round }) => name === told.clock && round === told.round)?.dueAt ?? told.markedAt
  );
}

function waitEvent(options: SweepOptions, wait: Wait): Event {
  return { key: `wait ${wait.id}`, at: wait.nextAt ?? '', run: (unit) => endOrRemind(options, unit, wait) };
}

/** A wait for an agency ends by itself; the resident is reminded first, and told when it is closed. */
async function endOrRemind(options: SweepOptions, unit: UnitOfWork, due: Wait): Promise<Instant | null> {
  const wait = (await unit.waits.ofTicket(due.ticketId)).find(({ id }) => id === due.id);
  const ticket = await unit.tickets.findById(due.ticketId);
  if (!wait || !ticket || wait.nextAt === null || wait.nextAt > unit.now) return null;
  if (ticket.state !== 'waiting') {
    await unit.waits.save({ ...wait, nextAt: null });
    return null;
  }
  if (wait.for === 'agency') {
    await options.life.endWait(unit, ticket, wait);
    return null;
  }
  if (wait.remindedAt !== null) {
    await options.life.closeUnanswered(unit, ticket, wait);
    return null;
  }
  const nextAt = shift(unit.now, options.rules().waiting.closeAfterMs);
  await unit.waits.save({ ...wait, remindedAt: unit.now, nextAt });
  await options.life.remindOfQuestion(unit, ticket, wait);
  return nextAt;
}
