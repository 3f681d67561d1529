// How the deadline of a clock came to be -> JSON (a contract: keys are only ever added), and a page for people.
import { type ExplainedStretch, explainPlan, usedMs } from '../../domain/clock-plan.js';
import { type ComingStep, comingSteps, type TicketAhead } from '../../domain/coming-steps.js';
import { isOver, pausesOf } from '../../domain/running-clock.js';
import type { Awaited, Ticket, TicketClock } from '../../domain/ticket.js';
import type { Instant } from '../../domain/time.js';
import { type Column, formatFacts, formatTable } from '../output.js';
import { lengthOf, type Times } from '../times.js';
import { formatClockState, formatComing } from './ticket-facts.js';
import { type ClockView, viewClock } from './ticket-summary.js';

export interface ExplainedClock extends ClockView {
  /** Milliseconds of working time allowed, and used until now (or until it was met). */
  targetMs: number;
  usedMs: number;
  /** Calendars, each counting from then on. */
  calendars: { from: Instant; calendar: string }[];
  /** From the start to the deadline; of a paused clock, to now. */
  stretches: ExplainedStretch[];
  pauses: { from: Instant; to: Instant | null; for: Awaited }[];
  nextStep: ComingStep | null;
  /** All steps to come. */
  comingSteps: ComingStep[];
}

export interface ExplainedTicket {
  reference: string;
  station: string;
  urgency: Ticket['urgency'];
  clocks: ExplainedClock[];
}

export function explainClock(ahead: TicketAhead, clock: TicketClock, now: Instant): ExplainedClock {
  const { plan } = clock;
  const around = { calendars: ahead.sla.calendars, pauses: pausesOf(clock.name, ahead.waits) };
  const coming = comingSteps(ahead).filter((step) => step.clock === clock.name);
  return {
    ...viewClock(clock),
    targetMs: plan.targetMs,
    usedMs: usedMs(plan, clock.metAt ?? now, around),
    calendars: plan.stretches.map(({ from, calendar }) => ({ from, calendar })),
    stretches: explainPlan(plan, clock.state === 'paused' ? now : clock.dueAt, around),
    pauses: clock.name === 'resolution' ? pausesSince(ahead, clock) : [],
    nextStep: coming[0] ?? null,
    comingSteps: isOver(clock) ? [] : coming,
  };
}

function pausesSince({ waits }: TicketAhead, { startedAt }: TicketClock): ExplainedClock['pauses'] {
  return waits
    .filter(({ endedAt }) => endedAt === null || endedAt > startedAt)
    .map((wait) => ({ from: wait.startedAt, to: wait.endedAt, for: wait.for }));
}

export function formatExplained(ticket: ExplainedTicket, times: Times, width: number | undefined): string {
  const title = `${ticket.reference}  ${ticket.station}, ${ticket.urgency ?? 'not judged yet'}\n`;
  return [title, ...ticket.clocks.map((clock) => formatClock(clock, times, width))].join('\n');
}

function formatClock(clock: ExplainedClock, times: Times, width: number | undefined): string {
  const round = clock.round === 1 ? '' : ` (round ${clock.round})`;
  const calendars = clock.calendars.map(({ calendar, from }, index) =>
    index === 0 ? calendar : `${calendar} from ${times.at(from)}`,
  );
  const facts = formatFacts([
    ['Target', `${lengthOf(clock.targetMs)} in the calendar ${calendars.join(', then ')}`],
    ['Used', lengthOf(clock.usedMs)],
    ['Began', times.at(clock.startedAt)],
  ]);
  const steps = formatComing(clock.comingSteps, times);
  const parts = [
    facts,
    formatStretches(clock.stretches, times, width),
    steps === '' ? '' : `Told next\n${indent(steps)}`,
  ];
  const body = parts.filter((part) => part !== '').join('\n');
  return `${clock.name}${round}: ${formatClockState(clock, times)}\n${indent(body)}`;
}

function formatStretches(
  stretches: readonly ExplainedStretch[],
  times: Times,
  width: number | undefined,
): string {
  if (stretches.length === 0) return '';
  const columns: Column<ExplainedStretch>[] = [
    { title: 'FROM', value: ({ from }) => times.at(from) },
    { title: 'TO', value: ({ to }) => times.at(to) },
    { title: 'LENGTH', value: ({ ms }) => lengthOf(ms) },
    { title: 'TIME', value: ({ kind }) => kind },
    { title: 'WHY', value: ({ note }) => note, flexible: true },
  ];
  return formatTable(columns, stretches, width);
}

function indent(body: string): string {
  return body.replace(/^(?=.)/gm, '    ');
}
