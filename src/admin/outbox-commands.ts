// `outbox list`, `outbox retry`: what we owe the world.
import { type Command, Option } from 'commander';
import type { OutboxRecord } from '../domain/outbox-record.js';
import type { OutboxState } from '../domain/outgoing.js';
import { retryLetter } from '../outbox/retrying.js';
import type { House } from './deps.js';
import { type Column, formatTable } from './output.js';
import { examples, inHouse, parseLimit, remark, type Session, tableWidth, tell, timesOf } from './session.js';
import { findTicket } from './tickets.js';
import type { Times } from './times.js';
import { type OutboxView, viewOutboxRecord } from './views/outbox-view.js';

const OUTBOX_STATES: OutboxState[] = ['queued', 'sending', 'sent', 'deferred', 'failed', 'suppressed'];

export function addOutboxCommands(program: Command, session: Session): void {
  const outbox = program
    .command('outbox')
    .description('The letters we owe: waiting, sent, failed')
    .addHelpText('after', examples('outbox list --state failed', 'outbox retry ID'));
  outbox
    .command('list')
    .description('List letters of the outbox, newest first')
    .addOption(new Option('--state <state>', 'only letters in this state').choices(OUTBOX_STATES))
    .option('--ticket <ref>', 'only letters about this ticket')
    .option('--limit <n>', 'at most so many', parseLimit, 100)
    .addHelpText(
      'after',
      examples('outbox list', 'outbox list --state failed --json', 'outbox list --ticket BEHALA-26-000123-K'),
    )
    .action((options: ListOptions, command: Command) =>
      inHouse(session, command, (house) => tellOutbox(session, house, options)),
    );
  outbox
    .command('retry')
    .description('Make a failed or deferred letter due now')
    .argument('<id>', 'id from `outbox list`')
    .addHelpText('after', examples('outbox list --state failed', 'outbox retry 01JDF3Q4ZV8R6N5T7W9XKHB2CM'))
    .action((id: string, _options: object, command: Command) =>
      inHouse(session, command, (house) => retryDelivery(session, house, id)),
    );
}

interface ListOptions {
  state?: OutboxState;
  ticket?: string;
  limit: number;
}

async function tellOutbox(session: Session, house: House, options: ListOptions): Promise<void> {
  const { state, ticket, limit } = options;
  const ticketId = ticket === undefined ? undefined : (await findTicket(house, ticket)).id;
  const letters = await viewRecords(house, await house.store.outbox.list({ state, ticketId, limit }));
  if (letters.length === 0) remark(session, 'The outbox has no such letters.');
  const times = timesOf(session, house);
  tell(session, letters, () => formatOutboxTable(letters, times, tableWidth(session)));
}

async function viewRecords(house: House, records: readonly OutboxRecord[]): Promise<OutboxView[]> {
  const references = new Map<string, string>();
  for (const id of new Set(records.flatMap(({ ticketId, alsoFor }) => [ticketId, ...alsoFor]))) {
    const ticket = id === null ? undefined : await house.store.tickets.findById(id);
    if (ticket) references.set(ticket.id, ticket.reference);
  }
  return records.map((record) => viewOutboxRecord(record, (id) => references.get(id) ?? id));
}

function formatOutboxTable(letters: readonly OutboxView[], times: Times, width: number | undefined): string {
  if (letters.length === 0) return '';
  const columns: Column<OutboxView>[] = [
    { title: 'ID', value: (letter) => letter.id },
    { title: 'KIND', value: (letter) => letter.kind },
    { title: 'STATE', value: (letter) => letter.state },
    { title: 'TRIED', value: (letter) => String(letter.attempts) },
    { title: 'WHEN', value: (letter) => whenOf(letter, times) },
    { title: 'TICKET', value: (letter) => letter.ticket ?? '' },
    { title: 'TO', value: (letter) => letter.to, flexible: true },
    { title: 'LAST REPLY', value: (letter) => letter.lastReply ?? letter.reason ?? '', flexible: true },
  ];
  return formatTable(columns, letters, width);
}

function whenOf(letter: OutboxView, times: Times): string {
  if (letter.sentAt !== null) return `sent ${times.at(letter.sentAt)}`;
  if (letter.state === 'failed' || letter.state === 'suppressed') return `made ${times.at(letter.createdAt)}`;
  return `due ${times.due(letter.dueAt)}`;
}

async function retryDelivery(session: Session, house: House, id: string): Promise<void> {
  const record = await retryLetter(house.store, { id, by: 'operator' });
  const [letter] = await viewRecords(house, [record]);
  tell(session, letter, () => `The letter to ${record.letter.to} is due now.\n`);
}
