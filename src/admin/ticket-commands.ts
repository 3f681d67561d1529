// `ticket list`, `ticket show`.
import { type Command, Option } from 'commander';
import { ThanadakError } from '../domain/errors.js';
import { parseReference } from '../domain/reference.js';
import { POSTMASTER } from '../domain/station.js';
import { TICKET_STATES, type TicketState, URGENCIES, type Urgency } from '../domain/ticket.js';
import type { House } from './deps.js';
import { examples, inHouse, parseLimit, remark, type Session, tableWidth, tell, timesOf } from './session.js';
import { formatTicket, formatTicketTable } from './views/ticket-page.js';
import { summariseTicket, type TicketRecords, type TicketSummary, viewTicket } from './views/ticket-view.js';

export function addTicketCommands(program: Command, session: Session): void {
  const ticket = program
    .command('ticket')
    .description('Tickets: find them, read them')
    .addHelpText('after', examples('ticket list --overdue', 'ticket show BEHALA-26-000123-K'));
  addList(ticket, session);
  ticket
    .command('show')
    .description('Everything about one ticket')
    .argument('<ref>', 'reference, upper or lower case')
    .addHelpText('after', examples('ticket show BEHALA-26-000123-K', 'ticket show behala-26-000123-k --json'))
    .action((reference: string, _options: object, command: Command) =>
      inHouse(session, command, (house) => tellTicket(session, house, reference)),
    );
}

function addList(ticket: Command, session: Session): void {
  ticket
    .command('list')
    .description('List tickets, newest first')
    .option('--station <station>', 'only tickets of this station (code)')
    .addOption(new Option('--state <state>', 'only tickets in this state').choices(TICKET_STATES))
    .addOption(new Option('--urgency <urgency>', 'only tickets of this urgency').choices(URGENCIES))
    .option('--overdue', 'only tickets with a clock past its mark and not met')
    .option('--search <text>', 'only tickets that hold all these words')
    .option('--limit <n>', 'at most so many', parseLimit, 100)
    .option('--after <ref>', 'the page after this ticket')
    .addHelpText(
      'after',
      examples(
        'ticket list --overdue',
        'ticket list --station behala --urgency urgent',
        "ticket list --search 'street light' --json",
      ),
    )
    .action((options: ListOptions, command: Command) =>
      inHouse(session, command, (house) => tellTickets(session, house, options)),
    );
}

interface ListOptions {
  station?: string;
  state?: TicketState;
  urgency?: Urgency;
  overdue?: true;
  search?: string;
  limit: number;
  after?: string;
}

async function tellTickets(session: Session, house: House, options: ListOptions): Promise<void> {
  const { tickets, clocks } = house.store;
  const found = await tickets.list({
    ...options,
    station: options.station === undefined ? undefined : options.station.toLowerCase(),
    after: options.after === undefined ? undefined : (await findTicket(house, options.after)).reference,
  });
  if (found.length === 0) await explainNone(session, house, options);
  const summaries: TicketSummary[] = [];
  for (const ticket of found) summaries.push(summariseTicket(ticket, await clocks.ofTicket(ticket.id)));
  const times = timesOf(session, house);
  tell(session, summaries, () =>
    found.length === 0 ? '' : formatTicketTable(summaries, times, tableWidth(session)),
  );
}

/** A station that is no longer configured may still have tickets, so its code is only judged when none was found. */
async function explainNone(session: Session, house: House, { station }: ListOptions): Promise<void> {
  const codes = [POSTMASTER, ...house.config.stations.map(({ code }) => code)];
  if (station !== undefined && !codes.includes(station.toLowerCase())) {
    throw new ThanadakError('not-found', `There is no station "${station}". Known: ${codes.join(', ')}.`);
  }
  remark(session, 'No ticket matches.');
}

async function tellTicket(session: Session, house: House, reference: string): Promise<void> {
  const view = viewTicket(await readTicket(house, reference));
  const width = session.deps.isTerminal ? session.deps.columns : 100;
  tell(session, view, () => formatTicket(view, timesOf(session, house), width));
}

async function readTicket(house: House, reference: string): Promise<TicketRecords> {
  const { tickets, clocks, messages, journal } = house.store;
  const ticket = await findTicket(house, reference);
  return {
    ticket,
    linked: await tickets.linkedTo(ticket.id),
    clocks: await clocks.ofTicket(ticket.id),
    messages: await messages.ofTicket(ticket.id),
    journal: await journal.ofTicket(ticket.id),
  };
}

async function findTicket(house: House, text: string) {
  const reference = text.trim().toUpperCase();
  const ticket = await house.store.tickets.find(reference);
  if (ticket) return ticket;
  if (parseReference(reference)) throw new ThanadakError('not-found', `There is no ticket ${reference}.`);
  throw new ThanadakError('invalid', explainReference(reference));
}

const SHAPE = /^[A-Z0-9-]+-\d{2}-\d{6,12}-[A-Z0-9]$/;

function explainReference(reference: string): string {
  return SHAPE.test(reference)
    ? `${reference} is mistyped: its last character does not fit the rest. Compare it with the letter it comes from.`
    : `"${reference}" is not a reference. One looks like BEHALA-26-000123-K.`;
}
