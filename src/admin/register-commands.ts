// `register list`, `register export`: the register of electronic information (BNSS s.173(1)(ii)).
import type { Command } from 'commander';
import { formatCsv } from '../domain/csv.js';
import { stampIn } from '../domain/local-stamp.js';
import { readSince, SINCE_FORMS } from '../domain/moments.js';
import type { Information } from '../domain/register.js';
import type { House } from './deps.js';
import { examples, inHouse, remark, type Session, tableWidth, tell, timesOf } from './session.js';
import { checkStation } from './stations.js';
import {
  formatRegisterTable,
  REGISTER_HEADS,
  type RegisterView,
  registerRow,
  viewInformation,
} from './views/register-view.js';

export function addRegisterCommands(program: Command, session: Session): void {
  const register = program
    .command('register')
    .description('The register of electronic information: what came by mail and is to be signed')
    .addHelpText('after', examples('register list', 'register export --station behala > register.csv'));
  withFilters(register.command('list').description('List its entries, by station, year and number'))
    .addHelpText(
      'after',
      examples('register list', 'register list --station behala --from 2026-11-01 --json'),
    )
    .action((options: Filters, command: Command) =>
      inHouse(session, command, (house) => tellRegister(session, house, options)),
    );
  withFilters(register.command('export').description('Write it as CSV for a spreadsheet'))
    .addHelpText(
      'after',
      examples(
        'register export > register.csv',
        'register export --station behala --from 2026-11-01 --before 2026-12-01 > november.csv',
      ),
    )
    .action((options: Filters, command: Command) =>
      inHouse(session, command, (house) => exportRegister(session, house, options)),
    );
}

function withFilters(command: Command): Command {
  return command
    .option('--station <station>', 'only of this station (code)')
    .option('--from <time>', `only registered then or later: ${SINCE_FORMS}`)
    .option('--before <time>', 'only registered before that');
}

interface Filters {
  station?: string;
  from?: string;
  before?: string;
}

async function tellRegister(session: Session, house: House, filters: Filters): Promise<void> {
  const entries = await readRegister(session, house, filters);
  if (entries.length === 0) remark(session, 'The register has no such entries.');
  const times = timesOf(session, house);
  tell(session, entries, () =>
    entries.length === 0 ? '' : formatRegisterTable(entries, times, tableWidth(session)),
  );
}

async function exportRegister(session: Session, house: House, filters: Filters): Promise<void> {
  const entries = await readRegister(session, house, filters);
  const stamp = stampIn(house.config.timeZone);
  tell(session, entries, () =>
    formatCsv(
      REGISTER_HEADS,
      entries.map((entry) => registerRow(entry, stamp)),
    ),
  );
}

async function readRegister(session: Session, house: House, filters: Filters): Promise<RegisterView[]> {
  const { station, from, before } = filters;
  if (station !== undefined) checkStation(house, station);
  const reading = { now: session.deps.clock.now(), timeZone: house.config.timeZone };
  const found = await house.store.information.list({
    station: station?.toLowerCase(),
    registeredFrom: from === undefined ? undefined : readSince(from, reading),
    registeredBefore: before === undefined ? undefined : readSince(before, reading),
  });
  return viewAll(house, found);
}

async function viewAll(house: House, found: readonly Information[]): Promise<RegisterView[]> {
  const entries: RegisterView[] = [];
  for (const information of found) {
    const ticket = await house.store.tickets.findById(information.ticketId);
    if (ticket) entries.push(viewInformation(information, ticket));
  }
  return entries;
}
