// Deeds that lead to another place or ticket: transfer, refer, merge, unmerge, split, link.
import { Option } from 'commander';
import { type DeedCommand, required, textOption } from './deed-command.js';

const TRANSFER: DeedCommand<{ to: string; reason: string }> = {
  name: 'transfer',
  description:
    'Pass a ticket on to another station or force; reference and clocks stay, the resident is told',
  deed: 'transfer',
  examples: [
    "BEHALA-26-000123-K --to laketown --reason 'It happened at Lake Town.'",
    "BEHALA-26-000123-K --to control@otherforce.example --reason 'Outside our city.'",
  ],
  options: [
    required('--to <station>', 'code of a station, or the mail address of a foreign force'),
    textOption('reason', 'why'),
  ],
  perform: (desk, order, { to, reason }) => desk.transfer({ ...order, to, reason }),
  done: ({ to }) => `passed on to ${to}`,
};

const REFER: DeedCommand<{ agency: string; text: string }> = {
  name: 'refer',
  description: 'Ask an agency (municipality, fire service) to act; the ticket stays with the station',
  deed: 'refer',
  examples: ["BEHALA-26-000123-K --agency kmc --text 'Please repair the street light.'"],
  options: [
    required('--agency <agency>', 'who is asked (code)'),
    textOption('text', 'what is asked of the agency'),
  ],
  perform: (desk, order, { agency, text }) => desk.refer({ ...order, agency: agency.toLowerCase(), text }),
  done: ({ agency }) => `referred to ${agency.toLowerCase()}`,
};

const MERGE: DeedCommand<{ into: string }> = {
  name: 'merge',
  description: 'Let a ticket go on inside another one that is about the same matter',
  deed: 'merge',
  examples: ['BEHALA-26-000124-H --into BEHALA-26-000123-K'],
  options: [required('--into <ref>', 'the ticket that goes on')],
  perform: (desk, order, { into }) => desk.merge({ ...order, into }),
  done: ({ into }) => `merged into ${into.toUpperCase()}`,
};

const UNMERGE: DeedCommand = {
  name: 'unmerge',
  description: 'Take a ticket out of the one it was merged into',
  deed: 'unmerge',
  examples: ['BEHALA-26-000124-H'],
  options: [],
  perform: (desk, order) => desk.unmerge(order),
  done: () => 'made a ticket of its own again',
};

const SPLIT: DeedCommand<{ message: string }> = {
  name: 'split',
  description: 'Make one message of a ticket a ticket of its own; answers the new one',
  deed: 'split',
  takesOne: true,
  examples: ['BEHALA-26-000123-K --message 01JDF3Q4ZV8R6N5T7W9XKHB2CM'],
  options: [required('--message <id>', 'id of the message, as in `ticket show`')],
  perform: (desk, order, { message }) => desk.split({ ...order, messageId: message }),
  done: ({ message }) => `opened for message ${message}`,
  planned: ({ message }) => `split: message ${message} would become a ticket of its own`,
};

const FILE_FOR: DeedCommand<{ address?: string; name?: string }> = {
  name: 'file-for',
  description: 'File a letter that somebody forwarded for the citizen who wrote it; answers the new ticket',
  deed: 'file-for',
  takesOne: true,
  examples: ['BEHALA-26-000123-K', 'BEHALA-26-000123-K --address rita@home.example --name "Rita Basu"'],
  options: [
    new Option('--address <address>', "the citizen's address, where the forwarded letter does not tell it"),
    new Option('--name <name>', "the citizen's name"),
  ],
  perform: (desk, order, { address, name }) => desk.fileFor({ ...order, address, name }),
  done: ({ address }) => `opened for ${address ?? 'the citizen'}, who is told`,
  planned: () => 'filed for the citizen: the forwarded letter would become a ticket of its own',
};

const LINK: DeedCommand<{ to: string; untie?: true }> = {
  name: 'link',
  description: 'Tie a ticket to another one, so that each shows the other',
  deed: 'link',
  examples: [
    'BEHALA-26-000123-K --to LAKETOWN-26-000009-C',
    'BEHALA-26-000123-K --to LAKETOWN-26-000009-C --untie',
  ],
  options: [required('--to <ref>', 'the other ticket'), new Option('--untie', 'part them instead')],
  perform: (desk, order, { to, untie }) => desk.link({ ...order, to, untie }),
  done: ({ to, untie }) => `${untie ? 'parted from' : 'linked with'} ${to.toUpperCase()}`,
};

export const DEEDS_ELSEWHERE: readonly DeedCommand[] = [
  TRANSFER,
  REFER,
  MERGE,
  UNMERGE,
  SPLIT,
  FILE_FOR,
  LINK,
];
