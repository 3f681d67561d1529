// The everyday deeds: triage, assign, note, reply, ask, wait, resume.
import { Option } from 'commander';
import { AWAITED, type Awaited, URGENCIES, type Urgency } from '../../domain/ticket.js';
import type { Instant } from '../../domain/time.js';
import { type DeedCommand, required, textOption, untilOption } from './deed-command.js';

const TRIAGE: DeedCommand<{ urgency?: Urgency; category?: string }> = {
  name: 'triage',
  description: 'Judge how urgent a ticket is, and what it is about',
  deed: 'triage',
  examples: [
    'BEHALA-26-000123-K --urgency urgent',
    'BEHALA-26-000123-K --urgency semi-urgent --category CYB',
  ],
  options: [
    new Option('--urgency <urgency>', 'how urgent it is').choices(URGENCIES),
    new Option('--category <category>', 'what it is about (code)'),
  ],
  objection: ({ urgency, category }) =>
    urgency === undefined && category === undefined ? 'Give --urgency, --category, or both.' : undefined,
  perform: (desk, order, { urgency, category }) => desk.triage({ ...order, urgency, category }),
  done: ({ urgency, category }) =>
    `judged ${[urgency, category?.toUpperCase()].filter((part) => part !== undefined).join(', ')}`,
};

const ASSIGN: DeedCommand<{ officer: string }> = {
  name: 'assign',
  description: 'Give a ticket to an officer',
  deed: 'assign',
  examples: ['BEHALA-26-000123-K --officer si-roy', '- --officer si-roy < references.txt'],
  options: [required('--officer <officer>', 'who deals with it from now on (id)')],
  perform: (desk, order, { officer }) => desk.assign({ ...order, officer }),
  done: ({ officer }) => `assigned to ${officer}`,
};

const ACKNOWLEDGE: DeedCommand = {
  name: 'acknowledge',
  description: 'Send the receipt that no machine was to send',
  deed: 'acknowledge',
  examples: ['BEHALA-26-000123-K', '- < references.txt'],
  options: [],
  perform: (desk, order) => desk.sendAcknowledgement(order),
  done: () => 'sent its receipt',
};

const NOTE: DeedCommand<{ text: string }> = {
  name: 'note',
  description: 'Write an internal remark; no resident ever sees it',
  deed: 'note',
  examples: ["BEHALA-26-000123-K --text 'Called the resident, no answer.'"],
  options: [textOption('text', 'the remark')],
  perform: (desk, order, { text }) => desk.note({ ...order, text }),
  done: () => 'given a note',
};

export const REPLY: DeedCommand<{ text: string }> = {
  name: 'reply',
  description: 'Write a letter to the resident',
  deed: 'reply',
  examples: [
    "BEHALA-26-000123-K --text 'An officer will visit tomorrow.'",
    'BEHALA-26-000123-K --text @reply.txt',
    'BEHALA-26-000123-K --text - < reply.txt',
  ],
  options: [textOption('text', 'what the resident will read')],
  perform: (desk, order, { text }) => desk.reply({ ...order, text }),
  done: () => 'answered',
};

const ASK: DeedCommand<{ text: string; until: Instant }> = {
  name: 'ask',
  description: 'Ask the resident something and wait for the answer',
  deed: 'ask',
  examples: ["BEHALA-26-000123-K --text 'Which lamp post is it?' --until 3d"],
  options: [textOption('text', 'the question as the resident will read it'), untilOption()],
  perform: (desk, order, { text, until }) => desk.ask({ ...order, text, until }),
  done: ({ until }, times) => `set to wait for the resident's answer until ${times.at(until)}`,
};

const WAIT: DeedCommand<{ for: Awaited; until: Instant }> = {
  name: 'wait',
  description: 'Let a ticket rest until somebody answers; its resolution clock rests too',
  deed: 'wait',
  examples: [
    'BEHALA-26-000123-K --for agency --until 2026-12-01',
    'BEHALA-26-000123-K --for resident --until 7d',
  ],
  options: [required('--for <awaited>', 'whose answer is awaited').choices(AWAITED), untilOption()],
  perform: (desk, order, given) => desk.wait({ ...order, for: given.for, until: given.until }),
  done: (given, times) => `set to wait for the ${given.for} until ${times.at(given.until)}`,
};

const RESUME: DeedCommand = {
  name: 'resume',
  description: 'End the wait of a ticket',
  deed: 'resume',
  examples: ['BEHALA-26-000123-K'],
  options: [],
  perform: (desk, order) => desk.resume(order),
  done: () => 'taken up again',
};

export const EVERYDAY_DEEDS: readonly DeedCommand[] = [
  TRIAGE,
  ASSIGN,
  ACKNOWLEDGE,
  NOTE,
  REPLY,
  ASK,
  WAIT,
  RESUME,
];
