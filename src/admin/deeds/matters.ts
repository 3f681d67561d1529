// Deeds on several tickets about one matter: gather, leave, dismiss, and one closure or letter for all of them.
import { ticketsOfMatter } from '../../desk/matters.js';
import { ThanadakError } from '../../domain/errors.js';
import type { House } from '../deps.js';
import { findTicket } from '../tickets.js';
import type { DeedCommand, Spread } from './deed-command.js';
import { CLOSE } from './ending.js';
import { REPLY } from './everyday.js';

const GATHER: DeedCommand<{ into: string }> = {
  name: 'gather',
  description: 'Put tickets about one matter under the first of them, whose officer they get',
  deed: 'gather',
  argument: ['<ref...>', 'the parent, then the tickets that come under it'],
  examples: ['BEHALA-26-000123-K BEHALA-26-000124-H BEHALA-26-000131-0 --by si-roy'],
  options: [],
  async spread(house, given) {
    const [first, references] = await firstAndOthers(house, given);
    return { references, given: { into: first } };
  },
  perform: (desk, order, { into }) => desk.gather({ ...order, into }),
  done: ({ into }) => `gathered under ${into}`,
};

const LEAVE: DeedCommand = {
  name: 'leave',
  description: 'Take a ticket out of the matter under whose parent it was gathered',
  deed: 'leave',
  examples: ['BEHALA-26-000124-H --by si-roy'],
  options: [],
  perform: (desk, order) => desk.leaveMatter(order),
  done: () => 'taken out of its matter',
};

const DISMISS: DeedCommand<{ other: string }> = {
  name: 'dismiss',
  description: 'Say that tickets suggested as one matter are none; they are never suggested again',
  deed: 'dismiss',
  argument: ['<ref...>', 'a ticket, then those that are another matter'],
  examples: ['BEHALA-26-000123-K BEHALA-26-000124-H --by si-roy'],
  options: [],
  async spread(house, given) {
    const [first, references] = await firstAndOthers(house, given);
    return { references, given: { other: first } };
  },
  perform: (desk, order, { other }) => desk.dismissMatter({ ...order, other }),
  done: ({ other }) => `called another matter than ${other}`,
};

async function firstAndOthers(
  house: Pick<House, 'store'>,
  given: readonly string[],
): Promise<[first: string, others: string[]]> {
  const [first, ...others] = given;
  if (first === undefined || others.length === 0)
    throw new ThanadakError('invalid', 'Give two references at least.');
  return [(await findTicket(house, first)).reference, others];
}

const MATTER: DeedCommand['argument'] = ['<ref>', 'the parent of the matter'];

const CLOSE_ALL: DeedCommand<{ outcome: string; text: string }> = {
  ...CLOSE,
  description: 'Close every ticket of a matter, each with its own letter in the language of its resident',
  argument: MATTER,
  spread: (house, given) => membersOf(house, given, (state) => state !== 'closed'),
};

const REPLY_TO_ALL: DeedCommand<{ text: string }> = {
  ...REPLY,
  description: 'Write one text to every resident of a matter, each in a letter of their own',
  argument: MATTER,
  examples: ["BEHALA-26-000123-K --text 'The road is open again.'"],
  spread: (house, given) => membersOf(house, given, () => true),
};

async function membersOf(
  house: Pick<House, 'store'>,
  [reference = '']: readonly string[],
  isMeant: (state: string) => boolean,
): Promise<Spread> {
  const parent = await findTicket(house, reference);
  const tickets = await ticketsOfMatter(house.store, parent.reference);
  const references = tickets.filter(({ state }) => isMeant(state)).map((ticket) => ticket.reference);
  return { references, given: {} };
}

export const MATTER_DEEDS: readonly DeedCommand[] = [GATHER, LEAVE, DISMISS, CLOSE_ALL, REPLY_TO_ALL];
