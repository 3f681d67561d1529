// `matter list` and the deeds on several tickets about one matter.
import type { Command } from 'commander';
import { addDeed } from './deed-commands.js';
import { MATTER_DEEDS } from './deeds/matters.js';
import type { House } from './deps.js';
import { examples, inHouse, parseLimit, remark, type Session, tableWidth, tell } from './session.js';
import { checkStation } from './stations.js';
import { formatMatters, type MatterView, viewMatter } from './views/matter-view.js';

/** More of one matter only hide the others. */
const MOST_OF_ONE = 200;

export function addMatterCommands(program: Command, session: Session): void {
  const matter = program
    .command('matter')
    .description('Tickets about one matter: what is suggested, gathered, and answered by one deed')
    .addHelpText(
      'after',
      examples(
        'matter list --station behala',
        'matter gather BEHALA-26-000123-K BEHALA-26-000124-H --by si-roy',
        "matter close BEHALA-26-000123-K --outcome action-taken --text 'The music was stopped.'",
      ),
    );
  matter
    .command('list')
    .description('List open tickets under which others are suggested or gathered, newest first')
    .option('--station <station>', 'only at this station (code)')
    .option('--limit <n>', 'at most so many', parseLimit, 50)
    .addHelpText('after', examples('matter list', 'matter list --station behala --json'))
    .action((options: ListOptions, command: Command) =>
      inHouse(session, command, (house) => tellMatters(session, house, options)),
    );
  for (const deed of MATTER_DEEDS) addDeed({ group: matter, name: 'matter' }, session, deed);
}

interface ListOptions {
  station?: string;
  limit: number;
}

async function tellMatters(session: Session, house: House, { station, limit }: ListOptions): Promise<void> {
  const { matters } = house.store;
  const views: MatterView[] = [];
  for (const ticket of await matters.heads({ station: station?.toLowerCase(), limit })) {
    const children = await matters.childrenOf(ticket.id);
    const suggested = await matters.suggestedFor(ticket, MOST_OF_ONE);
    const view = viewMatter(ticket, { children, suggested });
    if (view.children.length + view.suggested.length > 0) views.push(view);
  }
  if (views.length === 0) {
    if (station !== undefined) checkStation(house, station.toLowerCase());
    remark(session, 'No tickets are gathered or suggested as one matter.');
  }
  tell(session, views, () => (views.length === 0 ? '' : formatMatters(views, tableWidth(session))));
}
