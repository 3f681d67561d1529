import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatReference } from '../../src/domain/reference.js';
import type { Ticket } from '../../src/domain/ticket.js';
import { openTestHouse, type TestHouse } from './house.js';
import { openTicket, spoolLetter } from './records.js';

let house: TestHouse;
let first: Ticket;
let late: Ticket;
let hostile: Ticket;

beforeAll(async () => {
  house = await openTestHouse();
  first = await openTicket(house, { number: 1, letter: await spoolLetter(house) });
  late = await openTicket(house, {
    number: 2,
    urgency: 'urgent',
    state: 'open',
    subject: 'Theft at the market',
    text: 'My bag was stolen.',
    clockDueAt: '2026-11-24T09:30:00.000Z',
  });
  hostile = await openTicket(house, {
    number: 1,
    station: 'laketown',
    subject: 'Evil \u001b[2J\u202esubject',
    text: 'One\u009b31m line\r\nকি সমস্যা',
    resident: { address: 'x@evil.example', name: '\u001b]0;pwned\u0007Eve', verdict: 'failed' },
  });
  await house.store.transact((unit) => unit.tickets.link(first.id, hostile.id));
});
afterAll(() => house.close());

async function list(...argv: string[]): Promise<string[]> {
  const { code, json } = await house.run('ticket', 'list', '--json', ...argv);
  expect(code).toBe(0);
  return (json() as { reference: string }[]).map((ticket) => ticket.reference);
}

describe('ticket list', () => {
  it('gives an array, newest first', async () => {
    expect(await list()).toEqual([hostile.reference, late.reference, first.reference]);
  });

  it.each([
    [['--station', 'LakeTown'], () => [hostile]],
    [['--state', 'open'], () => [late]],
    [['--urgency', 'urgent'], () => [late]],
    [['--overdue'], () => [late]],
    [['--search', 'STOLEN bag'], () => [late]],
    [['--search', 'nothing like it'], () => []],
    [['--limit', '1'], () => [hostile]],
    [['--station', 'postmaster'], () => []],
  ])('%j narrows it', async (argv, expected) => {
    expect(await list(...argv)).toEqual(expected().map((ticket) => ticket.reference));
  });

  it('goes on after a reference in any case', async () => {
    expect(await list('--after', late.reference.toLowerCase())).toEqual([first.reference]);
  });

  it('does not take an unknown page or station for an empty one', async () => {
    expect((await house.run('ticket', 'list', '--after', formatReference('behala', 2026, 99))).code).toBe(3);
    const { code, err } = await house.run('ticket', 'list', '--station', 'behalla');
    expect(code).toBe(3);
    expect(err).toContain('There is no station "behalla". Known: postmaster, behala, laketown.');
  });

  it('is a table for people, in the time zone of the house, that no letter can steer', async () => {
    const { out } = await house.run('ticket', 'list');
    const lines = out.split('\n');
    expect(lines[0]).toMatch(/^REFERENCE +STATE +URGENCY +RECEIVED +DUE +OFFICER +FROM +SUBJECT$/);
    expect(out).toMatch(
      / urgent +24 Nov 14:35 \(30m ago\) {2}5m late +- +rita@resident\.example {2}Theft at the market\n/,
    );
    expect(out).toContain('Evil [2Jsubject');
    expect(out).not.toContain('\u001b');
  });

  it('fits the terminal', async () => {
    const { out } = await house.runInTerminal(120, 'ticket', 'list');
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
  });

  it('says on stderr that nothing matches', async () => {
    const { code, out, err } = await house.run('ticket', 'list', '--state', 'closed');
    expect({ code, out, err }).toEqual({ code: 0, out: '', err: 'No ticket matches.\n' });
  });
});

describe('ticket show', () => {
  it('gives everything as JSON', async () => {
    const { code, json } = await house.run('ticket', 'show', first.reference, '--json');
    expect(code).toBe(0);
    expect(json()).toMatchObject({
      reference: first.reference,
      station: 'behala',
      state: 'new',
      languages: ['bn', 'en'],
      resident: { address: 'rita@resident.example', name: 'Rita Basu', verdict: 'aligned' },
      linked: [hostile.reference],
      clocks: [{ name: 'acknowledgement', state: 'running', dueAt: '2026-11-24T10:05:00.000Z', metAt: null }],
      messages: [
        { direction: 'in', text: 'The street light is broken.', attachments: [{ name: 'photo.jpg' }] },
      ],
      escalations: [],
      journal: [{ actor: 'system', event: 'ticket-opened' }],
    });
  });

  it('takes the reference in lower case', async () => {
    const { json } = await house.run('ticket', 'show', first.reference.toLowerCase(), '--json');
    expect(json()).toHaveProperty('reference', first.reference);
  });

  it('is one page for people', async () => {
    const { out } = await house.run('ticket', 'show', first.reference);
    expect(out).toContain(`${first.reference}  Street light\n`);
    expect(out).toContain('Rita Basu <rita@resident.example> (sender aligned)');
    expect(out).toContain('acknowledgement: running, due 24 Nov 15:35 (in 30m)');
    expect(out).toContain('    The street light is broken.\n');
    expect(out).toContain('Attachment 1: photo.jpg (image/jpeg, 12 kB)');
    expect(out).toContain(`Linked        ${hostile.reference}`);
  });

  it('lets no letter steer the terminal', async () => {
    const { out } = await house.run('ticket', 'show', hostile.reference);
    for (const steering of ['\u001b', '\u009b', '\u202e', '\u0007', '\r'])
      expect(out).not.toContain(steering);
    expect(out).toContain('    One31m line\n    কি সমস্যা\n');
  });

  it('ends with 3 when there is no such ticket', async () => {
    const reference = formatReference('behala', 2026, 77);
    expect(await house.run('ticket', 'show', reference)).toMatchObject({
      code: 3,
      err: `thanadak: There is no ticket ${reference}.\n`,
    });
  });

  it('says when the check character tells of a typing mistake', async () => {
    const mistyped = first.reference.replace('000001', '000010');
    const { code, err } = await house.run('ticket', 'show', mistyped);
    expect(code).toBe(2);
    expect(err).toContain('is mistyped: its last character does not fit');
  });

  it('says what a reference looks like', async () => {
    const { code, err } = await house.run('ticket', 'show', 'the-lamp');
    expect(code).toBe(2);
    expect(err).toContain('is not a reference. One looks like BEHALA-26-000123-K.');
  });
});
