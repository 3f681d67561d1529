// What an escalation is about, in plain words and without anything of the matter itself.
import type { Escalation, EscalationCause } from '../domain/escalation.js';
import { formatLocalTime } from '../domain/local-time.js';
import type { ClockName, TicketClock } from '../domain/ticket.js';
import type { Instant } from '../domain/time.js';

interface Duty {
  name: string;
  /** Follows "it was due by … and". */
  undone: string;
}

const DUTIES: Record<ClockName, Duty> = {
  acknowledgement: { name: 'The acknowledgement to the resident', undone: 'it has not gone out' },
  'first-action': { name: 'The first action of an officer', undone: 'nobody has acted' },
  resolution: { name: 'The closure of the ticket', undone: 'the ticket is open' },
  signature: { name: "The resident's signature", undone: 'it has not been recorded' },
  progress: { name: 'The report of progress to the informant', undone: 'it has not been sent' },
};

const EVENTS: Record<Exclude<EscalationCause, ClockName>, string> = {
  reopened: 'The resident says that the matter is not solved. The ticket was opened again.',
  restricted: "A restricted matter has come straight to the deputy commissioner's office.",
};

/** One sentence or two, true at `now`. `clocks` are those of the ticket; times are written for `timeZone`. */
export function whatIsLate(
  { clock: cause, round }: Pick<Escalation, 'clock' | 'round'>,
  clocks: readonly TicketClock[],
  { now, timeZone }: { now: Instant; timeZone: string },
): string {
  if (cause === 'reopened' || cause === 'restricted') return EVENTS[cause];
  const { name, undone } = DUTIES[cause];
  const clock = clocks.find((one) => one.name === cause && one.round === round);
  if (!clock) return `${name} is owed: so far ${undone}.`;
  if (clock.state === 'lifted') return `${name} is no longer owed.`;
  const say = (at: Instant) => formatLocalTime(at, { timeZone, language: 'en' });
  const due = say(clock.dueAt);
  if (clock.metAt !== null) return `${name} was due by ${due} and was done at ${say(clock.metAt)}.`;
  const late = clock.breachedAt !== null || (clock.state === 'running' && clock.dueAt <= now);
  if (late) return `${name} is late: it was due by ${due} and ${undone}.`;
  return `${name} is due by ${due}: so far ${undone}.`;
}
