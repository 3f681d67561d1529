// `ticket list`.
import { type Command, InvalidArgumentError, Option } from 'commander';
import { KEPT, type Kept } from '../domain/figures.js';
import { readSince, SINCE_FORMS } from '../domain/moments.js';
import {
  type Attention,
  AWAITED,
  type Awaited,
  TICKET_STATES,
  type TicketClock,
  type TicketState,
  URGENCIES,
  type Urgency,
} from '../domain/ticket.js';
import { parseDuration, shift } from '../domain/time.js';
import type { TicketFilter } from '../ports/records.js';
import type { House } from './deps.js';
import { examples, inHouse, parseLimit, remark, type Session, tableWidth, tell, timesOf } from './session.js';
import { checkStation } from './stations.js';
import { findTicket } from './tickets.js';
import { ATTENTION_MEANS } from './views/ticket-facts.js';
import { formatTicketTable, summariseTicket } from './views/ticket-summary.js';

export function addTicketList(ticket: Command, session: Session): void {
  const command = ticket.command('list').description('List tickets, newest first or by deadline');
  for (const option of [...ABOUT, ...PRESSING, ...FROM_WHOM, ...PAGING]) command.addOption(option);
  command
    .addHelpText(
      'after',
      examples(
        'ticket list --overdue',
        'ticket list --station behala --urgency urgent',
        'ticket list --officer si-roy --unclosed --sort deadline',
        "ticket list --search 'street light' --json",
      ),
    )
    .action((options: ListOptions, self: Command) =>
      inHouse(session, self, (house) => tellTickets(session, house, options)),
    );
}

const ABOUT = [
  new Option('--station <station>', 'only tickets of this station (code)'),
  new Option('--state <state>', 'only tickets in this state').choices(TICKET_STATES),
  new Option('--unclosed', 'only tickets neither closed nor merged'),
  new Option('--urgency <urgency>', 'only tickets of this urgency').choices(URGENCIES),
  new Option('--category <category>', 'only tickets of this category (code)'),
  new Option('--officer <officer>', 'only tickets of this officer (id), or none for nobody'),
];

const PRESSING = [
  new Option('--overdue', 'only tickets with a clock past its mark and not met'),
  new Option('--due-within <time>', 'only tickets with a clock due within so long (4h, 2d)').argParser(
    readSpan,
  ),
  new Option('--at-risk', 'only tickets with a clock that has used more than four fifths of its time'),
  new Option('--breached', 'only tickets of which a clock was ever missed'),
  new Option('--acknowledged <kept>', 'only tickets whose first letter was acknowledged so').choices(KEPT),
  new Option('--first-action <kept>', 'only tickets whose first action was done so').choices(KEPT),
  new Option('--reopened', 'only tickets that were opened again'),
  new Option('--waiting-for <awaited>', 'only tickets that wait for this').choices(AWAITED),
  new Option('--attention [reason]', 'only tickets that a person must look at').choices(
    Object.keys(ATTENTION_MEANS),
  ),
  new Option('--junk', 'only tickets put away as junk, which no other list shows'),
  new Option('--owed', 'only tickets whose acknowledgement was withheld and is owed by hand'),
];

const FROM_WHOM = [
  new Option('--resident <address>', 'only tickets of this resident'),
  new Option('--received-from <time>', `only tickets received then or later: ${SINCE_FORMS}`),
  new Option('--received-before <time>', 'only tickets received before that'),
  new Option('--search <text>', 'only tickets that hold all these words'),
];

const PAGING = [
  new Option('--sort <order>', 'which come first').choices(['newest', 'deadline']).default('newest'),
  new Option('--limit <n>', 'at most so many').argParser(parseLimit).default(100),
  new Option('--after <ref>', 'the page after this ticket, in the same order'),
];

/** Milliseconds. */
function readSpan(text: string): number {
  const span = parseDuration(text);
  if (span === undefined || span > LONGEST_SPAN_MS)
    throw new InvalidArgumentError('It must be a time such as 30m, 4h or 2d.');
  return span;
}

const LONGEST_SPAN_MS = 3_660 * 86_400_000;

interface ListOptions {
  station?: string;
  state?: TicketState;
  unclosed?: true;
  urgency?: Urgency;
  category?: string;
  officer?: string;
  overdue?: true;
  dueWithin?: number;
  atRisk?: true;
  breached?: true;
  acknowledged?: Kept;
  firstAction?: Kept;
  reopened?: true;
  waitingFor?: Awaited;
  attention?: Attention | true;
  junk?: true;
  owed?: true;
  resident?: string;
  receivedFrom?: string;
  receivedBefore?: string;
  search?: string;
  sort: 'newest' | 'deadline';
  limit: number;
  after?: string;
}

async function tellTickets(session: Session, house: House, options: ListOptions): Promise<void> {
  const found = await house.store.tickets.list(await filterOf(session, house, options));
  if (found.length === 0) await explainNone(session, house, options);
  const clocks = await clocksOf(
    house,
    found.map(({ id }) => id),
  );
  const summaries = found.map((ticket) => summariseTicket(ticket, clocks.get(ticket.id) ?? []));
  const times = timesOf(session, house);
  tell(session, summaries, () =>
    found.length === 0 ? '' : formatTicketTable(summaries, times, tableWidth(session)),
  );
}

async function filterOf(session: Session, house: House, options: ListOptions): Promise<TicketFilter> {
  const { dueWithin, after, ...rest } = options;
  const now = session.deps.clock.now();
  const since = (text: string | undefined) =>
    text === undefined ? undefined : readSince(text, { now, timeZone: house.config.timeZone });
  return {
    ...rest,
    station: options.station?.toLowerCase(),
    category: options.category?.toUpperCase(),
    officer: options.officer === 'none' ? null : options.officer,
    dueBefore: dueWithin === undefined ? undefined : shift(now, dueWithin),
    receivedFrom: since(options.receivedFrom),
    receivedBefore: since(options.receivedBefore),
    after: after === undefined ? undefined : (await findTicket(house, after)).reference,
  };
}

async function clocksOf(house: House, ids: readonly string[]): Promise<Map<string, TicketClock[]>> {
  const clocks = new Map<string, TicketClock[]>();
  for (const { ticketId, clock } of await house.store.clocks.ofTickets(ids)) {
    clocks.set(ticketId, [...(clocks.get(ticketId) ?? []), clock]);
  }
  return clocks;
}

/** A station that is no longer configured may still have tickets, so its code is only judged when none was found. */
async function explainNone(session: Session, house: House, { station }: ListOptions): Promise<void> {
  if (station !== undefined) checkStation(house, station);
  remark(session, 'No ticket matches.');
}
