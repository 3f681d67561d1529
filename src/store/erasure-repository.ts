// Erasing what is personal of a ticket, row by row; figures, hashes and the chain of the journal stay.
import { type Kysely, sql } from 'kysely';
import type { OutgoingLetter } from '../domain/outgoing.js';
import type { ErasureRepository } from '../ports/desk-store.js';
import type { Engine } from './engine/engine.js';
import type { Bound } from './store.js';
import type { Tables } from './tables.js';
import { recordOf } from './ticket-row.js';

export function erasureRepository({ db, engine, now }: Bound): ErasureRepository {
  return {
    async closedBefore(closedAt, limit) {
      const rows = await db
        .selectFrom('ticket')
        .selectAll()
        .where('state', '=', sql.lit('closed'))
        .where('erased_at', 'is', null)
        .where('closed_at', '<=', closedAt)
        .orderBy('closed_at')
        .orderBy('id')
        .limit(sql.lit(limit))
        .execute();
      return rows.map(recordOf);
    },
    async ask(ticketId, { actor, reason }) {
      await db
        .insertInto('erasure_request')
        .values({ ticket_id: ticketId, at: now(), actor, reason })
        .execute();
    },
    async askedFor(ticketId) {
      return db
        .selectFrom('erasure_request')
        .select(['at', 'actor', 'reason'])
        .where('ticket_id', '=', ticketId)
        .executeTakeFirst();
    },
    async erase(ticketId) {
      await eraseMessages(db, engine, ticketId);
      await eraseAround(db, ticketId);
      await db
        .updateTable('ticket')
        .set({ ...NOBODY, subject: '', text_mark: null, proposal: null, junk_opinion: null, passed_on: null })
        .set({ erased_at: now() })
        .where('id', '=', ticketId)
        .execute();
    },
    async filesToRemove(limit) {
      const rows = await db.selectFrom('file_to_remove').select('path').limit(sql.lit(limit)).execute();
      return rows.map(({ path }) => path);
    },
    async removed(path) {
      await db.deleteFrom('file_to_remove').where('path', '=', path).execute();
    },
  };
}

const NOBODY = { resident_address: '', resident_key: '', resident_name: '' };

async function eraseMessages(db: Kysely<Tables>, engine: Engine, ticketId: string): Promise<void> {
  const messages = await db
    .selectFrom('message')
    .select(['number', 'letter_id'])
    .where('ticket_id', '=', ticketId)
    .execute();
  for (const { number } of messages) await engine.forgetWords(db, number);
  await db
    .updateTable('message')
    .set({ from_address: null, from_name: null, recipients: '[]', subject: '', text: '', message_id: null })
    .set({ attachments: '[]', sender_check: null, sender_flags: null, infected: null })
    .where('ticket_id', '=', ticketId)
    .execute();
  for (const { letter_id: id } of messages) if (id !== null) await eraseLetter(db, id);
}

/** A letter to several stations stays until the last of its tickets is erased. */
async function eraseLetter(db: Kysely<Tables>, letterId: string): Promise<void> {
  const kept = await db
    .selectFrom('message')
    .innerJoin('ticket', 'ticket.id', 'message.ticket_id')
    .select('message.id')
    .where('message.letter_id', '=', letterId)
    .where('message.text', '<>', '')
    .executeTakeFirst();
  if (kept) return;
  const letters = await db
    .selectFrom('letter')
    .select(['id', 'archive_path'])
    .where((eb) => eb.or([eb('id', '=', letterId), eb('duplicate_of', '=', letterId)]))
    .where('archive_path', '<>', '')
    .execute();
  for (const { id, archive_path: path } of letters) {
    await db
      .insertInto('file_to_remove')
      .values({ path })
      .onConflict((on) => on.doNothing())
      .execute();
    await db
      .updateTable('letter')
      .set({ archive_path: '', problem: null, fingerprint: `erased ${id}`, envelope: ERASED_ENVELOPE })
      .where('id', '=', id)
      .execute();
  }
}

const ERASED_ENVELOPE = JSON.stringify({
  from: '',
  to: [],
  client: { address: '', name: '', relay: null },
  protocol: '',
  tls: null,
});

async function eraseAround(db: Kysely<Tables>, ticketId: string): Promise<void> {
  await db.updateTable('note').set({ text: '' }).where('ticket_id', '=', ticketId).execute();
  await db
    .updateTable('information')
    .set({ substance: '', decision_text: null })
    .where('ticket_id', '=', ticketId)
    .execute();
  await db.updateTable('junk_label').set({ opinion: null }).where('ticket_id', '=', ticketId).execute();
  await db.deleteFrom('correspondent').where('ticket_id', '=', ticketId).execute();
  await db.deleteFrom('matter_mark').where('ticket_id', '=', ticketId).execute();
  // Keys are found by the time of receipt, not by ticket.
  await db
    .deleteFrom('matter_key')
    .where('ticket_id', '=', ticketId)
    .where('received_at', '=', (eb) =>
      eb.selectFrom('ticket').select('ticket.received_at').where('ticket.id', '=', ticketId),
    )
    .execute();
  await db.deleteFrom('erasure_request').where('ticket_id', '=', ticketId).execute();
  await db.deleteFrom('draft').where('ticket_id', '=', ticketId).execute();
  await eraseOutbox(db, ticketId);
}

async function eraseOutbox(db: Kysely<Tables>, ticketId: string): Promise<void> {
  const rows = await db
    .selectFrom('outbox')
    .select(['id', 'letter'])
    .where('ticket_id', '=', ticketId)
    .execute();
  for (const { id, letter } of rows) {
    await db
      .updateTable('outbox')
      .set({ recipient: '', last_reply: null, next_at: null, letter: withoutWords(letter) })
      .where('id', '=', id)
      .execute();
  }
}

function withoutWords(stored: string): string {
  const letter = JSON.parse(stored) as OutgoingLetter;
  const nobody = { to: '', subject: '', text: '', inReplyTo: null, references: [] };
  return JSON.stringify({ ...letter, ...nobody, from: { ...letter.from, name: '' } });
}
