// The frame of every command for a deed: who acts, on which tickets, and what is told afterwards.
import { type Command, InvalidArgumentError } from 'commander';
import { ThanadakError } from '../domain/errors.js';
import { readUntil } from '../domain/moments.js';
import type { Actor } from '../domain/rights.js';
import type { Ticket } from '../domain/ticket.js';
import { findActor } from './actors.js';
import { type DeedCommand, type Spread, TEXT_KEYS } from './deeds/deed-command.js';
import { DEEDS_ELSEWHERE } from './deeds/elsewhere.js';
import { ENDING_DEEDS } from './deeds/ending.js';
import { EVERYDAY_DEEDS } from './deeds/everyday.js';
import { JUNK_DEEDS } from './deeds/junk.js';
import type { House, HouseOffice } from './deps.js';
import { tellRehearsal } from './dry-run.js';
import { EXIT } from './exit-codes.js';
import { FROM_STDIN, type GivenReferences, readReferences, readText } from './given-text.js';
import { examples, inHouse, remark, type Session, tell, timesOf } from './session.js';
import { DONE, tellOutcomes, tryEach } from './several.js';
import { findTicket, readTicket } from './tickets.js';
import { formatDone, readLetters } from './views/done-view.js';

/** What every deed takes, and what its own options hold. */
interface Options extends Record<string, unknown> {
  by?: string;
  ifVersion?: number;
  dryRun?: true;
}

export function addDeedCommands(ticket: Command, session: Session): void {
  for (const command of [...EVERYDAY_DEEDS, ...DEEDS_ELSEWHERE, ...ENDING_DEEDS, ...JUNK_DEEDS])
    addDeed({ group: ticket, name: 'ticket' }, session, command);
}

/** Where commands hang, and what stands before theirs on the line. */
export interface Group {
  group: Command;
  name: string;
}

export function addDeed({ group, name }: Group, session: Session, deed: DeedCommand): void {
  const command = group.command(deed.name).description(deed.description);
  if (deed.argument) command.argument(...deed.argument);
  else if (deed.takesOne) command.argument('<ref>', 'reference, upper or lower case');
  else command.argument('<ref...>', 'references, or - to read them from stdin, one a line');
  for (const option of deed.options) command.addOption(option);
  if (!deed.spread)
    command.option('--if-version <n>', 'only if the ticket still has this version', parseVersion);
  command
    .option('--by <officer>', 'who does it (id); without it the operator of this machine')
    .option('--dry-run', 'say what would be done, and change nothing')
    .addHelpText('after', examples(...deed.examples.map((line) => `${name} ${deed.name} ${line}`)))
    .action((given: string | string[], options: Options, self: Command) =>
      runDeed(session, self, { deed, given: [given].flat(), options }),
    );
}

function parseVersion(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a number, as in `ticket show`.');
  return Number(text);
}

interface Line {
  deed: DeedCommand;
  given: readonly string[];
  options: Options;
}

async function runDeed(session: Session, self: Command, line: Line): Promise<void> {
  const { deed, options } = line;
  const objection = deed.objection?.(options) ?? objectionTo(line);
  if (objection !== undefined) throw new ThanadakError('invalid', objection);
  const meant = await readReferences(session.deps, line.given);
  const texts = await readTexts(session, options);
  await inHouse(session, self, async (house) => {
    const office = await house.office();
    const actor = await findActor(office, options.by);
    const given = { ...options, ...texts, ...untilIn(session, house, options) };
    const acting = { session, house, office, actor, deed, given };
    if (deed.spread) await carryOutSpread(acting, await deed.spread(house, meant.references));
    else await carryOut(acting, meant);
  });
}

function objectionTo({ given, options }: Line): string | undefined {
  const isList = given.length > 1 || given.includes(FROM_STDIN);
  if (isList && options.ifVersion !== undefined) return '--if-version is for one ticket alone.';
  const readsText = TEXT_KEYS.some((key) => options[key] === FROM_STDIN);
  if (readsText && given.includes(FROM_STDIN))
    return 'References and text cannot both come from stdin; give the text as @FILE.';
  return undefined;
}

async function readTexts(session: Session, options: Options): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const key of TEXT_KEYS) {
    const given = options[key];
    if (typeof given === 'string') texts[key] = await readText(session.deps, given);
  }
  return texts;
}

function untilIn({ deps }: Session, { config }: House, { until }: Options): Record<string, string> {
  if (typeof until !== 'string') return {};
  return { until: readUntil(until, { now: deps.clock.now(), timeZone: config.timeZone }) };
}

/** A deed about to be done. */
export interface Acting {
  session: Session;
  house: House;
  office: HouseOffice;
  actor: Actor;
  deed: DeedCommand;
  given: Options;
}

async function carryOut(acting: Acting, { references, isList }: GivenReferences): Promise<void> {
  const { session, given } = acting;
  if (references.length === 0) remark(session, 'No references were given; nothing is done.');
  if (given.dryRun) return tellRehearsal(acting, { references, isList });
  if (isList) return doMany(acting, references);
  for (const reference of references) await doOne(acting, reference);
}

/** Whatever the reason, a ticket of several that was refused is a conflict of the whole. */
async function carryOutSpread(acting: Acting, { references, given }: Spread): Promise<void> {
  const { session } = acting;
  await carryOut({ ...acting, given: { ...acting.given, ...given } }, { references, isList: true });
  if (session.exitCode === EXIT.notAllowed || session.exitCode === EXIT.notFound)
    session.exitCode = EXIT.conflict;
}

async function doMany(acting: Acting, references: readonly string[]): Promise<void> {
  const { session, house, deed, given } = acting;
  const outcomes = await tryEach(
    references,
    async (reference) => {
      await perform(acting, await findTicket(house, reference));
      return DONE;
    },
    session,
  );
  const phrase = `was ${deed.done(given, timesOf(session, house))}.`;
  tellOutcomes(session, 'reference', { outcomes, phrase });
}

async function doOne(acting: Acting, reference: string): Promise<void> {
  const { session, house, deed, given } = acting;
  const ticket = await perform(acting, await findTicket(house, reference));
  const view = await readTicket(session, house, ticket.reference);
  const letters = await readLetters(house.store, ticket);
  const times = timesOf(session, house);
  tell(session, view, () => formatDone({ view, letters, phrase: deed.done(given, times) }, times));
}

/** What somebody did after this command was started was not before the eyes of whoever started it. */
function perform({ office, actor, deed, given }: Acting, { reference }: Ticket): Promise<Ticket> {
  const seen = { version: given.ifVersion, at: office.startedAt };
  return deed.perform(office.desk, { actor, reference, seen }, given);
}
