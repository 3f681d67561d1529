import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EscalationView } from '../../src/admin/views/escalation-view.js';
import type { Ticket } from '../../src/domain/ticket.js';
import { openTestHouse, type TestHouse } from './house.js';
import { openTicket, startDeskClocks } from './records.js';

const HOUR = 3_600_000;

let house: TestHouse;
let behala: Ticket;
let lake: Ticket;

beforeAll(async () => {
  house = await openTestHouse();
  behala = await openTicket(house, { number: 1, urgency: 'urgent', category: 'CIVIC' });
  lake = await openTicket(house, { number: 1, station: 'laketown', urgency: 'urgent', category: 'CIVIC' });
  await startDeskClocks(house, behala);
  await startDeskClocks(house, lake);
});
afterAll(() => house.close());

async function list(...argv: string[]): Promise<EscalationView[]> {
  const { code, json } = await house.run('escalation', 'list', '--json', ...argv);
  expect(code).toBe(0);
  return json();
}

describe('sweep', () => {
  it('does what is due and says how much', async () => {
    expect(await list()).toEqual([]);
    const nothing = { events: 0, digests: 0, suggested: 0 };
    expect((await house.run('sweep', '--now', '--json')).json()).toEqual(nothing);
    house.advance(HOUR);
    const { code, out } = await house.run('sweep', '--now');
    // For each ticket: told at 80 %, the breach, told at 100 %.
    expect({ code, out }).toEqual({ code: 0, out });
    expect(out).toMatch(/^6 events, 0 lists for officers, /);
    expect((await house.run('sweep', '--now', '--json')).json()).toEqual(nothing);
  });

  it('must be meant', async () => {
    const { code, err } = await house.run('sweep');
    expect(code).toBe(2);
    expect(err).toContain("required option '--now'");
  });
});

describe('escalation list', () => {
  it('gives what is open, oldest first', async () => {
    const found = await list();
    expect(found.map(({ ticket, step }) => [ticket, step])).toEqual([
      [behala.reference, 0],
      [lake.reference, 0],
      [behala.reference, 1],
      [lake.reference, 1],
    ]);
    expect(found[2]).toEqual({
      id: expect.any(String),
      ticket: behala.reference,
      station: 'behala',
      urgency: 'urgent',
      clock: 'first-action',
      round: 1,
      step: 1,
      rank: 'oc',
      told: ['oc-behala'],
      markedAt: '2026-11-24T10:05:00.000Z',
      at: '2026-11-24T10:35:00.000Z',
      answerBy: '2026-11-24T14:35:00.000Z',
      acknowledgedAt: null,
      acknowledgedBy: null,
      endedAt: null,
    });
  });

  it('is narrowed by rank, station and page', async () => {
    const all = await list();
    expect((await list('--rank', 'ac')).map(({ ticket }) => ticket)).toEqual([
      lake.reference,
      lake.reference,
    ]);
    expect((await list('--station', 'LAKETOWN')).map(({ ticket }) => ticket)).toEqual([
      lake.reference,
      lake.reference,
    ]);
    expect(await list('--limit', '1', '--after', all[0]?.id ?? '')).toEqual([all[1]]);
    expect((await house.run('escalation', 'list', '--station', 'nowhere')).code).toBe(3);
  });

  it('is a table for people', async () => {
    const { out } = await house.run('escalation', 'list');
    expect(out).toMatch(/^ID +TICKET +URGENCY +ABOUT +RANK +SINCE +ANSWER +TOLD\n/);
    expect(out).toMatch(/ urgent +first-action +oc +24 Nov 16:05 \(just now\) +due in 4h +oc-behala\n/);
  });

  it('is counted by status', async () => {
    expect((await house.run('status', '--json')).json()).toMatchObject({ escalations: { open: 4 } });
  });
});

describe('a ticket that is late', () => {
  it('shows who was told and who will be', async () => {
    const { out } = await house.run('ticket', 'show', behala.reference);
    expect(out).toContain('first-action: breached, due 24 Nov 15:35 (30m ago)');
    expect(out).toMatch(/Escalations\n.*first-action {2}oc \(oc-behala\), answer due 24 Nov 17:05 \(in 1h\)/);
    expect(out).toMatch(
      /Told next\n(?:.*\n)* +24 Nov 20:05 .* first-action {2}ac \(ac-sw\) if nobody acknowledges\n/,
    );
  });
});

describe('escalation acknowledge', () => {
  it('answers the escalation', async () => {
    const [first] = await list('--station', 'behala', '--rank', 'oc');
    const { code, json } = await house.run(
      'escalation',
      'acknowledge',
      first?.id ?? '',
      '--by',
      'oc-behala',
      '--json',
    );
    expect(code).toBe(0);
    expect(json()).toEqual({
      ...first,
      acknowledgedAt: '2026-11-24T10:35:00.000Z',
      acknowledgedBy: 'oc-behala',
    });
    expect((await list()).map(({ id }) => id)).not.toContain(first?.id);
    expect((await list('--all')).map(({ id }) => id)).toContain(first?.id);
    expect((await house.run('escalation', 'list', '--all')).out).toContain('by oc-behala 24 Nov 16:05');
  });

  it('says so to people', async () => {
    const [one] = await list('--station', 'laketown');
    const { out } = await house.run('escalation', 'acknowledge', one?.id ?? '', '--by', 'ac-sw');
    expect(out).toBe(`${lake.reference} is acknowledged by ac-sw.\n`);
  });

  it('refuses a lower rank, an unknown officer and an unknown id', async () => {
    const [one] = await list();
    const codes = [];
    for (const [id, by] of [
      [one?.id ?? '', 'si-lake'],
      [one?.id ?? '', 'nobody'],
      ['NONE', 'ac-sw'],
    ] as const) {
      codes.push((await house.run('escalation', 'acknowledge', id, '--by', by)).code);
    }
    expect(codes).toEqual([4, 3, 3]);
  });

  it('takes several, tries all, and ends with the code of the first failure', async () => {
    const [one] = await list();
    const argv = ['escalation', 'acknowledge', 'NONE', one?.id ?? ''];
    const { code, json } = await house.run(...argv, '--json');
    expect(code).toBe(3);
    expect(json()).toEqual([
      { id: 'NONE', done: false, code: 'not-found', error: 'There is no escalation NONE.' },
      { id: one?.id, done: true, code: null, error: null },
    ]);
    const { out, err } = await house.run(...argv);
    expect(out).toBe(`NONE FAILED: There is no escalation NONE.\n${one?.id} is acknowledged.\n`);
    expect(err).toBe('1 of 2 refused or failed.\n');
  });
});
