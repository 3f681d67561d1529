// `ticket show`, and where all commands about tickets hang.
import type { Command } from 'commander';
import { noteReading } from '../desk/reading.js';
import { OPERATOR } from '../domain/rights.js';
import { addDeedCommands } from './deed-commands.js';
import type { House } from './deps.js';
import { examples, inHouse, type Session, tell, timesOf } from './session.js';
import { addTicketList } from './ticket-list.js';
import { readTicket } from './tickets.js';
import { formatTicket } from './views/ticket-page.js';

export function addTicketCommands(program: Command, session: Session): void {
  const ticket = program
    .command('ticket')
    .description('Tickets: find them, read them, act on them')
    .addHelpText(
      'after',
      examples(
        'ticket list --overdue',
        'ticket show BEHALA-26-000123-K',
        "ticket reply BEHALA-26-000123-K --text 'An officer will visit tomorrow.'",
      ),
    );
  addTicketList(ticket, session);
  ticket
    .command('show')
    .description('Everything about one ticket')
    .argument('<ref>', 'reference, upper or lower case')
    .addHelpText('after', examples('ticket show BEHALA-26-000123-K', 'ticket show behala-26-000123-k --json'))
    .action((reference: string, _options: object, command: Command) =>
      inHouse(session, command, (house) => tellTicket(session, house, reference)),
    );
  addDeedCommands(ticket, session);
}

async function tellTicket(session: Session, house: House, reference: string): Promise<void> {
  const view = await readTicket(session, house, reference);
  const ticket = await house.store.tickets.find(view.reference);
  if (ticket) await noteReading(house.store, OPERATOR, ticket);
  const width = session.deps.isTerminal ? session.deps.columns : 100;
  tell(session, view, () => formatTicket(view, timesOf(session, house), width));
}
