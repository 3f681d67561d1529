import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TicketSummary } from '../../src/admin/views/ticket-summary.js';
import type { Ticket } from '../../src/domain/ticket.js';
import { openTestHouse, type TestHouse } from './house.js';
import { openTicket, oweLetter, startDeskClocks } from './records.js';

let house: TestHouse;
let old: Ticket;
let mine: Ticket;
let waiting: Ticket;
let closed: Ticket;
let owed: Ticket;

beforeAll(async () => {
  house = await openTestHouse();
  old = await openTicket(house, {
    number: 1,
    receivedAt: '2026-11-20T09:05:00.000Z',
    clockDueAt: '2026-11-20T10:05:00.000Z',
    category: 'CIVIC',
    resident: { address: 'Amit@Resident.example', name: 'Amit', verdict: 'aligned' },
  });
  mine = await openTicket(house, {
    number: 2,
    officer: 'si-roy',
    urgency: 'urgent',
    clockDueAt: '2026-11-24T09:50:00.000Z',
  });
  waiting = await openTicket(house, {
    number: 3,
    state: 'waiting',
    waitingFor: 'agency',
    waitingUntil: '2026-11-30T09:05:00.000Z',
    clockDueAt: '2026-11-25T09:50:00.000Z',
  });
  closed = await openTicket(house, {
    number: 4,
    state: 'closed',
    attention: 'answer-too-late',
    clockDueAt: '2026-11-26T09:50:00.000Z',
  });
  owed = await openTicket(house, {
    number: 5,
    attention: 'not-delivered',
    clockDueAt: '2026-11-27T09:50:00.000Z',
  });
  await oweLetter(house, owed, { state: 'suppressed', reason: 'sender not proven' });
});
afterAll(() => house.close());

async function list(...argv: string[]): Promise<TicketSummary[]> {
  const { code, err, json } = await house.run('ticket', 'list', '--json', ...argv);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return json();
}

describe('the filters of ticket list', () => {
  it.each([
    [['--unclosed'], () => [owed, waiting, mine, old]],
    [['--category', 'civic'], () => [old]],
    [['--officer', 'si-roy'], () => [mine]],
    [['--officer', 'none', '--state', 'new'], () => [owed, old]],
    [['--due-within', '1h'], () => [mine, old]],
    [['--due-within', '2d', '--officer', 'none'], () => [waiting, old]],
    [['--waiting-for', 'agency'], () => [waiting]],
    [['--waiting-for', 'resident'], () => []],
    [['--attention'], () => [owed, closed]],
    [['--attention', 'answer-too-late'], () => [closed]],
    [['--owed'], () => [owed]],
    [['--resident', 'AMIT@resident.example'], () => [old]],
    [['--received-from', '2026-11-24'], () => [owed, closed, waiting, mine]],
    [['--received-from', '2d', '--officer', 'si-roy'], () => [mine]],
    [['--received-before', '2026-11-24'], () => [old]],
    [['--received-from', '2026-11-24T09:05:00.001Z'], () => []],
    [['--sort', 'deadline'], () => [old, mine, waiting, closed, owed]],
    [['--sort', 'deadline', '--limit', '2'], () => [old, mine]],
  ])('%j', async (argv, expected) => {
    expect((await list(...argv)).map(({ reference }) => reference)).toEqual(
      expected().map(({ reference }) => reference),
    );
  });

  it('go on after a ticket in the order of deadlines', async () => {
    const page = await list('--sort', 'deadline', '--limit', '2', '--after', mine.reference);
    expect(page.map(({ reference }) => reference)).toEqual([waiting.reference, closed.reference]);
  });

  it.each([
    [['--attention', 'bored'], "'bored' is invalid"],
    [['--sort', 'oldest'], "'oldest' is invalid"],
    [['--due-within', 'soon'], 'It must be a time such as 30m, 4h or 2d.'],
    [['--received-from', 'yesterday'], '"yesterday" is no such time; give 2026-12-01'],
  ])('%j ends with 2', async (argv, why) => {
    const { code, err } = await house.run('ticket', 'list', ...argv);
    expect(code).toBe(2);
    expect(err).toContain(why);
  });
});

describe('a row of ticket list', () => {
  it('has what was promised', async () => {
    await startDeskClocks(house, mine);
    const [row] = await list('--officer', 'si-roy');
    const { id: _, ...all } = mine;
    const kept = Object.fromEntries(Object.entries(all).filter(([key]) => key in (row ?? {})));
    expect(row).toEqual({
      ...kept,
      nextDueAt: '2026-11-24T09:50:00.000Z',
      clocks: [
        expect.objectContaining({ name: 'acknowledgement' }),
        expect.objectContaining({ name: 'first-action' }),
        expect.objectContaining({ name: 'resolution', round: 1, state: 'running' }),
      ],
    });
    expect(Object.keys(kept)).toEqual(
      expect.arrayContaining(['category', 'officer', 'restriction', 'waitingUntil', 'attention', 'version']),
    );
  });

  it('shows officer and attention to people', async () => {
    const { out } = await house.run('ticket', 'list');
    expect(out).toMatch(/^REFERENCE +STATE +URGENCY +RECEIVED +DUE +OFFICER +ATTENTION +FROM +SUBJECT\n/);
    expect(out).toMatch(/ urgent +24 Nov 14:35 \(30m ago\) +in 15m +si-roy +- +rita@/);
    expect(out).toMatch(/ in 3d +- +not-delivered /);
  });
});

describe('the page of a ticket', () => {
  it('says what it waits for and why a person must look', async () => {
    const page = async ({ reference }: Ticket) => (await house.run('ticket', 'show', reference)).out;
    expect(await page(waiting)).toContain('State         waiting for the agency until 30 Nov 14:35\n');
    expect(await page(closed)).toContain(
      'Attention     the resident answered after the term for reopening\n',
    );
    expect(await page(mine)).toContain('Answers       officer: si-roy\n');
  });

  it('shows a matter that was passed on, registered, and closed', async () => {
    const { reference } = old;
    for (const argv of [
      ['triage', reference, '--urgency', 'semi-urgent', '--by', 'si-roy'],
      ['wait', reference, '--for', 'resident', '--until', '2d'],
      ['refer', reference, '--agency', 'kmc', '--text', 'Please repair it.'],
      ['register', reference, '--substance', 'Theft of a lamp.', '--by', 'si-roy'],
      ['decide', reference, '--decision', 'fir', '--text', '412/26', '--by', 'oc-behala'],
      ['close', reference, '--outcome', 'not-ours', '--text', 'The municipality repairs it.'],
    ]) {
      expect(await house.run('ticket', ...argv)).toMatchObject({ code: 0 });
    }
    const { out } = await house.run('ticket', 'show', reference);
    for (const line of [
      'State         closed as not-ours 24 Nov 15:05 (just now)\n',
      'Urgency       semi-urgent (judged by si-roy)\n',
      'Passed on     referred to kmc 24 Nov 15:05 (just now)\n',
      'FIR           412/26\n',
      'Waits\n    for the resident from 24 Nov 15:05 until 26 Nov 15:05, ended 24 Nov 15:05\n',
      'Register of electronic information\n    Number     1 of 2026, registered 24 Nov 15:05 by si-roy\n',
      '    Decided    fir: 412/26 (oc-behala, 24 Nov 15:05)\n',
      '    progress: running, due 22 Feb 2027 15:05 (in 90d)\n',
    ]) {
      expect(out).toContain(line);
    }
  });
});
