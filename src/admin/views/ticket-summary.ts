// A ticket as a row of `ticket list` (a contract: keys are only ever added), and the table for people.
import { newestRounds, pressingClock } from '../../domain/running-clock.js';
import type { Ticket, TicketClock } from '../../domain/ticket.js';
import type { Instant } from '../../domain/time.js';
import { type Column, formatTable } from '../output.js';
import type { Times } from '../times.js';

export type ClockView = Pick<
  TicketClock,
  'name' | 'state' | 'dueAt' | 'metAt' | 'breachedAt' | 'round' | 'startedAt'
>;

const SUMMARY_KEYS = [
  'reference',
  'station',
  'state',
  'urgency',
  'category',
  'language',
  'languages',
  'subject',
  'resident',
  'receivedAt',
  'acknowledgedAt',
  'officer',
  'restriction',
  'waitingFor',
  'waitingUntil',
  'attention',
  'junk',
  'version',
] as const satisfies readonly (keyof Ticket)[];

export interface TicketSummary extends Pick<Ticket, (typeof SUMMARY_KEYS)[number]> {
  /** The next deadline, past when it was missed; null when nothing presses. */
  nextDueAt: Instant | null;
  /** The newest round of each. */
  clocks: ClockView[];
}

/** `clocks`: all of the ticket. */
export function summariseTicket(ticket: Ticket, clocks: readonly TicketClock[]): TicketSummary {
  const views = newestRounds(clocks).map(viewClock);
  const kept = Object.fromEntries(SUMMARY_KEYS.map((key) => [key, ticket[key]]));
  return {
    ...(kept as Pick<Ticket, (typeof SUMMARY_KEYS)[number]>),
    nextDueAt: pressingClock(views)?.dueAt ?? null,
    clocks: views,
  };
}

export function viewClock(clock: TicketClock): ClockView {
  const { name, state, dueAt, metAt, breachedAt, round, startedAt } = clock;
  return { name, state, dueAt, metAt, breachedAt, round, startedAt };
}

export function formatTicketTable(
  tickets: readonly TicketSummary[],
  times: Times,
  width: number | undefined,
): string {
  const columns: Column<TicketSummary>[] = [
    { title: 'REFERENCE', value: (ticket) => ticket.reference },
    { title: 'STATE', value: (ticket) => ticket.state },
    { title: 'URGENCY', value: (ticket) => ticket.urgency ?? '' },
    { title: 'RECEIVED', value: (ticket) => times.withAge(ticket.receivedAt) },
    { title: 'DUE', value: (ticket) => times.due(ticket.nextDueAt) },
    { title: 'OFFICER', value: (ticket) => ticket.officer ?? '' },
    ...(tickets.some(({ attention }) => attention !== null) ? [ATTENTION] : []),
    { title: 'FROM', value: (ticket) => ticket.resident.address, flexible: true },
    { title: 'SUBJECT', value: (ticket) => ticket.subject, flexible: true },
  ];
  return formatTable(columns, tickets, width);
}

const ATTENTION: Column<TicketSummary> = { title: 'ATTENTION', value: (ticket) => ticket.attention ?? '' };
