// `config check`, `print`, `schema`, `explain`.
import type { Command } from 'commander';
import { ThanadakError } from '../domain/errors.js';
import { EXIT } from './exit-codes.js';
import { formatJson } from './output.js';
import { configFileOf, examples, type Session, tell } from './session.js';

export function addConfigCommands(program: Command, session: Session): void {
  const config = program
    .command('config')
    .description('The configuration: check it, see it, understand it')
    .addHelpText('after', examples('config check', 'config explain smtp.max_message_bytes'));
  config
    .command('check')
    .description('Read the configuration and say what is wrong with it')
    .addHelpText('after', examples('config check', 'config check --config ./thanadak.yaml --json'))
    .action((_options: object, command: Command) => checkConfiguration(session, configFileOf(command)));
  config
    .command('print')
    .description('The configuration in force, defaults filled in')
    .option('--origin', 'say where each value comes from')
    .addHelpText('after', examples('config print', 'config print --origin', 'config print --json'))
    .action(async (options: { origin?: true }, command: Command) => {
      const told = await session.deps.configuration.print(configFileOf(command), options.origin === true);
      tell(session, told.value, () => withLineEnd(told.text));
    });
  config
    .command('schema')
    .description('JSON Schema of the configuration, for editors')
    .addHelpText('after', examples('config schema > thanadak.schema.json'))
    .action(() => session.deps.stdout(formatJson(session.deps.configuration.schema())));
  config
    .command('explain')
    .description('What a key means, its type and its default')
    .argument('<key>', 'key with dots')
    .addHelpText('after', examples('config explain smtp.max_message_bytes', 'config explain acknowledgement'))
    .action((key: string) => explainKey(session, key));
}

async function checkConfiguration(session: Session, file: string | undefined): Promise<void> {
  const { ok, text, problems } = await session.deps.configuration.check(file);
  if (session.isJson) session.deps.stdout(formatJson({ ok, problems }));
  else if (ok) session.deps.stdout(withLineEnd(text));
  else session.deps.stderr(withLineEnd(text));
  if (!ok) session.exitCode = EXIT.usage;
}

function explainKey(session: Session, key: string): void {
  const told = session.deps.configuration.explain(key);
  if ('nearest' in told) {
    const hint =
      told.nearest.length > 0 ? `Did you mean ${told.nearest.join(' or ')}?` : 'See: thanadak config schema';
    throw new ThanadakError('not-found', `There is no key "${key}". ${hint}`);
  }
  tell(session, told.value, () => withLineEnd(told.text));
}

function withLineEnd(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
