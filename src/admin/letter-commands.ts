// `letter list`, `letter show`, `letter release`: the letters themselves, wherever they lie.
import { createReadStream } from 'node:fs';
import { type Command, Option } from 'commander';
import { systemCode, ThanadakError } from '../domain/errors.js';
import type { Parking } from '../domain/letter.js';
import { addAttachmentCommand } from './attachment-commands.js';
import type { House } from './deps.js';
import { type Insisting, letPass, messagesOfLetter, visibleTo } from './infected.js';
import { findLetter, listLetters, noSuchLetter, pathOfLetter } from './letters.js';
import { type Column, countOf, formatFacts, formatTable, sizeOf } from './output.js';
import { examples, inHouse, parseLimit, remark, type Session, tableWidth, tell, timesOf } from './session.js';
import type { Times } from './times.js';
import {
  type FoundLetter,
  LETTER_STATES,
  type LetterDetailView,
  type LetterState,
  type LetterView,
  viewLetter,
  viewLetterDetail,
} from './views/letter-view.js';

export function addLetterCommands(program: Command, session: Session): void {
  const letter = program
    .command('letter')
    .description('The letters we received: in the spool, held, filed')
    .addHelpText('after', examples('letter list --state held', 'letter show ID --raw > letter.eml'));
  letter
    .command('list')
    .description('List letters, newest first')
    .addOption(new Option('--state <state>', 'only letters in this state').choices(LETTER_STATES))
    .option(
      '--parked',
      "only robots' letters that opened no ticket: reports, absences, letters of ours come back",
    )
    .option('--limit <n>', 'at most so many', parseLimit, 100)
    .addHelpText('after', examples('letter list', 'letter list --state held', 'letter list --parked --json'))
    .action((options: ListOptions, command: Command) =>
      inHouse(session, command, (house) => tellLetters(session, house, options)),
    );
  addShow(letter, session);
  addAttachmentCommand(letter, session);
  letter
    .command('release')
    .description('Put a held letter back into the spool, to be filed anew')
    .argument('<id>', 'letter id')
    .addHelpText('after', examples('letter list --state held', 'letter release 01JDF3Q4ZV8R6N5T7W9XKHB2CM'))
    .action((id: string, _options: object, command: Command) =>
      inHouse(session, command, (house) => releaseLetter(session, house, id)),
    );
}

function addShow(letter: Command, session: Session): void {
  letter
    .command('show')
    .description('Show one letter: envelope, size, hash, where it lies')
    .argument('<id>', 'letter id, as in the reply to the sender')
    .option('--raw', 'write exactly the bytes received')
    .option('--infected-too', 'with --raw: even when a virus is in it; the journal will show it')
    .option('--by <officer>', 'with --raw: who asks (id); without it the operator of this machine')
    .addHelpText(
      'after',
      examples(
        'letter show 01JDF3Q4ZV8R6N5T7W9XKHB2CM',
        'letter show 01JDF3Q4ZV8R6N5T7W9XKHB2CM --raw | sha256sum',
      ),
    )
    .action((id: string, options: Insisting & { raw?: true }, command: Command) =>
      inHouse(session, command, (house) =>
        options.raw ? writeLetter(session, house, { id, options }) : tellLetter(session, house, id),
      ),
    );
}

interface ListOptions {
  state?: LetterState;
  parked?: true;
  limit: number;
}

async function tellLetters(session: Session, house: House, options: ListOptions): Promise<void> {
  const letters = (await listLetters(house, options)).map(viewLetter);
  if (letters.length === 0) remark(session, 'No letters.');
  const times = timesOf(session, house);
  tell(session, letters, () => formatLetterTable(letters, times, tableWidth(session)));
}

function formatLetterTable(letters: readonly LetterView[], times: Times, width: number | undefined): string {
  if (letters.length === 0) return '';
  const columns: Column<LetterView>[] = [
    { title: 'ID', value: (letter) => letter.id },
    { title: 'STATE', value: (letter) => letter.state },
    { title: 'RECEIVED', value: (letter) => times.withAge(letter.receivedAt) },
    { title: 'SIZE', value: (letter) => sizeOf(letter.bytes) },
    { title: 'FROM', value: (letter) => letter.from || '<>', flexible: true },
    { title: 'TICKETS', value: (letter) => letter.tickets.join(', ') },
    { title: 'PROBLEM', value: problemOf, flexible: true },
  ];
  return formatTable(columns, letters, width);
}

const PARKED: Record<Parking, string> = {
  'unmatched-report': 'report about no letter of ours that we know',
  'unreadable-report': 'report that says nothing readable',
  absence: 'absence notice about no ticket',
  'own-letter': 'letter of ours come back',
};

function problemOf(letter: LetterView): string {
  if (letter.problem !== null) return letter.problem;
  if (letter.duplicateOf !== null) return `second copy of ${letter.duplicateOf}`;
  return letter.parked === null ? '' : PARKED[letter.parked];
}

async function tellLetter(session: Session, house: House, id: string): Promise<void> {
  const letter = viewLetterDetail(await findLetter(house, id));
  tell(session, letter, () => formatLetter(letter, timesOf(session, house)));
}

function formatLetter(letter: LetterDetailView, times: Times): string {
  const { client } = letter;
  const relay = client.relay === null ? '' : ` through ${client.relay}`;
  return formatFacts([
    ['Letter', letter.id],
    ['State', letter.state],
    ['From', letter.from || '<>'],
    ['To', letter.to.join(', ')],
    ['Received', times.withAge(letter.receivedAt)],
    ['Client', `${client.name} [${client.address}]${relay}, ${letter.protocol}, ${letter.tls ?? 'no TLS'}`],
    ['Size', `${letter.bytes} bytes`],
    ['SHA-256', letter.sha256],
    ['Tickets', letter.tickets.join(', ')],
    ['Problem', problemOf(letter)],
  ]);
}

/** A letter may be moved while it is looked for, so a path that is gone is looked up once more. */
async function writeLetter(
  session: Session,
  house: House,
  { id, options }: { id: string; options: Insisting },
): Promise<void> {
  const first = await findLetter(house, id);
  const messages = await visibleTo(house, options.by, await messagesOfLetter(house, first));
  const virus = messages[0]?.message.infected ?? null;
  await letPass(house, { what: `letter ${id}`, letterId: id, virus, messages, detail: {} }, options);
  if (await writeFile(session, pathOfLetter(house, first))) return;
  const second = await findLetter(house, id);
  if (!(await writeFile(session, pathOfLetter(house, second)))) throw noSuchLetter(id);
}

/** False when there is no such file. */
async function writeFile(session: Session, path: string): Promise<boolean> {
  try {
    for await (const chunk of createReadStream(path)) await session.deps.writeRaw(chunk as Buffer);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}

async function releaseLetter(session: Session, house: House, id: string): Promise<void> {
  const found = await findLetter(house, id);
  if (found.state !== 'held' || !(await house.spool.release(id))) throw notHeld(found);
  const released = viewLetter({ state: 'spooled', letter: found.letter });
  tell(session, released, () => `Letter ${id} is back in the spool and will be filed.\n`);
}

function notHeld(found: FoundLetter): ThanadakError {
  const where =
    found.state === 'filed'
      ? `filed already, on ${found.tickets.join(', ') || countOf(0, 'ticket')}`
      : 'in the spool and will be filed';
  return new ThanadakError('conflict', `Letter ${found.letter.id} is not held: it is ${where}.`);
}
