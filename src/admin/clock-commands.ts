// `clock explain`, `sweep`: deadlines, and what time brings about.
import { type Command, Option } from 'commander';
import { ThanadakError } from '../domain/errors.js';
import { newestRounds } from '../domain/running-clock.js';
import { CLOCK_NAMES, type ClockName } from '../domain/ticket.js';
import { stationOf } from '../ports/office.js';
import type { House } from './deps.js';
import { countOf } from './output.js';
import { examples, inHouse, remark, type Session, tableWidth, tell, timesOf } from './session.js';
import { findTicket } from './tickets.js';
import { type ExplainedTicket, explainClock, formatExplained } from './views/clock-view.js';

export function addClockCommands(program: Command, session: Session): void {
  program
    .command('clock')
    .description('The clocks of a ticket')
    .addHelpText('after', examples('clock explain BEHALA-26-000123-K'))
    .command('explain')
    .description('How a deadline came to be: calendar, pauses, holidays; and whom the next step tells')
    .argument('<ref>', 'reference, upper or lower case')
    .addOption(new Option('--clock <name>', 'only this clock').choices(CLOCK_NAMES))
    .addHelpText(
      'after',
      examples(
        'clock explain BEHALA-26-000123-K',
        'clock explain BEHALA-26-000123-K --clock resolution --json',
      ),
    )
    .action((reference: string, options: { clock?: ClockName }, command: Command) =>
      inHouse(session, command, async (house) => {
        const explained = await explain({ session, house }, reference, options.clock);
        if (explained.clocks.length === 0) remark(session, `${explained.reference} has no clocks.`);
        const times = timesOf(session, house);
        tell(session, explained, () => formatExplained(explained, times, tableWidth(session)));
      }),
    );
}

/** The newest round of each clock. Errors: those of findTicket; 'not-found' when it has no such clock. */
async function explain(
  { session, house }: { session: Session; house: House },
  reference: string,
  name: ClockName | undefined,
): Promise<ExplainedTicket> {
  const { store } = house;
  const ticket = await findTicket(house, reference);
  const { rules, people } = await house.office();
  const clocks = await store.clocks.ofTicket(ticket.id);
  const asked = newestRounds(clocks).filter((clock) => name === undefined || clock.name === name);
  if (name !== undefined && asked.length === 0)
    throw new ThanadakError('not-found', `${ticket.reference} has no clock ${name}.`);
  const ahead = {
    ticket,
    station: stationOf(rules, ticket.station),
    people: await people(),
    sla: rules.sla,
    clocks,
    waits: await store.waits.ofTicket(ticket.id),
    escalations: await store.escalations.ofTicket(ticket.id),
  };
  const now = session.deps.clock.now();
  return {
    reference: ticket.reference,
    station: ticket.station,
    urgency: ticket.urgency,
    clocks: asked.map((clock) => explainClock(ahead, clock, now)),
  };
}

export function addSweepCommand(program: Command, session: Session): void {
  program
    .command('sweep')
    .description('Do now what is due, as the daemon does every minute')
    .requiredOption('--now', 'really: escalations are raised and letters written')
    .addHelpText('after', examples('sweep --now', 'sweep --now --json'))
    .action((_options: object, command: Command) =>
      inHouse(session, command, async (house) => {
        const done = await (await house.office()).sweep();
        const lists = countOf(done.digests, 'list');
        const matters = countOf(done.suggested, 'ticket');
        tell(
          session,
          done,
          () =>
            `${countOf(done.events, 'event')}, ${lists} for officers, ${matters} suggested as one matter with others.\n`,
        );
      }),
    );
}
