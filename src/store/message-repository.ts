// Messages on tickets, and the words by which they are found.

import { type Kysely, sql } from 'kysely';
import type { SenderFlag } from '../domain/display-name.js';
import type { Attachment } from '../domain/message.js';
import { foldForSearch } from '../domain/search-words.js';
import type { SenderCheck } from '../domain/sender-check.js';
import type { MessageRecord } from '../ports/records.js';
import type { MessageRepository } from '../ports/store.js';
import { runStatement } from './statements.js';
import type { Bound } from './store.js';
import type { MessageTable, Tables } from './tables.js';

export function messageRepository({ db, engine }: Bound): MessageRepository {
  return {
    async add(message) {
      const row = rowOf(message);
      const added = { name: 'add message', parameters: Object.values(row) };
      const [written] = await runStatement(db, added, () =>
        db.insertInto('message').values(row).returning('number'),
      );
      if (!written) throw new TypeError(`Message ${message.id} got no number.`);
      await engine.indexWords(db, written.number, foldForSearch(`${message.subject}\n${message.text}`));
    },
    async ofTicket(ticketId) {
      const rows = await db
        .selectFrom('message')
        .selectAll()
        .where('ticket_id', '=', ticketId)
        .orderBy('number')
        .execute();
      return rows.map(recordOf);
    },
    async findFiled(letterId, station) {
      const row = await db
        .selectFrom('message')
        .selectAll()
        .where('letter_id', '=', letterId)
        .where('station', '=', station)
        .executeTakeFirst();
      return row && recordOf(row);
    },
    async find(id) {
      const row = await db.selectFrom('message').selectAll().where('id', '=', id).executeTakeFirst();
      return row && recordOf(row);
    },
    async referencesWith(messageIds) {
      const references: string[] = [];
      for (const id of messageIds) {
        const row = await firstWith(db, id);
        if (row) references.push(row.reference);
      }
      return references;
    },
    async move(id, ticketId) {
      await db.updateTable('message').set({ ticket_id: ticketId }).where('id', '=', id).execute();
    },
  };
}

function firstWith(db: Kysely<Tables>, messageId: string): Promise<{ reference: string } | undefined> {
  return db
    .selectFrom('message')
    .innerJoin('ticket', 'ticket.id', 'message.ticket_id')
    .select('ticket.reference')
    .where('message.message_id', '=', messageId)
    .where('message.direction', '=', sql.lit('in'))
    .orderBy('message.number')
    .limit(sql.lit(1))
    .executeTakeFirst();
}

function rowOf(message: MessageRecord): Omit<MessageTable, 'number'> {
  return {
    id: message.id,
    ticket_id: message.ticketId,
    letter_id: message.letterId,
    station: message.station,
    direction: message.direction,
    kind: message.kind,
    from_address: message.from?.address ?? null,
    from_name: message.from?.name ?? null,
    recipients: JSON.stringify(message.to),
    subject: message.subject,
    text: message.text,
    message_id: message.messageId,
    received_at: message.receivedAt,
    sha256: message.sha256,
    parsed: message.parsed ? 1 : 0,
    verdict: message.verdict,
    sender_flags: message.senderFlags.length > 0 ? message.senderFlags.join(' ') : null,
    sender_check: message.sender ? JSON.stringify(message.sender) : null,
    attachments: JSON.stringify(message.attachments),
    infected: message.infected,
  };
}

function recordOf(row: Omit<MessageTable, 'number'>): MessageRecord {
  return {
    id: row.id,
    ticketId: row.ticket_id,
    letterId: row.letter_id,
    station: row.station,
    direction: row.direction,
    kind: row.kind,
    from: row.from_address === null ? null : { address: row.from_address, name: row.from_name ?? '' },
    to: JSON.parse(row.recipients) as string[],
    subject: row.subject,
    text: row.text,
    messageId: row.message_id,
    receivedAt: row.received_at,
    sha256: row.sha256,
    parsed: row.parsed === 1,
    verdict: row.verdict,
    sender: row.sender_check === null ? null : (JSON.parse(row.sender_check) as SenderCheck),
    senderFlags: (row.sender_flags?.split(' ') ?? []) as SenderFlag[],
    attachments: JSON.parse(row.attachments) as Attachment[],
    infected: row.infected,
  };
}
