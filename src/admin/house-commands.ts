// `serve`, `migrate`, `key rotate`: the daemon, its database, its keys.
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

export function addKeyCommands(program: Command, session: Session): void {
  program
    .command('key')
    .description('The keys that sign our references')
    .addHelpText('after', examples('key rotate'))
    .command('rotate')
    .description('Sign with a new key from the next start on; what the last one signed stays valid')
    .addHelpText('after', examples('key rotate', 'key rotate --json'))
    .action(async (_options: object, command: Command) => {
      const result = await session.deps.rotateKeys(configFileOf(command));
      tell(
        session,
        result,
        ({ file }) =>
          `${file} has a new key in front. Restart the daemon to sign with it. Letters signed with the key before stay\n` +
          'valid; those signed with the one before that do not, so rotate again only when their tickets are closed.\n',
      );
    });
}
