// The command line as a whole: builds the program, runs it, turns every end into an exit code.
import { Command, CommanderError, Option } from 'commander';
import { messageOf, type ThanadakError } from '../domain/errors.js';
import { addAcknowledgementCommands } from './acknowledgement-commands.js';
import { addAuditCommands } from './audit-commands.js';
import { addBackupCommands } from './backup-commands.js';
import { addClockCommands, addSweepCommand } from './clock-commands.js';
import { addCompletionCommands } from './completion-commands.js';
import { addConfigCommands } from './config-commands.js';
import type { AdminDeps } from './deps.js';
import { addEscalationCommands } from './escalation-commands.js';
import { EXIT, errorCodeOf, exitCodeOf } from './exit-codes.js';
import { addHouseCommands, addKeyCommands, addMigrateCommand } from './house-commands.js';
import { addLetterCommands } from './letter-commands.js';
import { addMatterCommands } from './matter-commands.js';
import { addOfficerCommands } from './officer-commands.js';
import { addOutboxCommands } from './outbox-commands.js';
import { formatJson } from './output.js';
import { addRegisterCommands } from './register-commands.js';
import { addReportCommands } from './report-commands.js';
import { addRetentionCommands } from './retention-commands.js';
import { examples, type Session } from './session.js';
import { addStatusCommand } from './status-command.js';
import { addTicketCommands } from './ticket-commands.js';
import { addTriageCommands } from './triage-commands.js';

/**
 * Runs one command. `argv` is what follows the program's name. Resolves to the exit code (exit-codes.ts), never
 * rejects and never ends the process.
 */
export async function runCommandLine(argv: readonly string[], deps: AdminDeps): Promise<number> {
  const session: Session = { deps, isJson: asksForJson(argv), exitCode: EXIT.ok };
  try {
    await buildProgram(session).parseAsync([...argv], { from: 'user' });
    return session.exitCode;
  } catch (error) {
    return error instanceof CommanderError ? endOfParsing(session, error) : failure(session, error);
  }
}

/** Known before parsing, because errors of parsing are told in JSON too. */
function asksForJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return (end < 0 ? argv : argv.slice(0, end)).includes('--json');
}

/** The tree of commands, bound to one run. */
export function buildProgram(session: Session): Command {
  const program = new Command('thanadak')
    .description("The post office of a city's police stations.")
    .version(session.deps.version, '-V, --version', 'show the version')
    .addOption(
      new Option('-c, --config <file>', 'the configuration; else $THANADAK_CONFIG, else the usual places'),
    )
    .option('--json', 'JSON alone on stdout, for programs')
    .helpOption('-h, --help', 'show help')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput(outputOf(session))
    .showHelpAfterError('Add --help to see what is possible.')
    .exitOverride()
    .addHelpText(
      'after',
      examples('status', 'ticket list --overdue', 'ticket show BEHALA-26-000123-K', 'config check'),
    );
  addHouseCommands(program, session);
  addStatusCommand(program, session);
  addTicketCommands(program, session);
  addMatterCommands(program, session);
  addEscalationCommands(program, session);
  addAcknowledgementCommands(program, session);
  addClockCommands(program, session);
  addRegisterCommands(program, session);
  addReportCommands(program, session);
  addTriageCommands(program, session);
  addOfficerCommands(program, session);
  addLetterCommands(program, session);
  addOutboxCommands(program, session);
  addSweepCommand(program, session);
  addConfigCommands(program, session);
  addMigrateCommand(program, session);
  addAuditCommands(program, session);
  addRetentionCommands(program, session);
  addBackupCommands(program, session);
  addKeyCommands(program, session);
  addCompletionCommands(program, session);
  return program;
}

function outputOf(session: Session) {
  const { deps, isJson } = session;
  const width = () => (deps.isTerminal ? deps.columns : 80);
  return {
    writeOut: (text: string) => deps.stdout(text),
    writeErr: (text: string) => {
      if (!isJson) deps.stderr(text);
    },
    getOutHelpWidth: width,
    getErrHelpWidth: width,
    getOutHasColors: () => false,
    getErrHasColors: () => false,
  };
}

/** Help and version were asked for; anything else is a mistake on the line, told already unless in JSON. */
function endOfParsing(session: Session, error: CommanderError): number {
  if (error.exitCode === 0) return EXIT.ok;
  const message =
    error.code === 'commander.help' ? 'A command is missing. See: thanadak --help' : error.message;
  if (session.isJson) writeError(session, 'invalid', message.replace(/^error: /, ''));
  return EXIT.usage;
}

function failure(session: Session, error: unknown): number {
  if (session.isJson) writeError(session, errorCodeOf(error), messageOf(error));
  else session.deps.stderr(`thanadak: ${messageOf(error)}\n${causeOf(error)}`);
  return exitCodeOf(error);
}

function writeError(session: Session, code: ThanadakError['code'], message: string): void {
  session.deps.stderr(formatJson({ error: { code, message } }));
}

/** Whoever runs the command is the operator, for whom the cause is kept. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause === undefined ? '' : `  because: ${messageOf(cause)}\n`;
}
