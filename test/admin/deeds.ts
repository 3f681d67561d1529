// Deeds of the test house, and tickets to do them on.
import { expect } from 'vitest';
import type { TicketView } from '../../src/admin/views/ticket-view.js';
import type { Ticket } from '../../src/domain/ticket.js';
import type { TestHouse } from './house.js';
import { openTicket, startDeskClocks } from './records.js';

/** The house itself counts from 1. */
let number = 1000;

/** A ticket on which nothing has happened yet. */
export async function openFreshTicket(house: TestHouse): Promise<Ticket> {
  number += 1;
  const ticket = await openTicket(house, { number, urgency: 'non-urgent', category: 'CIVIC' });
  await startDeskClocks(house, ticket);
  return ticket;
}

/** Does a deed that must succeed. */
export async function doDeed(house: TestHouse, ...argv: string[]): Promise<TicketView> {
  const { code, err, json } = await house.run('ticket', ...argv, '--json');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return json();
}
