import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExplainedTicket } from '../../src/admin/views/clock-view.js';
import type { Ticket } from '../../src/domain/ticket.js';
import { openTestHouse, type TestHouse } from './house.js';
import { openTicket, startDeskClocks } from './records.js';

const HOUR = 3_600_000;

let house: TestHouse;
let ticket: Ticket;

beforeAll(async () => {
  house = await openTestHouse();
  ticket = await openTicket(house, { number: 1, urgency: 'semi-urgent', category: 'CIVIC' });
  await startDeskClocks(house, ticket);
});
afterAll(() => house.close());

async function explain(...argv: string[]): Promise<ExplainedTicket> {
  const { code, json } = await house.run('clock', 'explain', ticket.reference, '--json', ...argv);
  expect(code).toBe(0);
  return json();
}

describe('clock explain', () => {
  it('tells how each deadline came to be', async () => {
    const { clocks, ...rest } = await explain();
    expect(rest).toEqual({ reference: ticket.reference, station: 'behala', urgency: 'semi-urgent' });
    expect(clocks.map(({ name }) => name)).toEqual(['acknowledgement', 'first-action', 'resolution']);
    // Received at 14:35 on a Tuesday; four hours from ten to six, with a holiday between.
    expect(clocks[1]).toEqual({
      name: 'first-action',
      round: 1,
      state: 'running',
      startedAt: '2026-11-24T09:05:00.000Z',
      dueAt: '2026-11-26T05:05:00.000Z',
      metAt: null,
      breachedAt: null,
      targetMs: 4 * HOUR,
      usedMs: HOUR / 2,
      calendars: [{ from: '2026-11-24T09:05:00.000Z', calendar: 'office' }],
      stretches: [
        {
          from: '2026-11-24T09:05:00.000Z',
          to: '2026-11-24T12:30:00.000Z',
          kind: 'counted',
          ms: 3 * HOUR + (HOUR * 25) / 60,
          note: 'office',
        },
        expect.objectContaining({ kind: 'closed', note: 'office' }),
        expect.objectContaining({ kind: 'holiday', note: 'Test Puja', ms: 24 * HOUR }),
        expect.objectContaining({ kind: 'closed' }),
        expect.objectContaining({ kind: 'counted', ms: (HOUR * 35) / 60, to: '2026-11-26T05:05:00.000Z' }),
      ],
      pauses: [],
      nextStep: {
        at: '2026-11-24T12:17:00.000Z',
        clock: 'first-action',
        step: 0,
        rank: 'oc',
        tells: ['oc-behala'],
        because: 'mark',
      },
      comingSteps: [
        expect.objectContaining({ step: 0 }),
        expect.objectContaining({ step: 1, at: '2026-11-26T05:05:00.000Z' }),
      ],
    });
  });

  it('shows pauses, and counts a paused clock until now', async () => {
    await house.run('ticket', 'wait', ticket.reference, '--for', 'agency', '--until', '3d');
    house.advance(HOUR);
    const { clocks } = await explain('--clock', 'resolution');
    expect(clocks).toMatchObject([
      {
        name: 'resolution',
        state: 'paused',
        usedMs: HOUR / 2,
        stretches: [
          { kind: 'counted', ms: HOUR / 2 },
          { kind: 'paused', ms: HOUR },
        ],
        pauses: [{ from: '2026-11-24T09:35:00.000Z', to: null, for: 'agency' }],
        nextStep: null,
        comingSteps: [],
      },
    ]);
  });

  it('is a page for people', async () => {
    const { out } = await house.run('clock', 'explain', ticket.reference);
    expect(out).toContain(`${ticket.reference}  behala, semi-urgent\n`);
    expect(out).toContain('first-action: met, due 26 Nov 10:35');
    expect(out).toContain('    Target  4h in the calendar office\n');
    expect(out).toMatch(/ 25 Nov 00:00 +26 Nov 00:00 +1d +holiday +Test Puja\n/);
    expect(out).toContain('resolution: paused\n');
    expect(out).toContain('acknowledgement: running, due 24 Nov 15:35');
    expect(out).toMatch(/Told next\n.*24 Nov 15:23 .* acknowledgement {2}oc \(oc-behala\)\n/);
  });

  it('ends with 3 for a clock or ticket that is not there', async () => {
    expect((await house.run('clock', 'explain', ticket.reference, '--clock', 'signature')).code).toBe(3);
    expect((await house.run('clock', 'explain', 'BEHALA-26-000099-X')).code).toBe(2);
  });
});
