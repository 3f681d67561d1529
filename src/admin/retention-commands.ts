// `retention plan`, `retention run`: what is erased because its time is over.
import type { Command } from 'commander';
import { countOf, formatTable } from './output.js';
import { examples, inHouse, remark, type Session, tableWidth, tell, timesOf } from './session.js';

export function addRetentionCommands(program: Command, session: Session): void {
  const retention = program
    .command('retention')
    .description('Erasing what residents wrote when its time is over')
    .addHelpText('after', examples('retention plan', 'retention run'));
  addPlan(retention, session);
  retention
    .command('run')
    .description('Erase them now instead of within the hour')
    .addHelpText('after', examples('retention run', 'retention run --json'))
    .action((_options: object, command: Command) =>
      inHouse(session, command, async (house) => {
        const erased = await (await house.office()).eraseOver();
        tell(session, { erased }, () => `${countOf(erased, 'ticket')} erased.\n`);
      }),
    );
}

function addPlan(retention: Command, session: Session): void {
  retention
    .command('plan')
    .description('List the closed tickets whose time is over, and change nothing')
    .addHelpText('after', examples('retention plan', 'retention plan --json'))
    .action((_options: object, command: Command) =>
      inHouse(session, command, async (house) => {
        const over = await (await house.office()).planErasures();
        const views = over.map(({ reference, category, closedAt }) => ({ reference, category, closedAt }));
        if (views.length === 0) remark(session, 'Nothing is to be erased.');
        const times = timesOf(session, house);
        const columns = [
          { title: 'REFERENCE', value: ({ reference }: (typeof views)[number]) => reference },
          { title: 'CATEGORY', value: ({ category }: (typeof views)[number]) => category ?? '' },
          { title: 'CLOSED', value: ({ closedAt }: (typeof views)[number]) => times.withAge(closedAt) },
        ];
        const width = tableWidth(session);
        tell(session, views, () => (views.length === 0 ? '' : formatTable(columns, views, width)));
      }),
    );
}
