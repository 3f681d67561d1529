// Rows that contradict each other: one query a kind, each answered from one moment of the database.
import { type RawBuilder, sql } from 'kysely';
import type { ContradictionKind } from '../ports/inspection.js';

interface Found {
  subject: string | number;
}

/** Each selects `subject` of what is wrong. */
export const QUERIES: Record<ContradictionKind, RawBuilder<Found>> = {
  'journal-without-ticket': sql`select distinct ticket_id as subject from journal
    where ticket_id is not null and ticket_id not in (select id from ticket)`,
  'journal-number-missing': missingBefore('journal'),
  'message-number-missing': missingBefore('message'),
  'merged-into-nothing': sql`select reference as subject from ticket
    where merged_into is not null and merged_into not in (select reference from ticket)`,
  'receipt-for-no-ticket': sql`select distinct outbox_id as subject from outbox_also
    where ticket_id not in (select id from ticket)`,
  'letter-on-no-ticket': sql`select id as subject from letter
    where duplicate_of is null and parked is null
      and not exists (select 1 from message where message.letter_id = letter.id)`,
  'ticket-without-message': sql`select reference as subject from ticket
    where not exists (select 1 from message where message.ticket_id = ticket.id)`,
  'message-unlike-letter': sql`select message.id as subject from message
    join letter on letter.id = message.letter_id where message.sha256 <> letter.sha256`,
  'register-number-missing': sql`select station || ' ' || year as subject from register_counter as counted
    where counted.value <> (
      select count(*) from information
      where information.station = counted.station and information.year = counted.year
    )`,
  'sent-without-time': sql`select id as subject from outbox where state = 'sent' and sent_at is null`,
  'owed-and-forgotten': sql`select id as subject from outbox
    where state in ('queued', 'sending', 'deferred') and next_at is null`,
  'settled-and-due': sql`select id as subject from outbox
    where state in ('sent', 'failed', 'suppressed') and next_at is not null`,
  'acknowledged-clock-open': sql`select reference as subject from ticket
    join clock on clock.ticket_id = ticket.id and clock.name = 'acknowledgement'
    where ticket.acknowledged_at is not null and ticket.state in ('new', 'open', 'waiting')
      and clock.met_at is null and clock.state <> 'lifted'
      and clock.round = (
        select max(round) from clock as newest
        where newest.ticket_id = ticket.id and newest.name = 'acknowledgement'
      )`,
  'clock-met-unacknowledged': sql`select distinct reference as subject from ticket
    join clock on clock.ticket_id = ticket.id and clock.name = 'acknowledgement'
    where ticket.acknowledged_at is null and clock.met_at is not null`,
  'receipt-sent-unacknowledged': sql`select distinct reference as subject from ticket
    join outbox on outbox.ticket_id = ticket.id
    where ticket.acknowledged_at is null and outbox.kind = 'acknowledgement' and outbox.state = 'sent'`,
  'clock-against-itself': sql`select reference || ' ' || clock.name || ' ' || clock.round as subject from clock
    join ticket on ticket.id = clock.ticket_id
    where (clock.state = 'met' and clock.met_at is null)
      or (clock.state in ('running', 'paused') and clock.met_at is not null)
      or (clock.state = 'breached' and clock.breached_at is null)`,
};

/** Numbers are given one after the other and never taken back, so a hole is a row that was taken out. */
function missingBefore(table: 'journal' | 'message'): RawBuilder<Found> {
  const rows = sql.table(table);
  return sql`select number - 1 as subject from ${rows} as later
    where number > 1 and not exists (select 1 from ${rows} as before where before.number = later.number - 1)`;
}
