import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OutboxView } from '../../src/admin/views/outbox-view.js';
import type { OutboxRecord } from '../../src/domain/outbox-record.js';
import type { Ticket } from '../../src/domain/ticket.js';
import { NOW, openTestHouse, type TestHouse } from './house.js';
import { openTicket, oweLetter } from './records.js';

let house: TestHouse;
let ticket: Ticket;
let other: Ticket;
let failed: OutboxRecord;
let sent: OutboxRecord;
let suppressed: OutboxRecord;

beforeAll(async () => {
  house = await openTestHouse();
  ticket = await openTicket(house, { number: 1 });
  other = await openTicket(house, { number: 2 });
  failed = await oweLetter(house, ticket, {
    state: 'failed',
    attempts: 3,
    lastReply: '550 5.1.1 no such\r\n\u001b[31m mailbox',
    alsoFor: [other.id],
  });
  sent = await oweLetter(house, ticket, { state: 'sent', attempts: 1, sentAt: '2026-11-24T09:06:00.000Z' });
  suppressed = await oweLetter(house, ticket, { state: 'suppressed', reason: 'sender not proven' });
});
afterAll(() => house.close());

async function list(...argv: string[]): Promise<OutboxView[]> {
  return (await house.run('outbox', 'list', '--json', ...argv)).json();
}

describe('outbox list', () => {
  it('gives an array, newest first, with references instead of ids', async () => {
    const letters = await list();
    expect(letters.map((letter) => letter.id)).toEqual([
      suppressed.letter.id,
      sent.letter.id,
      failed.letter.id,
    ]);
    expect(letters[2]).toEqual({
      id: failed.letter.id,
      kind: 'acknowledgement',
      to: 'rita@resident.example',
      state: 'failed',
      attempts: 3,
      lastReply: '550 5.1.1 no such\r\n\u001b[31m mailbox',
      ticket: ticket.reference,
      alsoFor: [other.reference],
      subject: `${ticket.reference} received`,
      messageId: failed.letter.messageId,
      reason: null,
      queueId: null,
      createdAt: '2026-11-24T09:05:00.000Z',
      dueAt: '2026-11-24T09:05:00.000Z',
      sentAt: null,
    });
  });

  it('narrows to a state and keeps to the limit', async () => {
    expect((await list('--state', 'sent')).map((letter) => letter.id)).toEqual([sent.letter.id]);
    expect(await list('--limit', '2')).toHaveLength(2);
  });

  it('narrows to a ticket', async () => {
    expect(await list('--ticket', other.reference.toLowerCase())).toEqual([]);
    expect(await list('--ticket', ticket.reference)).toHaveLength(3);
    expect((await house.run('outbox', 'list', '--ticket', 'X')).code).toBe(2);
  });

  it('is a table for people that no mail server can steer', async () => {
    const { out } = await house.run('outbox', 'list');
    expect(out).toMatch(/^ID +KIND +STATE +TRIED +WHEN +TICKET +TO +LAST REPLY\n/);
    expect(out).toContain('550 5.1.1 no such [31m mailbox');
    expect(out).toContain('sender not proven');
    expect(out).toContain('sent 24 Nov 14:36');
  });
});

describe('a letter about no ticket', () => {
  it('has null for it, and can be tried again', async () => {
    const digest = await oweLetter(house, ticket, { ticketId: null, state: 'failed' });
    const { code, json } = await house.run('outbox', 'retry', digest.letter.id, '--json');
    expect(code).toBe(0);
    expect(json()).toMatchObject({ id: digest.letter.id, ticket: null, state: 'queued' });
    expect((await house.run('outbox', 'list', '--state', 'queued')).out).toMatch(/ due now +- +rita@/);
  });
});

describe('outbox retry', () => {
  it('makes a failed letter due now and writes it into the journal', async () => {
    const { code, json } = await house.run('outbox', 'retry', failed.letter.id, '--json');
    expect(code).toBe(0);
    expect(json()).toMatchObject({ id: failed.letter.id, state: 'queued', dueAt: NOW });
    const journal = await house.store.journal.ofTicket(ticket.id);
    expect(journal.at(-1)).toMatchObject({
      event: 'delivery-retried',
      detail: { outboxId: failed.letter.id, by: 'operator' },
    });
  });

  it('ends with 5 and the reason for a letter that is sent, suppressed or due already', async () => {
    const outcomes = [];
    for (const record of [sent, suppressed, failed]) {
      outcomes.push(await house.run('outbox', 'retry', record.letter.id));
    }
    expect(outcomes.map(({ code }) => code)).toEqual([5, 5, 5]);
    expect(outcomes[0]?.err).toContain('it is not sent twice');
    expect(outcomes[1]?.err).toContain('suppressed on purpose: sender not proven');
    expect(outcomes[2]?.err).toContain('queued already');
  });

  it('ends with 3 when there is no such letter', async () => {
    expect((await house.run('outbox', 'retry', 'NONE')).code).toBe(3);
  });
});
