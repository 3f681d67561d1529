// A ticket and lists of them, for people.
import { type Column, formatFacts, formatTable, sizeOf } from '../output.js';
import { cleanLines, oneLine, wrap } from '../text.js';
import type { Times } from '../times.js';
import { type MessageView, nextClock, type TicketSummary, type TicketView } from './ticket-view.js';

const INDENT = '    ';

export function formatTicketTable(
  tickets: readonly TicketSummary[],
  times: Times,
  width: number | undefined,
): string {
  const columns: Column<TicketSummary>[] = [
    { title: 'REFERENCE', value: (ticket) => ticket.reference },
    { title: 'STATE', value: (ticket) => ticket.state },
    { title: 'URGENCY', value: (ticket) => ticket.urgency ?? '' },
    { title: 'RECEIVED', value: (ticket) => times.withAge(ticket.receivedAt) },
    { title: 'DUE', value: (ticket) => times.due(nextClock(ticket)?.dueAt ?? null) },
    { title: 'FROM', value: (ticket) => ticket.resident.address, flexible: true },
    { title: 'SUBJECT', value: (ticket) => ticket.subject, flexible: true },
  ];
  return formatTable(columns, tickets, width);
}

/** The whole ticket on one page; message texts wrapped to `width` cells. */
export function formatTicket(ticket: TicketView, times: Times, width: number): string {
  const sections = [
    `${ticket.reference}  ${oneLine(ticket.subject) || '(no subject)'}\n\n${formatTicketFacts(ticket, times)}`,
    section('Clocks', formatClocks(ticket, times)),
    ...ticket.messages.map((message) => formatMessage(message, times, width)),
    section('Journal', formatJournal(ticket, times)),
  ];
  return sections.filter((part) => part !== '').join('\n');
}

function section(title: string, body: string): string {
  return body === '' ? '' : `${title}\n${indent(body)}`;
}

function indent(body: string): string {
  return body.replace(/^(?=.)/gm, INDENT);
}

function formatTicketFacts(ticket: TicketView, times: Times): string {
  const { resident } = ticket;
  const name = oneLine(resident.name);
  return formatFacts([
    ['Station', ticket.station],
    ['State', ticket.state],
    ['Urgency', ticket.urgency ?? 'not judged yet'],
    ['Category', ticket.category ?? ''],
    ['Languages', ticket.languages.join(', ')],
    ['Resident', `${name === '' ? '' : `${name} `}<${resident.address}> (sender ${resident.verdict})`],
    ['Received', times.withAge(ticket.receivedAt)],
    ['Acknowledged', times.withAge(ticket.acknowledgedAt)],
    ['Officer', ticket.officer ?? ''],
    ...(ticket.linked.length > 0 ? [['Linked', ticket.linked.join(', ')] as const] : []),
  ]);
}

function formatClocks(ticket: TicketView, times: Times): string {
  return ticket.clocks
    .map((clock) => {
      const met = clock.metAt === null ? '' : `, met ${times.at(clock.metAt)}`;
      return `${clock.name}: ${clock.state}, due ${times.withAge(clock.dueAt)}${met}\n`;
    })
    .join('');
}

function formatMessage(message: MessageView, times: Times, width: number): string {
  const title = `${message.direction === 'in' ? 'From' : 'To'} ${oneLine(otherSideOf(message))}, ${times.at(message.receivedAt)} (${message.kind})`;
  const notes = message.parsed
    ? []
    : [`Could not be read; see it with: thanadak letter show ${message.letterId ?? 'ID'} --raw`];
  const facts =
    message.letterId === null ? [] : [`Letter ${message.letterId}, SHA-256 ${message.sha256 ?? '-'}`];
  const files = message.attachments.map(
    (file) => `Attachment ${oneLine(file.name)} (${oneLine(file.type)}, ${sizeOf(file.size)})`,
  );
  const text = cleanLines(message.text.trim()).flatMap((line) => wrap(line, width - INDENT.length));
  const subject = `Subject: ${oneLine(message.subject)}`;
  return section(title, `${[subject, ...facts, ...files, ...notes, '', ...text].join('\n').trimEnd()}\n`);
}

function otherSideOf(message: MessageView): string {
  return message.direction === 'in' ? (message.from ?? 'nobody named') : message.to.join(', ');
}

function formatJournal(ticket: TicketView, times: Times): string {
  return ticket.journal
    .map(({ at, actor, event, ...further }) => {
      const detail = Object.entries(further).map(([key, value]) => `${key}=${oneLine(plain(value))}`);
      return `${[times.at(at), oneLine(actor), oneLine(event), ...detail].join('  ')}\n`;
    })
    .join('');
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
