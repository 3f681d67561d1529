// Which clocks still press: running or breached, not met, and of the newest round. A paused or lifted one presses nobody.
import { type RawBuilder, sql } from 'kysely';

/** Condition on the clock under this table name or alias. The index of acknowledgements owed repeats its first two parts. */
export function isPending(clock: string): RawBuilder<boolean> {
  const of = (column: string) => sql.ref(`${clock}.${column}`);
  return sql<boolean>`(${of('met_at')} is null and ${of('state')} in ('running', 'breached') and ${isNewestRound(clock)})`;
}

/** A round that was followed by another is history, even when nobody ever met it. */
export function isNewestRound(clock: string): RawBuilder<boolean> {
  const of = (column: string) => sql.ref(`${clock}.${column}`);
  return sql<boolean>`not exists (
    select 1 from clock as later
    where later.ticket_id = ${of('ticket_id')} and later.name = ${of('name')} and later.round > ${of('round')}
  )`;
}
