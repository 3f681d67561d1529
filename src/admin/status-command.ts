// `status`: how the house is, and what mends what is wrong.
import type { Command } from 'commander';
import type { Health, House } from './deps.js';
import { EXIT } from './exit-codes.js';
import { countSpooled } from './letters.js';
import { examples, inHouse, type Session, tell, timesOf } from './session.js';
import { formatStatus, isHealthy, type StatusView, viewStatus } from './views/status-view.js';

export function addStatusCommand(program: Command, session: Session): void {
  program
    .command('status')
    .description('How the house is, on one screen; exit code 6 when it is not well')
    .addHelpText('after', examples('status', 'status --json'))
    .action((_options: object, command: Command) =>
      inHouse(session, command, async (house) => {
        const health = await house.health();
        const status = await readStatus(session, house, health);
        tell(session, status, (value) => formatStatus(value, timesOf(session, house)));
        if (!isHealthy(health)) session.exitCode = EXIT.unhealthy;
      }),
    );
}

async function readStatus(session: Session, house: House, health: Health | undefined): Promise<StatusView> {
  const { spool, store } = house;
  return viewStatus({
    version: session.deps.version,
    health,
    spooled: await countSpooled(house),
    held: (await spool.listHeld()).length,
    outbox: await store.outbox.counts(),
    tickets: await store.tickets.counts(session.deps.clock.now()),
    openEscalations: await store.escalations.countOpen(),
    database: store.facts(),
    lastBackupAt: await house.lastBackupAt(),
    pausedBecause: (await store.switches.find('acknowledgement'))?.reason ?? null,
  });
}
