// A ticket on one page, for people.
import type { SenderFlag } from '../../domain/display-name.js';
import { senderSummary } from '../../domain/sender-summary.js';
import { sizeOf } from '../output.js';
import { cleanLines, oneLine, wrap } from '../text.js';
import type { Times } from '../times.js';
import type { AttachmentView, MessageView } from './message-view.js';
import {
  formatClocks,
  formatComing,
  formatEscalations,
  formatInformation,
  formatProposal,
  formatTicketFacts,
  formatWaits,
} from './ticket-facts.js';
import type { JournalView, TicketView } from './ticket-view.js';

const INDENT = '    ';
/** Further steps hang on what happens at these. */
const STEPS_SHOWN = 5;

/** The whole ticket on one page; texts wrapped to `width` cells. */
export function formatTicket(ticket: TicketView, times: Times, width: number): string {
  const sections = [
    `${ticket.reference}  ${oneLine(ticket.subject) || '(no subject)'}\n\n${formatTicketFacts(ticket, times)}`,
    section('What the rules proposed', ticket.proposal ? formatProposal(ticket.proposal) : ''),
    section('Clocks', formatClocks(ticket.clocks, times)),
    section('Earlier rounds', formatClocks(ticket.pastClocks, times)),
    section('Waits', formatWaits(ticket, times)),
    section('Told next', formatComing(ticket.comingSteps.slice(0, STEPS_SHOWN), times)),
    section('Escalations', formatEscalations(ticket.escalations, times)),
    section('Register of electronic information', formatInformation(ticket, times)),
    ...ticket.messages.map((message) => formatMessage(message, times, { width, shownOn: ticket.reference })),
    section('Journal', ticket.journal.map((entry) => formatEntry(entry, times, width)).join('')),
  ];
  return sections.filter((part) => part !== '').join('\n');
}

function section(title: string, body: string): string {
  return body === '' ? '' : `${title}\n${indent(body)}`;
}

function indent(body: string): string {
  return body.replace(/^(?=.)/gm, INDENT);
}

function formatMessage(
  message: MessageView,
  times: Times,
  { width, shownOn }: { width: number; shownOn: string },
): string {
  const side = `${message.direction === 'in' ? 'From' : 'To'} ${oneLine(otherSideOf(message))}`;
  const on = message.reference === shownOn ? '' : `, on ${message.reference}`;
  const title = `${side}, ${times.at(message.receivedAt)} (${message.kind}${on})`;
  const notes = message.parsed
    ? []
    : [`Could not be read; see it with: thanadak letter show ${message.letterId ?? 'ID'} --raw`];
  const letter =
    message.letterId === null ? '' : `, letter ${message.letterId}, SHA-256 ${message.sha256 ?? '-'}`;
  const files = message.attachments.map(formatAttachment);
  if (message.infected !== null) notes.push(`A virus is in this letter: ${oneLine(message.infected)}`);
  const subject = `Subject: ${oneLine(message.subject)}`;
  const head = [subject, `Message ${message.id}${letter}`, ...senderLines(message), ...files, ...notes];
  return section(title, `${[...head, '', ...wrapped(message.text, width)].join('\n').trimEnd()}\n`);
}

const FLAG_MEANS: Record<SenderFlag, string> = {
  'other-address': 'the name of the sender holds another address',
  'mixed-scripts': 'one word of the name is written in letters of two alphabets',
  'look-alikes': 'the name is written in letters that only look like Latin ones',
  'hidden-characters': 'the name holds hidden characters',
  'deceptive-address': 'the address is written so as to be taken for another',
  'several-authors': 'the letter names several authors; only the first is answered',
  'several-from-headers': 'the letter has several From headers',
  group: 'the letter names a group as its author',
};

function senderLines({ sender, verdict, senderFlags }: MessageView): string[] {
  const checks = sender ? senderSummary(sender) : '';
  return [
    ...(sender ? [`Sender ${verdict}: ${oneLine(sender.why)}`] : []),
    ...(checks === '' ? [] : [`Checked: ${oneLine(checks)}`]),
    ...senderFlags.map((flag) => `Take care: ${FLAG_MEANS[flag]}`),
  ];
}

function formatAttachment({ name, type, size, infected }: AttachmentView, index: number): string {
  const virus = infected === undefined ? '' : `, INFECTED: ${oneLine(infected)}`;
  return `Attachment ${index + 1}: ${oneLine(name)} (${oneLine(type)}, ${sizeOf(size)}${virus})`;
}

function wrapped(text: string, width: number): string[] {
  return cleanLines(text.trim()).flatMap((line) => wrap(line, width - INDENT.length));
}

function otherSideOf(message: MessageView): string {
  return message.direction === 'in' ? (message.from ?? 'nobody named') : message.to.join(', ');
}

/** The text of a note stands below its line. */
function formatEntry({ at, actor, event, ...further }: JournalView, times: Times, width: number): string {
  const { text, ...detail } = further;
  const facts = Object.entries(detail).map(([key, value]) => `${key}=${oneLine(plain(value))}`);
  const line = `${[times.at(at), oneLine(actor), oneLine(event), ...facts].join('  ')}\n`;
  if (event !== 'noted' || typeof text !== 'string')
    return text === undefined ? line : `${line.trimEnd()}  text=${oneLine(plain(text))}\n`;
  return `${line}${indent(`${wrapped(text, width - INDENT.length).join('\n')}\n`)}`;
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
