// One ticket as a row of the list: what is due when and for whom, and what one must know before opening it.
import { answering, type People, titledName } from '../../domain/people.js';
import { newestRounds, pressingClock } from '../../domain/running-clock.js';
import type { Language, LocalisedName } from '../../domain/station.js';
import type { Awaited, ClockName, Ticket, TicketClock, Urgency } from '../../domain/ticket.js';
import { type Instant, millisecondsBetween } from '../../domain/time.js';
import { type OfficeRules, stationOf } from '../../ports/office.js';
import type { PhraseKey } from '../words/words.js';
import { SOON_MS } from './list-query.js';

/** What presses. `awaited` rests until `at`; `over` and `none` press nobody. */
export type DeadlineView =
  | { kind: 'late' | 'soon' | 'calm'; clock: ClockName; at: Instant; ms: number }
  | { kind: 'awaited'; for: Awaited; at: Instant }
  | { kind: 'over'; at: Instant }
  | { kind: 'none' };

export interface RowView {
  reference: string;
  version: number;
  subject: string;
  /** By the script of the subject. */
  language: Language;
  /** Name, or address where no name is known; empty for neither. */
  from: string;
  deadline: DeadlineView;
  owner: OwnerView;
  urgency: Urgency | null;
  /** Badges, the one that matters most first. */
  marks: { key: PhraseKey; kind: 'bad' | 'warn' | 'info' | '' }[];
  category: LocalisedName | null;
  /** Null where the reader has one station only. */
  station: LocalisedName | null;
  receivedAt: Instant;
  isMine: boolean;
}

/** Who has it, or who is asked when nobody has. */
export type OwnerView =
  | { kind: 'officer'; name: string }
  | { kind: 'post'; names: readonly string[] }
  | { kind: 'nobody' };

export interface RowContext {
  now: Instant;
  people: People;
  rules: OfficeRules;
  /** Id of who looks. */
  reader: string;
  showStation: boolean;
}

/** `clocks`: all of the ticket. */
export function rowOf(ticket: Ticket, clocks: readonly TicketClock[], context: RowContext): RowView {
  const { rules, reader, showStation } = context;
  return {
    reference: ticket.reference,
    version: ticket.version,
    subject: ticket.subject.trim(),
    language: languageOfScript(ticket.subject),
    from: ticket.resident.name.trim() || ticket.resident.address,
    deadline: deadlineOf(ticket, clocks, context.now),
    owner: ownerOf(ticket, context),
    urgency: ticket.urgency,
    marks: marksOf(ticket),
    category: (ticket.category === null ? undefined : rules.categories.get(ticket.category)?.name) ?? null,
    station: showStation ? stationOf(rules, ticket.station).name : null,
    receivedAt: ticket.receivedAt,
    isMine: ticket.officer === reader,
  };
}

export function deadlineOf(
  ticket: Pick<Ticket, 'state' | 'closedAt' | 'waitingFor' | 'waitingUntil'>,
  clocks: readonly TicketClock[],
  now: Instant,
): DeadlineView {
  const clock = pressingClock(newestRounds(clocks));
  if (clock) {
    const ms = millisecondsBetween(now, clock.dueAt);
    const kind = ms <= 0 ? 'late' : ms <= SOON_MS ? 'soon' : 'calm';
    return { kind, clock: clock.name, at: clock.dueAt, ms: Math.abs(ms) };
  }
  if (ticket.state === 'waiting' && ticket.waitingFor && ticket.waitingUntil) {
    return { kind: 'awaited', for: ticket.waitingFor, at: ticket.waitingUntil };
  }
  return ticket.state === 'closed' && ticket.closedAt
    ? { kind: 'over', at: ticket.closedAt }
    : { kind: 'none' };
}

function ownerOf(ticket: Ticket, { people, rules, now }: RowContext): OwnerView {
  const officer = ticket.officer === null ? undefined : people.get(ticket.officer);
  if (officer) return { kind: 'officer', name: titledName(officer) };
  if (ticket.state === 'closed' || ticket.state === 'merged' || ticket.junk === 'junk')
    return { kind: 'nobody' };
  const station = stationOf(rules, ticket.station);
  const { holders } = answering(people, { rank: ticket.level, station, officer: null }, now);
  return holders.length === 0 ? { kind: 'nobody' } : { kind: 'post', names: holders.map(titledName) };
}

function marksOf(ticket: Ticket): RowView['marks'] {
  const marks: RowView['marks'] = [];
  if (ticket.attention) marks.push({ key: `inbox.attention.${ticket.attention}`, kind: 'warn' });
  if (ticket.state === 'new') marks.push({ key: 'inbox.state.new', kind: 'info' });
  if (ticket.state === 'closed' || ticket.state === 'merged')
    marks.push({ key: `inbox.state.${ticket.state}`, kind: '' });
  if (ticket.junk === 'suspected') marks.push({ key: 'inbox.mark.suspected', kind: 'warn' });
  if (ticket.reopened > 0) marks.push({ key: 'inbox.mark.reopened', kind: '' });
  if (ticket.restriction !== 'none') marks.push({ key: 'inbox.mark.restricted', kind: '' });
  if (ticket.repeats > 0) marks.push({ key: 'inbox.mark.repeated', kind: '' });
  return marks;
}

/** So that a browser chooses the right font and a screen reader the right voice. */
export function languageOfScript(text: string): Language {
  const bengali = text.search(/\p{Script=Bengali}/u);
  const devanagari = text.search(/\p{Script=Devanagari}/u);
  if (bengali < 0 && devanagari < 0) return 'en';
  if (devanagari < 0) return 'bn';
  return bengali < 0 || devanagari < bengali ? 'hi' : 'bn';
}
