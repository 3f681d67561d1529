// `officer list`, `add`, `disable`, `enable`, `away`, `back`.
import { type Command, Option } from 'commander';
import { deputyFor } from '../desk/presence.js';
import { ThanadakError } from '../domain/errors.js';
import { readUntil, UNTIL_FORMS } from '../domain/moments.js';
import { RANKS, type Rank, serves } from '../domain/people.js';
import { stationOf } from '../ports/office.js';
import type { House } from './deps.js';
import { addOfficer, changeOfficer, GIVEN_RANKS, type NewOfficer, newOfficer, sourceOf } from './officers.js';
import { countOf } from './output.js';
import { examples, inHouse, remark, type Session, tableWidth, tell, timesOf } from './session.js';
import { addSignInCommands, hashFor, type PasswordOptions } from './sign-in-commands.js';
import { checkStation } from './stations.js';
import { formatOfficerTable, viewOfficer } from './views/officer-view.js';

export function addOfficerCommands(program: Command, session: Session): void {
  const officer = program
    .command('officer')
    .description('The people of the stations: who serves where, who is away')
    .addHelpText('after', examples('officer list', 'officer away si-roy --until 7d --deputy si-sen'));
  addList(officer, session);
  addAdd(officer, session);
  addPresence(officer, session);
  addAway(officer, session);
  addSignInCommands(officer, session);
}

function addList(officer: Command, session: Session): void {
  officer
    .command('list')
    .description('List the officers and posts of the configuration, and those added by command')
    .addOption(new Option('--rank <rank>', 'only of this rank').choices(RANKS))
    .option('--station <station>', 'only those who serve this station (code)')
    .addHelpText('after', examples('officer list', 'officer list --station behala --rank officer --json'))
    .action((options: ListOptions, command: Command) =>
      inHouse(session, command, (house) => tellOfficers(session, house, options)),
    );
}

function addAdd(officer: Command, session: Session): void {
  officer
    .command('add')
    .description('Add an officer')
    .argument('<id>', 'id under which deeds are written down; given once and for ever')
    .requiredOption('--name <name>', 'name, as colleagues read it')
    .addOption(new Option('--rank <rank>', 'rank').choices(GIVEN_RANKS))
    .option('--admin', 'of the IT cell, with a password at once: how the first one comes into the pages')
    .option(
      '--password-file <file>',
      'with --admin: the password is the first line of this file, - for stdin',
    )
    .option('--title <title>', 'what stands before the name; si and asi need none')
    .option('--address <address>', 'mail address for notices')
    .option('--station <station...>', 'codes of the stations served')
    .option('--division <division...>', 'FORCE/DIVISION served, with all their stations')
    .option('--reads-restricted', 'reads tickets of restricted categories at the own station')
    .addHelpText(
      'after',
      examples(
        "officer add si-roy --name 'Mita Roy' --rank si --station behala --address mita.roy@police.example",
        "officer add ac-sw --name 'Anil Das' --rank ac --division kp/sw",
        "officer add it --name 'Rina Pal' --admin",
      ),
    )
    .action((id: string, options: AddOptions, command: Command) =>
      inHouse(session, command, (house) => add({ session, house }, id, options)),
    );
}

interface AddOptions extends Omit<NewOfficer, 'id' | 'rank'>, Pick<PasswordOptions, 'passwordFile'> {
  rank?: NewOfficer['rank'];
  admin?: true;
}

async function add(
  { session, house }: { session: Session; house: House },
  id: string,
  options: AddOptions,
): Promise<void> {
  const rank = options.admin ? 'admin' : options.rank;
  if (rank === undefined || (options.rank ?? rank) !== rank)
    throw new ThanadakError('invalid', 'Give either --rank RANK or --admin.');
  if (options.passwordFile !== undefined && !options.admin)
    throw new ThanadakError('invalid', '--password-file goes with --admin; see: thanadak officer password');
  const { rules } = await house.office();
  const officer = newOfficer({ ...options, id, rank }, rules);
  // A password that does not do adds nobody.
  const hash = options.admin && (await hashFor({ session, house }, officer, options));
  const added = await addOfficer(house, officer, hash);
  tell(session, added, () => `${added.id} is added${hash === undefined ? '' : ' and may sign in'}.\n`);
}

