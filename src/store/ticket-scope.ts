// What a person may see at all, as a condition on tickets.
import { type Expression, expressionBuilder, type SqlBool, sql } from 'kysely';
import { RESTRICTIONS } from '../domain/ticket.js';
import type { TicketScope } from '../ports/records.js';
import type { Tables } from './tables.js';

export type Condition = Expression<SqlBool>;

const NOTHING = sql<boolean>`1 = 0`;

/** Conditions that must all hold; none for somebody who sees everything. */
export function scopeConditions(scope: TicketScope): Condition[] {
  const eb = expressionBuilder<Tables, 'ticket'>();
  const { stations, restrictions } = scope;
  if (stations?.length === 0 || restrictions.length === 0) return [NOTHING];
  const conditions: Condition[] = [];
  if (stations !== null) conditions.push(eb('ticket.station', 'in', stations));
  if (!RESTRICTIONS.every((restriction) => restrictions.includes(restriction))) {
    conditions.push(eb('ticket.restriction', 'in', restrictions));
  }
  return conditions;
}
