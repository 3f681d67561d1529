// How a ticket ends and comes back, who may read it, and what the law asks about information sent by mail.
import { Option } from 'commander';
import { DECISIONS, type Decision, SIGNATURE_WAYS, type SignatureWay } from '../../domain/register.js';
import { RESTRICTIONS, type Restriction } from '../../domain/ticket.js';
import { type DeedCommand, required, textOption } from './deed-command.js';

export const CLOSE: DeedCommand<{ outcome: string; text: string }> = {
  name: 'close',
  description: 'Close a ticket with a letter that tells the resident what was done',
  deed: 'close',
  examples: ["BEHALA-26-000123-K --outcome action-taken --text 'The lamp was repaired.'"],
  options: [
    required('--outcome <outcome>', 'how it ended (code)'),
    textOption('text', 'what was done, as the resident will read it'),
  ],
  perform: (desk, order, { outcome, text }) => desk.close({ ...order, outcome: outcome.toLowerCase(), text }),
  done: ({ outcome }) => `closed as ${outcome.toLowerCase()}`,
};

const REOPEN: DeedCommand<{ reason: string }> = {
  name: 'reopen',
  description: 'Open a closed ticket again; its clocks begin a new round',
  deed: 'reopen',
  examples: ["BEHALA-26-000123-K --reason 'The lamp is dark again.'"],
  options: [textOption('reason', 'why')],
  perform: (desk, order, { reason }) => desk.reopen({ ...order, reason }),
  done: () => 'opened again',
};

const RESTRICT: DeedCommand<{ restriction: Restriction; reason: string }> = {
  name: 'restrict',
  description: "Say who may read a ticket; dc hides it from the whole station and tells the DC's office",
  deed: 'restrict',
  examples: ["BEHALA-26-000123-K --restriction named --reason 'A child is concerned.'"],
  options: [
    required('--restriction <restriction>', 'who may read it').choices(RESTRICTIONS),
    textOption('reason', 'why'),
  ],
  perform: (desk, order, { restriction, reason }) => desk.restrict({ ...order, restriction, reason }),
  done: ({ restriction }) =>
    restriction === 'none' ? 'freed of its restriction' : `restricted: ${restriction}`,
};

const REGISTER: DeedCommand<{ substance: string }> = {
  name: 'register',
  description:
    'Take a letter as information of a cognizable offence (BNSS s.173): to be signed in three days',
  deed: 'register',
  examples: ["BEHALA-26-000123-K --substance 'Theft of a bag at the market on 23 November.'"],
  options: [textOption('substance', 'the substance, as it stands in the register')],
  perform: (desk, order, { substance }) => desk.registerInformation({ ...order, substance }),
  done: () => 'entered in the register of electronic information',
};

const SIGN: DeedCommand<{ how: SignatureWay }> = {
  name: 'sign',
  description: 'Record that the informant has signed',
  deed: 'sign',
  examples: ['BEHALA-26-000123-K --how at-station'],
  options: [required('--how <way>', 'how the signature came').choices(SIGNATURE_WAYS)],
  perform: (desk, order, { how }) => desk.sign({ ...order, how }),
  done: ({ how }) => `recorded as signed ${how}`,
};

const DECIDE: DeedCommand<{ decision: Decision; text: string }> = {
  name: 'decide',
  description: 'Decide what becomes of information that was not signed',
  deed: 'decide',
  examples: ["BEHALA-26-000123-K --decision enquiry --text 'Preliminary enquiry until 10 December.'"],
  options: [
    required('--decision <decision>', 'what becomes of it').choices(DECISIONS),
    textOption('text', 'the FIR number, or why and until when'),
  ],
  perform: (desk, order, { decision, text }) => desk.decide({ ...order, decision, text }),
  done: ({ decision }) => `decided: ${decision}`,
};

const RECORD: DeedCommand<{ fir?: string; gd?: string }> = {
  name: 'record',
  description: 'Record the number of the FIR or of the general diary',
  deed: 'record',
  examples: ['BEHALA-26-000123-K --fir 412/26', 'BEHALA-26-000123-K --gd 1123'],
  options: [
    new Option('--fir <number>', 'number of the FIR; the 90 days for telling the informant begin'),
    new Option('--gd <number>', 'number of the general diary entry'),
  ],
  objection: ({ fir, gd }) =>
    fir === undefined && gd === undefined ? 'Give --fir, --gd, or both.' : undefined,
  perform: (desk, order, { fir, gd }) => desk.recordNumber({ ...order, firNumber: fir, gdNumber: gd }),
  done: ({ fir, gd }) =>
    `given ${[fir && `FIR ${fir}`, gd && `GD ${gd}`].filter((part) => part !== undefined).join(' and ')}`,
};

const PROGRESS: DeedCommand<{ text: string }> = {
  name: 'progress',
  description: 'Tell the informant how the case stands (BNSS s.193, 90 days)',
  deed: 'reply',
  examples: ["BEHALA-26-000123-K --text 'Two persons were arrested.'"],
  options: [textOption('text', 'what the informant will read')],
  perform: (desk, order, { text }) => desk.tellProgress({ ...order, text }),
  done: () => 'reported on to the informant',
};

const HOLD: DeedCommand<{ reason: string }> = {
  name: 'hold',
  description: 'Put a ticket under a legal hold: nothing of it is erased',
  deed: 'hold',
  examples: ["BEHALA-26-000123-K --reason 'Court case 12/2026.'"],
  options: [textOption('reason', 'why')],
  perform: (desk, order, { reason }) => desk.hold({ ...order, reason }),
  done: () => 'held',
};

const UNHOLD: DeedCommand<{ reason: string }> = {
  name: 'unhold',
  description: 'End the legal hold of a ticket',
  deed: 'unhold',
  examples: ["BEHALA-26-000123-K --reason 'Case decided.'"],
  options: [textOption('reason', 'why')],
  perform: (desk, order, { reason }) => desk.unhold({ ...order, reason }),
  done: () => 'held no longer',
};

const ERASE: DeedCommand<{ reason: string }> = {
  name: 'erase',
  description:
    'Erase what is personal of a closed ticket before its time; takes two persons, one after the other',
  deed: 'erase',
  examples: ["BEHALA-26-000123-K --by dc-sen --reason 'The resident asks for it.'"],
  options: [textOption('reason', 'why')],
  perform: (desk, order, { reason }) => desk.erase({ ...order, reason }),
  done: () => 'asked to be erased, or erased when another person had asked',
};

export const ENDING_DEEDS: readonly DeedCommand[] = [
  HOLD,
  UNHOLD,
  ERASE,

  CLOSE,
  REOPEN,
  RESTRICT,
  REGISTER,
  SIGN,
  DECIDE,
  RECORD,
  PROGRESS,
];