function addPresence(officer: Command, session: Session): void {
  officer
    .command('disable')
    .description('Take an officer out of service: no deeds, no notices; the journal keeps the name')
    .argument('<officer>', 'id')
    .addHelpText('after', examples('officer disable si-roy'))
    .action((id: string, _options: object, command: Command) =>
      inHouse(session, command, (house) => disable(session, house, id)),
    );
  for (const [name, description, change, told] of BACK) {
    officer
      .command(name)
      .description(description)
      .argument('<officer>', 'id')
      .addHelpText('after', examples(`officer ${name} si-roy`))
      .action((id: string, _options: object, command: Command) =>
        inHouse(session, command, async (house) => {
          const changed = await changeOfficer(house, id, (known) => ({ ...known, ...change }));
          tell(session, changed, () => `${changed.id} ${told}.\n`);
        }),
      );
  }
}

const BACK = [
  ['enable', 'Take a disabled officer back into service', { disabled: false }, 'is in service'],
  ['back', 'Say that an officer is there again', { away: null }, 'is there again'],
] as const;

function addAway(officer: Command, session: Session): void {
  officer
    .command('away')
    .description('Say that an officer is away; without a deputy the next rank is told instead')
    .argument('<officer>', 'id')
    .requiredOption('--until <time>', `how long: ${UNTIL_FORMS}`)
    .option('--deputy <officer>', 'who stands in (id)')
    .addHelpText(
      'after',
      examples('officer away si-roy --until 7d', 'officer away si-roy --until 2026-12-01 --deputy si-sen'),
    )
    .action((id: string, options: AwayOptions, command: Command) =>
      inHouse(session, command, (house) => sendAway({ session, house }, id, options)),
    );
}

interface ListOptions {
  rank?: Rank;
  station?: string;
}

interface AwayOptions {
  until: string;
  deputy?: string;
}

async function tellOfficers(session: Session, house: House, options: ListOptions): Promise<void> {
  const { rules, people } = await house.office();
  const code = options.station?.toLowerCase();
  if (code !== undefined) checkStation(house, code);
  const station = code === undefined ? undefined : stationOf(rules, code);
  const officers = [...(await people()).values()]
    .filter((officer) => options.rank === undefined || officer.rank === options.rank)
    .filter((officer) => station === undefined || serves(officer, station))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((officer) => viewOfficer(officer, sourceOf(rules, officer)));
  if (officers.length === 0) remark(session, 'No such officers.');
  const times = timesOf(session, house);
  tell(session, officers, () =>
    officers.length === 0 ? '' : formatOfficerTable(officers, times, tableWidth(session)),
  );
}

/** More tickets than one officer can have. */
const MOST_TICKETS = 10_000;

/** Tickets stay with whom they were given to: somebody must give them to somebody else. */
async function disable(session: Session, house: House, id: string): Promise<void> {
  const changed = await changeOfficer(house, id, ({ away }) => ({ disabled: true, away }));
  const filter = { officer: changed.id, unclosed: true, limit: MOST_TICKETS };
  const openTickets = (await house.store.tickets.list(filter)).length;
  const list = `thanadak ticket list --officer ${changed.id} --unclosed`;
  const mend = openTickets === 0 ? '' : `Assign them to others. See: ${list}\n`;
  tell(
    session,
    { ...changed, openTickets },
    () => `${changed.id} is disabled and has ${countOf(openTickets, 'open ticket')}.\n${mend}`,
  );
}

async function sendAway(
  { session, house }: { session: Session; house: House },
  id: string,
  options: AwayOptions,
): Promise<void> {
  const now = session.deps.clock.now();
  const until = readUntil(options.until, { now, timeZone: house.config.timeZone });
  if (until <= now) throw new ThanadakError('invalid', 'An absence must end in the future.');
  const changed = await changeOfficer(house, id, (officer, around) => ({
    disabled: officer.disabled,
    away: {
      until,
      deputy: options.deputy === undefined ? null : deputyFor(officer, options.deputy, around).id,
    },
  }));
  const deputy = changed.away?.deputy ?? null;
  const instead = deputy === null ? 'nobody stands in: the next rank is told' : `${deputy} stands in`;
  const times = timesOf(session, house);
  tell(session, changed, () => `${changed.id} is away until ${times.at(until)}; ${instead}.\n`);
}
