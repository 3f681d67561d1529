// `acknowledgement pause`, `resume`, `status`: the switch that stops automatic receipts. Tickets are opened all the same.
import type { Command } from 'commander';
import { ThanadakError } from '../domain/errors.js';
import { OPERATOR } from '../domain/rights.js';
import type { House } from './deps.js';
import { examples, inHouse, type Session, tell, timesOf } from './session.js';

const NAME = 'acknowledgement';

/** `paused: false` when receipts go out. */
interface PauseView {
  paused: boolean;
  since: string | null;
  by: string | null;
  reason: string | null;
}

export function addAcknowledgementCommands(program: Command, session: Session): void {
  const group = program
    .command(NAME)
    .description('The automatic receipts: stop them, let them go again')
    .addHelpText(
      'after',
      examples("acknowledgement pause --reason 'We are being bombed'", 'acknowledgement status'),
    );
  group
    .command('pause')
    .description('Send no automatic receipts until resumed; they are kept as owed by hand')
    .requiredOption('--reason <text>', 'why')
    .addHelpText('after', examples("acknowledgement pause --reason 'We are being bombed'"))
    .action((options: { reason: string }, command: Command) =>
      inHouse(session, command, (house) => pause(session, house, options.reason)),
    );
  group
    .command('resume')
    .description('Send automatic receipts again; those withheld meanwhile go by `ticket acknowledge`')
    .addHelpText('after', examples('acknowledgement resume'))
    .action((_options: object, command: Command) =>
      inHouse(session, command, (house) => resume(session, house)),
    );
  group
    .command('status')
    .description('Whether automatic receipts are sent')
    .addHelpText('after', examples('acknowledgement status --json'))
    .action((_options: object, command: Command) =>
      inHouse(session, command, (house) => tellPause(session, house)),
    );
}

async function pause(session: Session, house: House, given: string): Promise<void> {
  const reason = given.trim();
  if (reason === '') throw new ThanadakError('invalid', 'The reason is empty; say why receipts are paused.');
  await house.store.transact((unit) => unit.switches.set(NAME, { actor: OPERATOR.id, reason }));
  await tellPause(session, house);
}

async function resume(session: Session, house: House): Promise<void> {
  const wasPaused = await house.store.transact((unit) => unit.switches.clear(NAME));
  if (!wasPaused) throw new ThanadakError('conflict', 'Automatic receipts are not paused.');
  await tellPause(session, house);
}

async function tellPause(session: Session, house: House): Promise<void> {
  const found = await house.store.switches.find(NAME);
  const view: PauseView = {
    paused: found !== undefined,
    since: found?.since ?? null,
    by: found?.actor ?? null,
    reason: found?.reason ?? null,
  };
  const times = timesOf(session, house);
  tell(session, view, ({ since, by, reason }) =>
    since === null
      ? 'Automatic receipts are sent.\n'
      : `Automatic receipts are paused since ${times.at(since)} by ${by}: ${reason}\n`,
  );
}
