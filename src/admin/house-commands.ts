// `serve`, `migrate`: the daemon and its database.
import type { Command } from 'commander';
import { configFileOf, examples, type Session, tell } from './session.js';

export function addHouseCommands(program: Command, session: Session): void {
  program
    .command('serve')
    .description('Run the daemon in the foreground until SIGTERM')
    .addHelpText('after', examples('serve', 'serve --config /etc/thanadak/thanadak.yaml'))
    .action(async (_options: object, command: Command) => {
      session.exitCode = await session.deps.serve(configFileOf(command));
    });
}

export function addMigrateCommand(program: Command, session: Session): void {
  program
    .command('migrate')
    .description('Bring the database to the shape this version needs')
    .addHelpText('after', examples('migrate', 'migrate --json'))
    .action(async (_options: object, command: Command) => {
      const result = await session.deps.migrate(configFileOf(command));
      tell(session, result, ({ applied, current }) => {
        const done = applied.length === 0 ? 'Nothing to do.' : `Applied ${applied.join(', ')}.`;
        return `${done} The database is at ${current}.\n`;
      });
    });
}
