// `escalation list`, `escalation acknowledge`.
import { type Command, Option } from 'commander';
import type { Escalation } from '../domain/escalation.js';
import { LADDER, type LadderRank } from '../domain/people.js';
import { RESTRICTIONS } from '../domain/ticket.js';
import { findActor } from './actors.js';
import type { House } from './deps.js';
import { examples, inHouse, parseLimit, remark, type Session, tableWidth, tell, timesOf } from './session.js';
import { DONE, tellOutcomes, tryEach } from './several.js';
import { checkStation } from './stations.js';
import { type EscalationView, formatEscalationTable, viewEscalation } from './views/escalation-view.js';

export function addEscalationCommands(program: Command, session: Session): void {
  const escalation = program
    .command('escalation')
    .description('Steps up the ranks because something was late: see them, answer them')
    .addHelpText('after', examples('escalation list --rank oc', 'escalation acknowledge ID --by si-roy'));
  escalation
    .command('list')
    .description('List what waits for an acknowledgement, oldest first')
    .option('--all', 'also what was acknowledged or is over')
    .addOption(new Option('--rank <rank>', 'only what this rank was told').choices(LADDER))
    .option('--station <station>', 'only of tickets at this station (code)')
    .option('--limit <n>', 'at most so many', parseLimit, 100)
    .option('--after <id>', 'the page after this escalation')
    .addHelpText('after', examples('escalation list', 'escalation list --station behala --all --json'))
    .action((options: ListOptions, command: Command) =>
      inHouse(session, command, (house) => tellEscalations(session, house, options)),
    );
  escalation
    .command('acknowledge')
    .description('Say "I have it": nobody above is told any more')
    .argument('<escalation...>', 'ids from `escalation list`')
    .option('--by <officer>', 'who says so (id); without it the operator of this machine')
    .addHelpText('after', examples('escalation acknowledge 01JDF3Q4ZV8R6N5T7W9XKHB2CM --by si-roy'))
    .action((ids: string[], options: { by?: string }, command: Command) =>
      inHouse(session, command, (house) => acknowledge({ session, house }, ids, options.by)),
    );
}

interface ListOptions {
  all?: true;
  rank?: LadderRank;
  station?: string;
  limit: number;
  after?: string;
}

async function tellEscalations(session: Session, house: House, options: ListOptions): Promise<void> {
  const { all, rank, limit, after } = options;
  const station = options.station?.toLowerCase();
  const scope = station === undefined ? undefined : { stations: [station], restrictions: RESTRICTIONS };
  const found = await house.store.escalations.list({ open: !all, scope, rank, limit, after });
  if (found.length === 0) {
    if (station !== undefined) checkStation(house, station);
    remark(session, all ? 'No escalations.' : 'No open escalations.');
  }
  const views = await viewAll(house, found);
  const times = timesOf(session, house);
  tell(session, views, () =>
    views.length === 0 ? '' : formatEscalationTable(views, times, tableWidth(session)),
  );
}

async function viewAll(house: House, escalations: readonly Escalation[]): Promise<EscalationView[]> {
  const views: EscalationView[] = [];
  for (const escalation of escalations) {
    const ticket = await house.store.tickets.findById(escalation.ticketId);
    if (ticket) views.push(viewEscalation(escalation, ticket));
  }
  return views;
}

async function acknowledge(
  { session, house }: { session: Session; house: House },
  given: readonly string[],
  by: string | undefined,
): Promise<void> {
  const office = await house.office();
  const actor = await findActor(office, by);
  const ids = [...new Set(given.map((id) => id.trim().toUpperCase()))];
  const [only] = ids;
  if (only !== undefined && given.length === 1) {
    const [view] = await viewAll(house, [await office.acknowledgeEscalation({ id: only, actor })]);
    const { ticket, acknowledgedBy } = view ?? { ticket: only, acknowledgedBy: actor.id };
    return tell(session, view, () => `${ticket} is acknowledged by ${acknowledgedBy ?? actor.id}.\n`);
  }
  const work = async (id: string) => {
    await office.acknowledgeEscalation({ id, actor });
    return DONE;
  };
  const outcomes = await tryEach(ids, work, session);
  tellOutcomes(session, 'id', { outcomes, phrase: 'is acknowledged.' });
}
